import { after, SHOWN } from './apply.js'

/**
 * @typedef {{id: number, name: string, imageid: string, kind: 'person' | 'bot', role?: string}} User
 * @typedef {{type: string, seq: number, room: string, at: number, user: User, data: string, cid?: string,
 *   stream?: string, ended?: 'done' | 'cut' | 'cancelled' | 'error', message?: number, on?: boolean, users?: number[],
 *   count?: number, mentions?: number[], all?: true, reply_to?: number, reply?: import('./apply.js').Reply,
 *   notes?: {code: string, values: Record<string, string | number>}[], edited?: number, recalled?: true, recalled_by?: number, reactions?: import('./apply.js').Reaction[]}} Item
 * @typedef {{type: 'presence', key: string, at: number, joined: User[], left: User[]}} PresenceLine
 * @typedef {{type: 'whisper', key: string, at: number, user: User, data: string}} Whisper To me alone, kept by nobody.
 * @typedef {Item | PresenceLine | Whisper} Entry
 */

/** So many entries stand in the page at once; older ones come back from the server when asked for. */
export const WINDOW = 300
/** So many events may wait for a missing one; past it the server is asked all the same. */
const HELD = 200
/** Comings and goings are folded into one line as long as nothing is said, and no longer than this. */
const FOLD_MS = 10 * 60_000
/** A coming is told within a second; what was said meanwhile may be told before it. */
const TOLD_MS = 2000

/**
 * What was said in a room, as far as the page holds it: applies events by contiguous number within one epoch.
 * Knows neither socket nor page.
 */
export class Timeline {
  /** The room's epoch, once joined. @type {string | undefined} */
  epoch
  /** The last number applied. */
  seq = 0
  /** The time of the event at `seq`, if it is known. @type {number | undefined} */
  mark
  /** Oldest first. @type {Entry[]} */
  entries = []
  /** More can be had before the first entry. */
  older = false
  /** The entries end with the newest; false while somebody reads far above and new lines are not kept. */
  atHead = true
  /** Grows when other entries take the place of all. */
  stretch = 0

  /** @type {Map<number, Item>} */
  #held = new Map()
  /** A long snapshot goes on as ordinary events up to this number. */
  #filling = 0
  #lines = 0
  #me

  /** @param {() => number} me My id: whose reactions are mine. */
  constructor(me = () => 0) {
    this.#me = me
  }

  /** Where to go on after a break: (epoch, since, mark), or nothing before the first joining. */
  get position() {
    if (this.epoch === undefined) return {}
    return {
      epoch: this.epoch,
      since: this.seq,
      ...(this.mark !== undefined && { mark: this.mark }),
    }
  }

  /** The lowest number among the entries, to ask for what came before. */
  get first() {
    return this.entries.find(isItem)?.seq
  }

  /** The highest number among the entries. */
  get last() {
    return this.entries.findLast(isItem)?.seq
  }

  /**
   * Takes the answer to `join` or `sync`.
   * @param {{epoch: string, mode: 'resume' | 'snapshot' | 'reset', head: number, floor: number, events: Item[],
   *   more: boolean, gap?: {from: number, to: number}}} joined
   * @returns {Item[]} What is new in the room since the last event applied; empty on a first joining.
   */
  join(joined) {
    if (joined.mode === 'resume') {
      this.epoch = joined.epoch
      return linesOf(joined.events.flatMap((event) => this.receive(event).applied))
    }

    const from = joined.mode === 'snapshot' && this.epoch === joined.epoch ? this.seq : undefined
    const shown = joined.events.filter((event) => SHOWN.has(event.type))
    this.epoch = joined.epoch
    this.seq = joined.head
    const newest = joined.events.at(-1)
    this.mark = newest?.seq === joined.head ? newest.at : undefined
    this.#show(shown)
    this.older = (this.first ?? 0) > Math.max(1, joined.floor)
    this.atHead = true
    this.#filling = joined.more ? joined.head : 0
    this.#held.clear()
    return from === undefined ? [] : shown.filter((event) => event.seq > from)
  }

  /**
   * Takes one numbered event: next in line, it is applied, and those that waited for it; known, it is
   * ignored; too far ahead, it is held and `missing` says that the server must be asked.
   * @param {Item} event
   * @returns {{applied: Item[], missing: boolean}} `applied`: all kinds of them; {@link linesOf} takes what stands by itself.
   */
  receive(event) {
    if (event.seq <= this.seq) return { applied: this.#fill(event), missing: false }
    if (event.seq > this.seq + 1) {
      if (this.#held.size < HELD) this.#held.set(event.seq, event)
      return { applied: [], missing: true }
    }

    const applied = [this.#apply(event)]
    for (let next; (next = this.#held.get(this.seq + 1)); applied.push(this.#apply(next))) {
      this.#held.delete(next.seq)
    }
    return { applied, missing: this.#held.size > 0 }
  }

  /**
   * Puts a page of history before the first entry.
   * @param {Item[]} events Ascending. @param {boolean} more
   */
  prepend(events, more) {
    const first = this.first ?? Number.POSITIVE_INFINITY
    const fresh = events.filter((event) => event.seq < first && SHOWN.has(event.type))
    this.entries = [...fresh, ...this.entries]
    this.older = more
    if (this.entries.length > WINDOW) {
      this.entries = this.entries.slice(0, WINDOW)
      this.atHead = false
    }
  }

  /**
   * Puts a page of history after the last entry, while the newest are not at hand.
   * @param {Item[]} events Ascending. @param {boolean} more
   */
  extend(events, more) {
    const last = this.last ?? 0
    this.entries.push(...events.filter((event) => event.seq > last && SHOWN.has(event.type)))
    this.atHead = !more
    this.trim()
  }

  /**
   * Starts anew with the newest page of history.
   * @param {Item[]} events Ascending. @param {boolean} more
   */
  restart(events, more) {
    this.#show(events.filter((event) => SHOWN.has(event.type)))
    this.older = more
    this.atHead = true
  }

  /**
   * Shows a stretch of the past instead.
   * @param {{events: Item[], more: boolean}} before @param {{events: Item[], more: boolean}} behind Both ascending.
   */
  visit(before, behind) {
    this.#show([...before.events, ...behind.events].filter(({ type }) => SHOWN.has(type)))
    this.older = before.more
    this.atHead = !behind.more
  }

  /** @param {number} seq @returns {Item | undefined} The line of this number, if it is at hand. */
  bySeq(seq) {
    return this.entries.find((entry) => isItem(entry) && entry.seq === seq)
  }

  /** The last line of somebody that can still be changed. @param {number} user @returns {Item | undefined} */
  lastOf(user) {
    return this.entries.findLast(
      (one) => isItem(one) && one.type === 'chat' && one.user.id === user && !one.recalled,
    )
  }

  /** Drops the oldest entries past the window: whoever reads the newest does not see them. */
  trim() {
    if (this.entries.length <= WINDOW) return
    this.entries = this.entries.slice(-WINDOW)
    this.older = true
  }

  /** Too many to add more without dropping some, for somebody who is reading above. */
  get full() {
    return this.entries.length >= WINDOW
  }

  /** Stops taking in new lines; `extend` and `restart` fetch them later. */
  detach() {
    this.atHead = false
  }

  /**
   * Notes who came or went, folded into the line before it if nothing was said since. Who comes, comes before their words.
   * @param {'join' | 'left'} type @param {User[]} users @param {number} at
   */
  presence(type, users, at) {
    if (!this.atHead) return
    for (const user of users) {
      const place = type === 'join' ? this.#firstWords(user, at) : this.entries.length
      const line = this.#presenceBefore(place, at)
      fold(line, type, user)
      if (line.joined.length + line.left.length === 0)
        this.entries.splice(this.entries.indexOf(line), 1)
    }
  }

  /** Where what somebody said begins who is only now told to have come; else the end. @param {User} user @param {number} at */
  #firstWords(user, at) {
    const place = this.entries.findIndex(
      (one) => isItem(one) && one.user.id === user.id && one.at <= at && at - one.at < TOLD_MS,
    )
    return place < 0 ? this.entries.length : place
  }

  /** @param {number} place @param {number} at @returns {PresenceLine} */
  #presenceBefore(place, at) {
    const before = this.entries[place - 1]
    if (before?.type === 'presence' && at - before.at <= FOLD_MS) return before
    this.#lines += 1
    const when = Math.min(at, this.entries[place]?.at ?? at)
    /** @type {PresenceLine} */
    const line = { type: 'presence', key: `p${this.#lines}`, at: when, joined: [], left: [] }
    this.entries.splice(place, 0, line)
    return line
  }

  /** Notes what was said to me alone. @param {User} user @param {string} data @param {number} at */
  whisper(user, data, at) {
    if (!this.atHead) return
    this.#lines += 1
    this.entries.push({ type: 'whisper', key: `w${this.#lines}`, at, user, data })
  }

  /** @param {Item} event */
  #apply(event) {
    this.seq = event.seq
    this.mark = event.at
    if (!SHOWN.has(event.type))
      this.entries = this.entries.map((one) => (isItem(one) ? after(one, event, this.#me()) : one))
    else if (this.atHead) this.entries.push(event)
    return event
  }

  /** The rest of a long snapshot: numbers we stand past already, in order, once. @param {Item} event */
  #fill(event) {
    if (event.seq > this.#filling || event.seq <= (this.last ?? 0) || !SHOWN.has(event.type))
      return []
    if (!this.atHead) return [] // the past is shown: it is asked for on the way down
    this.entries.push(event)
    return [event]
  }

  /** @param {Item[]} entries */
  #show(entries) {
    this.entries = entries
    this.stretch += 1
  }
}

/** @param {Entry} entry @returns {entry is Item} */
export const isItem = (entry) => 'seq' in entry

/** Those that stand in the timeline by themselves. @param {readonly Item[]} items */
export const linesOf = (items) => items.filter(({ type }) => SHOWN.has(type))

/** Who came and went within one line need not be told. @param {PresenceLine} line @param {'join' | 'left'} type @param {User} user */
function fold(line, type, user) {
  const same = (/** @type {User} */ one) => one.id === user.id
  const [into, other] = type === 'join' ? [line.joined, line.left] : [line.left, line.joined]
  const back = other.findIndex(same)
  if (back >= 0) other.splice(back, 1)
  else if (!into.some(same)) into.push(user)
}
