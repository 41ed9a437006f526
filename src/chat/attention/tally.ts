import type { NumberedEvent } from '../../protocol.js'
import type { Place, Unread } from './place.js'

/** Whose unread lines are counted. */
export interface Reader {
  userId: number
  /** Bots whose lines count for nothing. */
  muted: ReadonlySet<number>
}

/**
 * What is said in a room, counted once for everybody: a line costs the same, however many have not read it.
 */
export class Tally {
  /** Lines that count as unread for all but their author. Means something only as a difference. */
  lines = 0
  /** Of those who belong to the room and are here, by id. */
  readonly places = new Map<number, Place>()
  readonly direct: boolean
  /** Counted by the store beyond what was handed out when they came: the rest of that does not count again. */
  readonly #ahead = new Set<Place>()

  constructor(direct: boolean) {
    this.direct = direct
  }

  add(place: Place, head: number): void {
    this.places.set(place.userId, place)
    if (place.upTo > head) this.#ahead.add(place)
  }

  remove(userId: number): void {
    const place = this.places.get(userId)
    if (place) this.#ahead.delete(place)
    this.places.delete(userId)
  }

  /** A line was said. */
  say(event: NumberedEvent): void {
    const counts = this.#counts(event)
    const isNews = ({ upTo }: Place) => event.seq > upTo
    for (const place of this.#ahead) {
      if (isNews(place)) this.#ahead.delete(place)
      else if (counts) place.add({ unread: -1 })
    }
    if (counts) this.lines++
    const own = this.places.get(event.user.id)
    if (counts && own && isNews(own)) own.add({ unread: -1 })
    if (counts && event.user.id <= 0) this.#leaveOut(event)
    for (const place of this.#called(event)) {
      if (isNews(place)) place.add({ mentions: 1, unread: counts ? 0 : 1 })
    }
  }

  /** A line reads otherwise now, or is gone: it counts otherwise for those who had not read it. */
  change(before: NumberedEvent, now: NumberedEvent, by: NumberedEvent): void {
    for (const place of this.places.values()) {
      if (before.seq <= place.read || by.seq <= place.upTo) continue
      const was = this.count(place, [before])
      const is = this.count(place, [now])
      place.add({ unread: is.unread - was.unread, mentions: is.mentions - was.mentions })
    }
  }

  /** What of these events is unread for somebody. */
  count({ userId, muted }: Reader, events: readonly NumberedEvent[]): Unread {
    let unread = 0
    let mentions = 0
    for (const event of events) {
      if (muted.has(event.user.id)) continue
      const mentioned = isCalled(event, userId)
      if (mentioned) mentions++
      if (event.user.id !== userId && (this.#counts(event) || mentioned)) unread++
    }
    return { unread, mentions }
  }

  #counts({ type, user, data, recalled }: NumberedEvent): boolean {
    if (type !== 'chat' || recalled || data === '') return false
    return user.id > 0 || this.direct
  }

  /** A bot's line counts for nobody who has muted it. */
  #leaveOut({ seq, user }: NumberedEvent): void {
    for (const place of this.places.values()) {
      if (place.muted.has(user.id) && seq > place.upTo) place.add({ unread: -1 })
    }
  }

  /** Whom it calls, of those who are here. */
  *#called(event: NumberedEvent): Iterable<Place> {
    if (event.all) {
      for (const place of this.places.values()) if (isCalledAt(event, place)) yield place
    } else {
      for (const id of event.mentions ?? []) {
        const place = this.places.get(id)
        if (place && isCalledAt(event, place)) yield place
      }
    }
  }
}

const isCalledAt = (event: NumberedEvent, { userId, muted }: Reader): boolean =>
  !muted.has(event.user.id) && isCalled(event, userId)

const isCalled = (event: NumberedEvent, userId: number): boolean => {
  const { type, user, recalled, mentions, all } = event
  if (type !== 'chat' || recalled || user.id === userId) return false
  return all === true || (mentions?.includes(userId) ?? false)
}
