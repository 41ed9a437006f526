/**
 * @typedef {import('./timeline.js').User} User
 * @typedef {'all' | 'mentions' | 'muted'} Level
 * @typedef {{name: string, title: string, topic: string, kind: 'room' | 'direct', user?: User, unlisted?: true, locked?: true,
 *   approval?: true, announce?: true, archived?: true, unread: number, mentions: number, level?: Level, last: number,
 *   people: number}} Place A room in my list; without a level I do not belong to it.
 * @typedef {{unread: number, mentions: number}} Count
 * @typedef {Place & {called: boolean}} More More waits in it than before; `called`: for me.
 */

/** The rooms that I see, and what of them I have not read. */
export class Places {
  /** @type {Map<string, Place>} */
  #places = new Map()
  /** Where I am: what is said here is counted by the page itself. */
  #here

  /** @param {string} here Name of the room of this page. */
  constructor(here) {
    this.#here = here
  }

  /** @param {readonly Place[]} places As `hello` tells them. */
  replace(places) {
    this.#places = new Map(places.map((place) => [place.name, place]))
  }

  /** Some of them are new, or look different, or are gone. @param {readonly Place[]} places @param {readonly string[]} [gone] @returns {More[]} */
  update(places, gone = []) {
    const more = places.flatMap((place) => this.#become(place))
    for (const name of gone) this.#places.delete(name)
    return more
  }

  /** @param {Record<string, Count>} counts @returns {More[]} Where more waits than before. */
  count(counts) {
    return Object.entries(counts).flatMap(([name, { unread, mentions }]) => {
      const place = this.#places.get(name)
      return place ? this.#become({ ...place, unread, mentions }) : []
    })
  }

  /** I chose what of a room I want to be told: by it, other lines wait there. @param {string} name @param {Level} level @param {Count} count */
  attend(name, level, count) {
    const place = this.#places.get(name)
    if (place) this.#places.set(name, { ...place, ...count, level })
  }

  /** @param {string} name */
  named(name) {
    return this.#places.get(name)
  }

  get all() {
    return [...this.#places.values()]
  }

  /** Mine in the order of their names, so that they stay where the hand finds them; rooms of two by what was said last. */
  get groups() {
    const all = this.all
    const rooms = all.filter(({ kind }) => kind === 'room')
    const mine = rooms.filter(({ level, name }) => level !== undefined || name === this.#here)
    return {
      mine: mine.sort(byTitle),
      direct: all.filter(({ kind }) => kind === 'direct').sort((a, b) => b.last - a.last),
      others: rooms.filter((place) => !mine.includes(place)).sort(byTitle),
    }
  }

  /** For somebody who would go on: where I am called, then where something waits, then the others; here last. */
  get wanted() {
    const { direct, mine, others } = this.groups
    return [...direct, ...mine, ...others].sort((a, b) => this.#pull(b) - this.#pull(a))
  }

  /** @param {Place} place */
  #pull(place) {
    if (place.name === this.#here) return -1
    return callsIn(place) > 0 ? 2 : waitingIn(place) > 0 ? 1 : 0
  }

  /** Lines in other rooms that want to be read. */
  get waiting() {
    return this.#elsewhere.reduce((sum, place) => sum + waitingIn(place), 0)
  }

  /** Of these, those in rooms where something is meant for me: as the list counts them. */
  get calls() {
    const called = this.#elsewhere.filter((place) => callsIn(place) > 0)
    return called.reduce((sum, place) => sum + waitingIn(place), 0)
  }

  get #elsewhere() {
    return this.all.filter(({ name }) => name !== this.#here)
  }

  /** @param {Place} place @returns {More[]} It, if more waits in it than before; of a muted one that makes no noise. */
  #become(place) {
    const { unread = 0, mentions = 0, ...before } = this.#places.get(place.name) ?? {}
    this.#places.set(place.name, place)
    const grew = place.unread + place.mentions > unread + mentions
    if (!grew || place.name === this.#here || place.level === 'muted') return []
    return [
      { ...place, called: callsIn(place) > callsIn({ ...place, ...before, unread, mentions }) },
    ]
  }
}

/** What of a room is to be read: all that is said, or what calls me, as I chose it. @param {Place} place */
export const waitingIn = ({ unread, mentions, level = 'all' }) =>
  level === 'all' ? unread : mentions

/** What of a room is meant for me: what calls me, and all that is written to me alone. @param {Place} place */
export const callsIn = (place) => (place.kind === 'direct' ? waitingIn(place) : place.mentions)

/** What stands before its title; before that of a room of two, a face. @param {Place} place @returns {'room' | 'lock' | 'archive' | ''} */
export function markOf({ user, archived, locked, approval }) {
  if (user) return ''
  if (archived) return 'archive'
  return locked || approval ? 'lock' : 'room'
}

/** The lobby is everybody's first. @param {Place} a @param {Place} b */
function byTitle(a, b) {
  if (a.name === 'lobby' || b.name === 'lobby') return a.name === 'lobby' ? -1 : 1
  return titles.compare(a.title, b.title)
}

/** 第 2 组 before 第 10 组. */
const titles = new Intl.Collator(undefined, { numeric: true })
