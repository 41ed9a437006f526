import type { Violation } from './checker.mjs'

export interface KillOptions {
  /** How often the server is killed. */
  times: number
  /** Messages a second, over all clients. */
  rate: number
  /** How many clients talk; 20 by default. */
  clients?: number
  /** Told what goes on. */
  say?: (line: string) => void
}

export interface KillOutcome {
  kills: number
  /** Requests that left a client, each counted once. */
  sent: number
  acked: number
  /** Copies that left again under the same cid. */
  resent: number
  /** Events in the log at the end. */
  stored: number
  /** Events that reached a client, over all clients. */
  heard: number
  /** From the kill until /readyz said 200. */
  restartMs: { median: number; max: number }
  /** From the kill until everybody was back in the room. */
  resumeMs: { median: number; max: number }
  /** SQLite's own word on its file: `ok`. */
  integrity: string
  /** Of the last, orderly stop. */
  exitCode: number | undefined
  violations: Violation[]
}

/** Runs the built server (dist/cli.js) and kills it while people talk. */
export function killRun(options: KillOptions): Promise<KillOutcome>
