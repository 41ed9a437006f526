import type { Level, User } from '../../protocol.js'
import { UNREAD_MOST, type OwnRoom, type RoomRow, type Standing } from '../../store/store.js'
import { isSandbox } from '../bots/sandbox.js'
import type { Reader, Tally } from './tally.js'

/** How much of a room somebody has not read. */
export interface Unread {
  unread: number
  mentions: number
}

/** A room that somebody who is here belongs to, and what they have not read in it. */
export class Place {
  readonly userId: number
  /** Bots whose lines count for nothing. */
  muted: ReadonlySet<number>
  /** The room, as it was when they came: its name and what it is do not change. */
  readonly row: RoomRow
  readonly tally: Tally
  standing: Standing
  level: Level
  /** Number up to which they have read. */
  read: number
  /** Of a direct room: who else is in it. */
  peer: User | undefined
  /** Whether they know of it: of a room of two only once something was said in it. */
  listed = true
  /** Up to this number the counts below hold what was said. */
  upTo: number
  readonly #tried: boolean
  /** Unread when the room had counted `#since` lines. */
  #unread: number
  #since: number
  #mentions: number
  /** The counts that their connections know. */
  #told: string

  constructor({ userId, muted, tally }: Reader & { tally: Tally }, own: OwnRoom, upTo: number) {
    this.userId = userId
    this.muted = muted
    this.row = own.room
    this.tally = tally
    this.#tried = isSandbox(own.room)
    this.standing = own.standing
    this.level = own.level
    this.read = own.read
    this.peer = own.peer
    this.upTo = upTo
    this.#unread = own.unread
    this.#since = tally.lines
    this.#mentions = own.mentions
    this.#told = this.#text
  }

  /** As it is told: of a muted room, mentions alone; of the one where bots are tried, nothing. */
  get count(): Unread {
    if (this.#tried) return { unread: 0, mentions: 0 }
    const unread = this.#unread + this.tally.lines - this.#since
    return {
      unread: this.level === 'muted' ? 0 : between(unread),
      mentions: between(this.#mentions),
    }
  }

  /** Whether their connections have to be told of the counts; asking is telling. */
  tell(): boolean {
    const now = this.#text
    const news = this.#told !== now
    this.#told = now
    return news
  }

  /** It was counted anew. */
  set({ unread, mentions }: Unread): void {
    this.#unread = unread
    this.#since = this.tally.lines
    this.#mentions = mentions
  }

  /** More or less than the room counts for everybody. */
  add({ unread = 0, mentions = 0 }: Partial<Unread>): void {
    this.#unread += unread
    this.#mentions += mentions
  }

  get #text(): string {
    const { unread, mentions } = this.count
    return `${unread} ${mentions}`
  }
}

const between = (count: number): number => Math.min(Math.max(count, 0), UNREAD_MOST)
