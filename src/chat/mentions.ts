import { LRUCache } from 'lru-cache'
import { mayMention, mentionsIn, Names, type Called } from '../calls.js'
import type { EventExtra, User } from '../protocol.js'
import { growing } from '../growing.js'

/** People of a room whose names are known; who was not met for longest is forgotten first. */
const PEOPLE = 5_000
/** More than these one message does not call. */
const MENTIONS = 50
/** No user has this id. */
const EVERYBODY = Number.MAX_SAFE_INTEGER
const everybody = new Names([{ id: EVERYBODY, names: ['all', '所有人'] }])

export interface MentionsOptions {
  /** The bots of the room, by name and alias. */
  bots: () => Iterable<Called>
  /** May this user call everybody? From others it is plain text. */
  mayCallAll: (userId: number) => boolean
}

/** Whom the lines of a room call by `@name`: people who are or were here, its bots, or everybody. */
export class Mentions {
  readonly #options: MentionsOptions
  readonly #names = new Names()
  readonly #people = new LRUCache<number, string>({
    ...growing(PEOPLE),
    dispose: (name, id) => this.#names.delete(name, id),
  })

  constructor(options: MentionsOptions) {
    this.#options = options
  }

  /** Somebody is here, under the name of now. */
  meet({ id, name, kind }: User): void {
    if (kind !== 'person' || this.#people.get(id) === name) return
    this.#people.set(id, name)
    this.#names.set(name, id)
  }

  /** Whom a text calls besides its author. */
  in(text: string, { id: author }: User): Pick<EventExtra, 'mentions' | 'all'> {
    if (!mayMention(text)) return {}
    const bots = new Names(this.#options.bots())
    const called = mentionsIn(text, [bots, this.#names, everybody])
    const all = called.delete(EVERYBODY) && this.#options.mayCallAll(author)
    called.delete(author)
    const mentions = [...called].slice(0, MENTIONS)
    return { ...(mentions.length > 0 && { mentions }), ...(all && { all: true }) }
  }
}
