import { LRUCache } from 'lru-cache'
import { growing } from './growing.js'

/** A thing that goes on is told of again after this long. */
const AGAIN_MS = 60_000
/** Things that are remembered; the one that was idle longest is forgotten first. */
const THINGS = 10_000

/** Tells of the same thing at most once a minute: who floods the server must not flood its log. */
export class Seldom {
  readonly #told = new LRUCache<string, true>({ ...growing(THINGS), ttl: AGAIN_MS })

  /** Whether it is to be told now. */
  tells(thing: string): boolean {
    if (this.#told.has(thing)) return false
    this.#told.set(thing, true)
    return true
  }
}
