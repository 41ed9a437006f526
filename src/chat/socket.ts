import type { RawData, WebSocket } from 'ws'
import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import { parseFrame, type ParsedFrame } from '../frames.js'
import { Close } from '../protocol.js'
import { nack } from './answers.js'
import type { Connection } from './connection.js'
import type { FrameContext } from './pipeline.js'

/** Frames, and characters of them, that wait for their turn before the socket is not read for a while. */
const WAITING_FRAMES = 256
const WAITING_CHARS = 1_048_576
/** Frames of a connection that are taken up in one turn: then it is for others to be heard, and for answers to leave. */
const FRAMES_PER_TURN = 4
/** Malformed frames a minute; one more closes the connection. */
const STRIKES = 10
const STRIKES_MS = 60_000

export interface ReadOptions {
  /** Takes a frame through the pipeline; never rejects. */
  run: (ctx: FrameContext) => Promise<void>
  /** No frame is taken up before; never rejects. */
  ready: Promise<void>
  /** Resolves in the next turn. Until then the server is not through with the connection's frames. */
  turn: () => Promise<unknown>
  meter: Meter
  log: Logger
}

/**
 * Reads a v1 connection: its frames one after the other, each taken up when the one before is queued.
 */
export function readFrames(
  ws: WebSocket,
  connection: Connection,
  { run, ready, turn, meter, log }: ReadOptions,
): void {
  const strikes = new Strikes()

  const handle = async (text: string, queued: () => void): Promise<void> => {
    const parsed = parseFrame(text)
    if (parsed.ok) return run({ connection, frame: parsed.frame, queued })
    if (parsed.silent) return
    meter.refused.frame.add(parsed.code)
    connection.send(refusal(parsed, connection))
    if (parsed.cid !== null || !strikes.add()) return
    const { address, user, sidHash: session } = connection
    log.info({ event: 'protocol', reason: 'malformed', address, user: user.id, session }, 'cut off')
    connection.close(Close.policy, 'too many bad frames')
  }
  readTexts(ws, connection, { handle, ready, turn })
}

export interface TextOptions {
  /** Its promise, or a call of `queued` before that, lets the next text be taken up. */
  handle: (text: string, queued: () => void) => Promise<void>
  /** No text is taken up before; never rejects. */
  ready: Promise<void>
  /** With it, no more than {@link FRAMES_PER_TURN} texts are taken up in one turn. */
  turn?: () => Promise<unknown>
}

/** What of a WebSocket its texts come from. */
export interface Texts {
  on(event: 'message', listener: (data: RawData, isBinary: boolean) => void): unknown
}

/** Hands on each text of a connection, in order. It listens at once: what came a turn before would be lost. */
export function readTexts(
  ws: Texts,
  connection: Pick<Connection, 'open' | 'sentAway' | 'pause' | 'resume' | 'close'>,
  { handle, ready, turn }: TextOptions,
): void {
  const waiting: string[] = []
  let chars = 0
  let busy = true
  let taken = 0
  let paused = false
  const fill = () => Math.max(waiting.length / WAITING_FRAMES, chars / WAITING_CHARS)

  const next = (): void => {
    if (connection.sentAway) waiting.length = chars = 0
    if (turn && waiting.length > 0 && taken === FRAMES_PER_TURN) {
      void turn().then(goOn)
      return
    }
    const text = waiting.shift()
    if (text === undefined) {
      busy = false
      taken = 0
      return
    }
    taken++
    chars -= text.length
    if (paused && fill() <= 0.5) {
      paused = false
      connection.resume()
    }
    let moved = false
    const move = () => {
      if (moved) return
      moved = true
      next()
    }
    // `handle` looks after its own errors; what still comes through must not end the process.
    handle(text, move).then(move, () => {
      connection.close(Close.serverError, 'internal error')
      move()
    })
  }
  const goOn = (): void => {
    taken = 0
    next()
  }

  async function begin(): Promise<void> {
    await ready
    next()
  }

  ws.on('message', (data: RawData, isBinary: boolean) => {
    // Who was sent away is not heard any more, even if it does not answer to our close frame.
    if (!connection.open) return
    if (isBinary || !Buffer.isBuffer(data))
      return connection.close(Close.binary, 'text frames only')
    const text = data.toString()
    waiting.push(text)
    chars += text.length
    if (!paused && fill() >= 1) {
      paused = true
      connection.pause()
    }
    if (busy) return
    busy = true
    next()
  })
  void begin()
}

function refusal({ cid, code, field }: ParsedFrame & { ok: false }, connection: Connection) {
  const error = new ChatError(code, { values: { field: field ?? 'JSON, type, cid' } })
  return nack(cid, error, connection.lang)
}

/** Counts malformed frames. */
class Strikes {
  #times: number[] = []

  /** @returns whether that was one too many. */
  add(): boolean {
    const now = performance.now()
    this.#times = [...this.#times.filter((time) => time > now - STRIKES_MS), now]
    return this.#times.length > STRIKES
  }
}
