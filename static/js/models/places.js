/**
 * @typedef {import('./timeline.js').User} User
 * @typedef {'all' | 'mentions' | 'muted'} Level
 * @typedef {{name: string, title: string, topic: string, kind: 'room' | 'direct', user?: User, unlisted?: true, locked?: true,
 *   approval?: true, announce?: true, archived?: true, unread: number, mentions: number, level?: Level, last: number,
 *   people: number}} Place A room in my list; without a level I do not belong to it.
 * @typedef {{unread: number, mentions: number}} Count
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

  /** Some of them are new, or look different, or are gone. @param {readonly Place[]} places @param {readonly string[]} [gone] */
  update(places, gone = []) {
    for (const place of places) this.#places.set(place.name, place)
    for (const name of gone) this.#places.delete(name)
  }

  /** @param {Record<string, Count>} counts @returns {Place[]} Where more waits than before. */
  count(counts) {
    const more = []
    for (const [name, count] of Object.entries(counts)) {
      const place = this.#places.get(name)
      if (!place) continue
      if (count.unread + count.mentions > place.unread + place.mentions)
        more.push({ ...place, ...count })
      this.#places.set(name, { ...place, ...count })
    }
    return more.filter(({ name }) => name !== this.#here)
  }

  /** @param {string} name @param {Level} level */
  attend(name, level) {
    const place = this.#places.get(name)
    if (place) this.#places.set(name, { ...place, level })
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

  /** Lines in other rooms that want to be read: mentions everywhere, the rest where I hear all. */
  get waiting() {
    return this.all
      .filter(({ name }) => name !== this.#here)
      .reduce((sum, { unread, mentions, level }) => sum + (level === 'all' ? unread : mentions), 0)
  }
}

/** The lobby is everybody's first. @param {Place} a @param {Place} b */
function byTitle(a, b) {
  if (a.name === 'lobby' || b.name === 'lobby') return a.name === 'lobby' ? -1 : 1
  return a.title.localeCompare(b.title)
}
