import type { FormValues, NumberedEvent, User } from '../protocol.js'
import { isCrowded, withMine } from '../present-form.js'
import type { EventStore, Page, RoomRow, WrittenPage } from '../store/store.js'
import type { FanOut } from './fan-out.js'
import { inFull, said, type Said } from './recent.js'

/** What the timeline shows as lines of its own. */
const TIMELINE = new Set<NumberedEvent['type']>(['chat', 'notice', 'topic', 'pin'])

/** The end of the timeline in present form, as it is at `head`. */
export interface RoomSnapshot {
  head: number
  lines: readonly Said[]
  /** Numbers of the pinned messages, newest pin first. */
  pins: readonly number[]
}

export interface PastOptions {
  events: EventStore
  /** Has the newest events at hand. */
  fanOut: FanOut
  /** As it is kept now. */
  row: () => RoomRow
}

/** What was said in a room: from memory as far as it reaches, else from the store. */
export class Past {
  readonly #options: PastOptions
  #pins: readonly number[] = []

  constructor(options: PastOptions) {
    this.#options = options
  }

  /** Reads what is at hand from then on. */
  async load({ seq, floor }: RoomRow): Promise<void> {
    const { fanOut, events, row } = this.#options
    await fanOut.load(floor)
    // Where nothing was said nothing is pinned: an empty server needs no thread that reads.
    if (seq > 0) this.#pins = await events.pinned(row())
  }

  /** Takes note of what an event pins or takes off. */
  apply({ type, message = 0, on }: NumberedEvent): void {
    if (type !== 'pin' && type !== 'recall') return
    const others = this.#pins.filter((pinned) => pinned !== message)
    this.#pins = on ? [message, ...others] : others
  }

  /** Events with `after < seq ≤ head`, at most a page. */
  async after(seq: number, limit: number): Promise<readonly Said[]> {
    const { fanOut, events, row } = this.#options
    const recent = fanOut.recent.after(seq)
    if (recent) return recent.slice(0, limit)
    const stored = await events.range(row(), seq, limit)
    // What is kept already and not handed out yet comes to everybody who listens: told here, it would come twice.
    return stored.filter((event) => event.seq <= fanOut.head).map(said)
  }

  /** The last lines at hand, oldest first. */
  said(): NumberedEvent[] {
    const { entries } = this.#options.fanOut.recent.newest(Infinity, ({ type }) => type === 'chat')
    return entries.map(({ event }) => event)
  }

  async bySeq(seq: number): Promise<NumberedEvent | undefined> {
    const { fanOut, events, row } = this.#options
    return fanOut.recent.bySeq(seq) ?? events.bySeq(row(), seq)
  }

  /** What people have written into the form of a message. */
  forms(message: number): Promise<{ user: User; values: FormValues }[]> {
    return this.#options.events.forms(this.#options.row(), message)
  }

  /** The newest lines of the timeline, for one reader or for nobody in particular. */
  async snapshot(count: number, reader?: number): Promise<RoomSnapshot> {
    const { fanOut, events, row } = this.#options
    const { entries, whole } = fanOut.recent.newest(count, ({ type }) => TIMELINE.has(type))
    if (whole || fanOut.head === 0) {
      const { head } = fanOut
      const pins = this.#pins
      return { head, pins, lines: await this.#readBy(reader, entries.map(inFull)) }
    }
    const asked = { limit: count, ...(reader !== undefined && { reader }) }
    const stored = await events.snapshot(row(), asked)
    await fanOut.reached(stored.head)
    const { head, pins } = stored
    return { head, pins, lines: stored.events.map((event) => inFull(said(event))) }
  }

  /** A page of the timeline in present form, ascending; `before` and `after` are exclusive. */
  timeline(window: {
    before?: number
    after?: number
    limit: number
    reader?: number
  }): Promise<WrittenPage> {
    return this.#options.events.timeline(this.#options.row(), window)
  }

  /** The pinned messages in present form for a reader, newest pin first. */
  pins(reader: number): Promise<Page> {
    return this.#options.events.pins(this.#options.row(), reader)
  }

  async #readBy(reader: number | undefined, lines: readonly Said[]): Promise<readonly Said[]> {
    const crowded = lines.filter(({ event }) => isCrowded(event))
    if (reader === undefined || crowded.length === 0) return lines
    const { events, row } = this.#options
    const numbers = crowded.map(({ event }) => event.seq)
    const own = await events.ownMarks(row(), reader, numbers)
    return lines.map((line) => {
      const marks = own.get(line.event.seq)
      return marks ? inFull(said(withMine(line.event, marks))) : line
    })
  }
}
