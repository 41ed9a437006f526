import type { Has } from '../search/document.js'
import type { WrittenPage } from './events.js'
import type { RoomRow } from './rooms.js'

/** What to look for: a message must fit all of it. */
export interface SearchQuery {
  /** Only in these: the rooms that the asker may read, or some of them. */
  rooms: readonly Pick<RoomRow, 'id' | 'name'>[]
  /** Each stands in the text; what has several tokens, as a row. `whole`: the last word does not go on. */
  words: readonly { text: string; whole: boolean }[]
  /** Said under one of these names; empty: by anybody. */
  from: readonly string[]
  /** Said by one of these bots; `only`: by a bot at all, or by none. */
  bot: { names: readonly string[]; only?: boolean }
  has: readonly Has[]
  /** Said at this time or later. */
  after?: number
  /** Said before this time. */
  before?: number
  /** Where the page before ended. */
  cursor?: string
  /** At most as many. */
  limit: number
}

export interface SearchPage extends WrittenPage {
  /** Where this page ends, for the next one; null when there is none. */
  cursor: string | null
  /** After an upgrade, while old messages are still being indexed: what was said before cannot be found yet. */
  indexedSince?: number
}

export interface SearchStore {
  /**
   * The messages (`chat`) that fit, in present form, newest first. Words are compared by `search/tokens.ts`.
   * Stops at a page's bytes of JSON; then there is `more`. On a full disk the last hundred or so messages are not
   * found, since they cannot be indexed.
   * @returns `nothing`: the words hold no letter, digit or emoji, and nothing else is asked; `lost`: the cursor
   * is none of these rooms'.
   */
  find(query: SearchQuery): Promise<SearchPage | 'nothing' | 'lost'>
}
