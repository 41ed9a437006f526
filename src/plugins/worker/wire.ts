import type { OfRun, ToWorker } from './messages.js'
import type { Progress } from './progress.js'

/** The way to one message in the worker. */
export interface Wire {
  run: number
  post(message: ToWorker): void
  /** The worker is done with it: nothing comes of it any more. */
  close(): void
}

/** A message that the worker has, on the server's side. */
export interface Errand {
  take(message: OfRun): void
  /** The worker is gone. */
  lost(error: Error): void
  /** Which sections may be at work on it: for sure, or perhaps. */
  atWork(): { sure: readonly string[]; perhaps: readonly string[] }
}

/** The way to a line that plugins have, and how far it is. */
export interface LineWire extends Wire {
  cell: number
  progress: Progress
}
