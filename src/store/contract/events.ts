import type { FormValues, NumberedEvent, User } from '../../protocol.js'
import type { OwnMarks } from '../../present-form.js'
import type { Outcome } from './drafts.js'
import type { RoomRow } from './rooms.js'

/** A page as it goes over the wire. */
export interface WrittenPage {
  /** A JSON array of events, in UTF-8. */
  json: Uint8Array
  /** Whether there are more in the asked direction. */
  more: boolean
}

export interface Page {
  events: NumberedEvent[]
  /** Whether there are more in the asked direction. */
  more: boolean
}

/** The end of a timeline in present form, and what else a client needs to stand at `head`. */
export interface Snapshot {
  head: number
  events: NumberedEvent[]
  /** Numbers of the pinned messages, newest pin first. */
  pins: number[]
}

/** By number of a message: what one person put on it. */
export type Own = ReadonlyMap<number, OwnMarks>

export interface EventStore {
  /**
   * Every numbered event with `after < seq`, ascending, at most `limit`: for resume and for gaps. A `chat` is in
   * present form but for its reactions: those are told by the `react` events that follow it.
   * Stops at a page's bytes of JSON, so a shorter answer than asked for is not the end: go on from its last.
   */
  range(room: RoomRow, after: number, limit: number): Promise<NumberedEvent[]>
  /**
   * Timeline items (`chat`, `notice`, `topic`, `pin`) in present form, ascending.
   * `before` and `after` are exclusive, at most one is given; neither: the newest.
   * Stops at a page's bytes of JSON, nearest to the cursor first; then there is `more`. For a `reader`, reactions
   * that not all can be named of say whether one is `mine`.
   */
  timeline(
    room: RoomRow,
    window: { before?: number; after?: number; limit: number; reader?: number },
  ): Promise<WrittenPage>
  /** The newest timeline items, and the number at which the room stood when it was just so. */
  snapshot(room: RoomRow, window: { limit: number; reader?: number }): Promise<Snapshot>
  /** One event by number, in present form. */
  bySeq(room: RoomRow, seq: number): Promise<NumberedEvent | undefined>
  /** The pinned messages in present form for a reader, newest pin first. Stops at a page's bytes of JSON. */
  pins(room: RoomRow, reader: number): Promise<Page>
  /** Numbers of the pinned messages, newest pin first. */
  pinned(room: RoomRow): Promise<number[]>
  /** What people wrote into the form of a message, the first first, at most a thousand. */
  forms(room: RoomRow, message: number): Promise<{ user: User; values: FormValues }[]>
  /** What somebody put on these messages: emoji, and what they chose under them. */
  ownMarks(room: RoomRow, userId: number, messages: readonly number[]): Promise<Own>
  /** Was this cid stored already, and from the same text? */
  known(roomId: number, userId: number, cid: string, received: string): Promise<Outcome | undefined>
}
