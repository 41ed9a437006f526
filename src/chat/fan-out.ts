import type { Logger } from '../log.js'
import { Meter } from '../meter.js'
import type { NumberedEvent } from '../protocol.js'
import type { Channel } from './channel.js'
import type { Readers } from './lines/dialect.js'
import { Recent, said, type Said } from './recent.js'
import { textFrame } from './wire.js'

const FILL_EVENTS = 500

export interface FanOutOptions {
  /** Number and time of the room's last event in the store. */
  head: number
  at: number
  v1: Channel
  lines: readonly Readers[]
  /** Reads events with `after < seq` from the store. */
  read: (after: number, limit: number) => Promise<NumberedEvent[]>
  /** Told of each event, just before it is handed out; what it changes still reads as before. */
  heard?: (event: NumberedEvent) => void
  /** A stream's message is handed out now. */
  over?: (stream: string) => void
  /** Told of each event that changes the room itself. */
  changed?: (event: NumberedEvent) => void
  /** Told of each event, once the listeners have it. */
  handed?: (said: Said) => void
  /** Counts what is handed out. */
  meter?: Meter
  log: Logger
}

/**
 * Hands a room's durable events to its listeners, by contiguous number: what comes twice is dropped, what
 * comes too early waits until the store has told what is missing (I4, I6). Sockets are fed from here only.
 */
export class FanOut {
  readonly recent = new Recent()
  readonly #options: FanOutOptions
  readonly #meter: Meter
  #head: number
  #at: number
  readonly #early = new Map<number, NumberedEvent>()
  readonly #awaited = new Map<() => void, number>()
  #filling = false

  constructor(options: FanOutOptions) {
    this.#options = options
    this.#meter = options.meter ?? new Meter()
    this.#head = options.head
    this.#at = options.at
  }

  /** Number of the last event that was handed out. */
  get head(): number {
    return this.#head
  }

  /** Its time. */
  get at(): number {
    return this.#at
  }

  /** Fills the memory of recent events when the room is opened. */
  async load(floor: number): Promise<void> {
    let position = Math.max(floor - 1, this.#head - FILL_EVENTS, 0)
    while (position < this.#head) {
      const page = await this.#options.read(position, this.#head - position)
      if (page.length === 0) return
      for (const event of page) this.recent.push(said(event))
      position = page.at(-1)?.seq ?? this.#head
    }
  }

  /** Resolves when this number was handed out. What is stored is handed out, in a moment at the latest. */
  reached(seq: number): Promise<void> {
    if (seq <= this.#head) return Promise.resolve()
    return new Promise((resolve) => this.#awaited.set(resolve, seq))
  }

  /** Takes a durable event, from this node's journal or from elsewhere. */
  receive(event: NumberedEvent): void {
    if (event.seq <= this.#head) return
    if (event.seq > this.#head + 1) {
      this.#early.set(event.seq, event)
      this.fill()
      return
    }
    this.#handOut(event)
    for (let next; (next = this.#early.get(this.#head + 1));) {
      this.#early.delete(next.seq)
      this.#handOut(next)
    }
  }

  /** Hands out what is stored and was not handed in: it came too early, or the answer to its commit was lost. */
  fill(): void {
    if (this.#filling) return
    this.#filling = true
    this.#options
      .read(this.#head, FILL_EVENTS)
      .then((events) => {
        this.#filling = false
        for (const event of events) this.receive(event)
        if (events.length > 0 && this.#early.size > 0) this.fill()
      })
      .catch((error: unknown) => {
        this.#filling = false
        this.#options.log.error({ err: error }, 'a gap could not be filled')
      })
  }

  #handOut(event: NumberedEvent): void {
    const { v1, lines, over, changed, heard, handed } = this.#options
    heard?.(event)
    const entry = said(event)
    this.#head = event.seq
    this.#at = event.at
    this.recent.push(entry)
    if (event.type !== 'chat') changed?.(event)
    if (event.stream !== undefined) over?.(event.stream)
    this.#meter.events.add(event.type)
    this.#meter.deliveries += v1.size
    if (v1.size > 0) v1.push(textFrame(entry.json), { numbered: true })
    if (event.type === 'chat') {
      for (const { channel, dialect } of lines) {
        this.#meter.deliveries += channel.size
        if (channel.size > 0) channel.push(dialect.said(event), { numbered: true })
      }
    }
    handed?.(entry)
    if (this.#awaited.size > 0) this.#release()
  }

  #release(): void {
    for (const [resolve, seq] of this.#awaited) {
      if (seq <= this.#head && this.#awaited.delete(resolve)) resolve()
    }
  }
}
