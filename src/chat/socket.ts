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
  let strikes: Strikes | undefined

  const handle = async (text: string, queued: () => void): Promise<void> => {
    const parsed = parseFrame(text)
    if (parsed.ok) return run({ connection, frame: parsed.frame, queued })
    if (parsed.silent) return
    meter.refused.frame.add(parsed.code)
    connection.send(refusal(parsed, connection))
    if (parsed.cid !== null || !(strikes ??= new Strikes()).add()) return
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
  connection: Reading,
  { handle, ready, turn }: TextOptions,
): void {
  const texts = new TextQueue(connection, handle, turn)
  ws.on('message', (data, isBinary) => texts.comes(data, isBinary))
  void texts.begin(ready)
}

type Reading = Pick<Connection, 'open' | 'sentAway' | 'pause' | 'resume' | 'close'>

/** Of one connection: nearly always empty, and for hours, so it is one object and no functions of its own. */
class TextQueue {
  readonly #connection: Reading
  readonly #handle: TextOptions['handle']
  readonly #turn: TextOptions['turn']
  #waiting: string[] = []
  #chars = 0
  #busy = true
  #taken = 0
  #paused = false

  constructor(
    connection: Reading,
    handle: TextOptions['handle'],
    turn: TextOptions['turn'] | undefined,
  ) {
    this.#connection = connection
    this.#handle = handle
    this.#turn = turn
  }

  async begin(ready: Promise<void>): Promise<void> {
    await ready
    this.#next()
  }

  comes(data: RawData, isBinary: boolean): void {
    // Who was sent away is not heard any more, even if it does not answer to our close frame.
    if (!this.#connection.open) return
    if (isBinary || !Buffer.isBuffer(data))
      return this.#connection.close(Close.binary, 'text frames only')
    const text = data.toString()
    this.#waiting.push(text)
    this.#chars += text.length
    if (!this.#paused && this.#fill >= 1) {
      this.#paused = true
      this.#connection.pause()
    }
    if (this.#busy) return
    this.#busy = true
    this.#next()
  }

  get #fill(): number {
    return Math.max(this.#waiting.length / WAITING_FRAMES, this.#chars / WAITING_CHARS)
  }

  #next(): void {
    if (this.#connection.sentAway) this.#waiting.length = this.#chars = 0
    if (this.#turn && this.#waiting.length > 0 && this.#taken === FRAMES_PER_TURN) {
      void this.#turn().then(() => this.#goOn())
      return
    }
    const text = this.#waiting.shift()
    if (text === undefined) {
      this.#waiting = [] // without the places that it grew by
      this.#busy = false
      this.#taken = 0
      return
    }
    this.#taken++
    this.#chars -= text.length
    if (this.#paused && this.#fill <= 0.5) {
      this.#paused = false
      this.#connection.resume()
    }
    let moved = false
    const move = () => {
      if (moved) return
      moved = true
      this.#next()
    }
    // `handle` looks after its own errors; what still comes through must not end the process.
    this.#handle(text, move).then(move, () => {
      this.#connection.close(Close.serverError, 'internal error')
      move()
    })
  }

  #goOn(): void {
    this.#taken = 0
    this.#next()
  }
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
