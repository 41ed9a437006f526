import { ChatError } from '../errors.js'
import type { Delta, Ended } from '../protocol.js'
import type { Growing, StreamOpening } from './face.js'

/** How often a growing text is told. Times in milliseconds. */
export interface StreamPace {
  /** What comes within this time shares a delta … */
  every: number
  /** … unless it has this many characters. */
  characters: number
  /** After this long the whole text is told again: deltas may be lost. */
  whole: number
}

const PACE: StreamPace = { every: 80, characters: 200, whole: 2_000 }

export interface StreamsOptions {
  /** The room's name. */
  room: string
  /** Tells v1 members what is not numbered. */
  tell: (json: string) => void
  /** Server time in milliseconds, never smaller than the room's last. */
  at: () => number
  pace?: StreamPace
}

/** A stream that goes on. */
export type Running = Pick<StreamOpening, 'user' | 'cause' | 'stop'>

/** The texts of a room that bots are writing just now, before they are messages. */
export class Streams {
  readonly #options: StreamsOptions
  readonly #running = new Map<string, Stream>()
  #closed = false

  constructor(options: StreamsOptions) {
    this.#options = options
  }

  /** Shows a text that grows. @throws {ChatError} `draining` when the server closes. */
  open(opening: StreamOpening): Growing {
    if (this.#closed) throw new ChatError('draining')
    const { stream: id } = opening
    this.#running.get(id)?.end()
    const stream = new Stream(opening, this.#options, () => {
      if (this.#running.get(id) === stream) this.#running.delete(id)
    })
    this.#running.set(id, stream)
    return stream
  }

  running(id: string): Running | undefined {
    return this.#running.get(id)?.opening
  }

  /** What runs, whole, as those who listen know it: their next deltas continue it. */
  all(): Delta[] {
    return [...this.#running.values()].map((stream) => stream.whole())
  }

  /** Its message is durable and takes its place. */
  over(id: string): void {
    this.#running.get(id)?.end()
  }

  /** Ends all of them, and resolves when what they had is stored. New ones are refused. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#running.values()].map(({ opening }) => opening.stop()))
  }
}

class Stream implements Growing {
  readonly opening: StreamOpening
  readonly #options: StreamsOptions
  readonly #pace: StreamPace
  readonly #gone: () => void
  #text = ''
  #told = ''
  #toldAt = -Infinity
  #wholeAt = -Infinity
  #timer: NodeJS.Timeout | undefined
  #over = false

  constructor(opening: StreamOpening, options: StreamsOptions, gone: () => void) {
    this.opening = opening
    this.#options = options
    this.#pace = options.pace ?? PACE
    this.#gone = gone
    this.#tell({ whole: true })
  }

  show(text: string): void {
    if (this.#over || text === this.#text) return
    this.#text = text
    const wait = this.#toldAt + this.#pace.every - performance.now()
    if (wait <= 0 || this.#unsent >= this.#pace.characters) this.#tell()
    else this.#later(wait, false)
  }

  drop(ended: Ended): void {
    if (this.#over) return
    this.end()
    this.#options.tell(JSON.stringify({ ...this.#delta(0, ''), ended }))
  }

  /** Nothing more is told of it. */
  end(): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#gone()
  }

  whole(): Delta {
    return this.#delta(0, this.#told)
  }

  /** Characters that were added since the last delta; none if what was told has changed. */
  get #unsent(): number {
    return this.#text.startsWith(this.#told) ? this.#text.length - this.#told.length : 0
  }

  #tell({ whole = false } = {}): void {
    const now = performance.now()
    const due = whole || now - this.#wholeAt >= this.#pace.whole
    const offset = due || !this.#text.startsWith(this.#told) ? 0 : this.#told.length
    this.#options.tell(JSON.stringify(this.#delta(offset, this.#text.slice(offset))))
    this.#told = this.#text
    this.#toldAt = now
    if (offset === 0) this.#wholeAt = now
    clearTimeout(this.#timer)
    // Also after the last delta: who missed it must not wait for the end.
    if (offset > 0) this.#later(this.#wholeAt + this.#pace.whole - now, true)
  }

  #later(wait: number, whole: boolean): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell({ whole }), wait)
  }

  #delta(offset: number, data: string): Delta {
    const { stream, user, cause } = this.opening
    return {
      type: 'delta',
      room: this.#options.room,
      stream,
      user,
      ...(cause !== undefined && { cause }),
      at: this.#options.at(),
      offset,
      data,
    }
  }
}
