/** @typedef {import('./timeline.js').User} User */

/** Somebody is shown as typing for this long after the last sign of it. */
const TYPING_MS = 6000

/** Who was here when the line was lost is on the way back so long, in milliseconds: browsers try again within seconds. */
const RETURN_MS = 2 * 60_000

/** Names of people who left are known so many at a time. */
const KNOWN = 2_000

/**
 * Who is in the room now, who of its people is in another one, and who is typing. Knows neither socket nor page.
 */
export class Presence {
  /** Members, bots too, as the server counts them; the list may be shorter. */
  count = 0
  /** Those behind this one, in the server's order, are not in the list yet; undefined when all are. @type {number | undefined} */
  after

  /** @type {Map<number, User>} */
  #users = new Map()
  /** On the server, in another room: for those here, they are online all the same. @type {Map<number, User>} */
  #elsewhere = new Map()
  /** Those who were online when the line was lost, and were not when it was back. @type {Set<number>} */
  #returning = new Set()
  /** So long they are. */
  #until = 0
  /** Those for whom the server waits since it was started: for a bot that asks, one is not alone meanwhile. @type {Set<number>} */
  #awaited = new Set()
  /** So long it does. */
  #awaitedUntil = 0
  /** Those who left: what was said still calls them. @type {Map<number, User>} */
  #left = new Map()
  /** Bots of which something else was told before that they came. @type {Set<number>} */
  #foretold = new Set()
  /** Who types, and when they stop being shown so. @type {Map<number, {user: User, until: number}>} */
  #typing = new Map()

  /**
   * @param {readonly User[]} users The first of them. @param {number} count @param {User} me Here too, wherever in the order.
   * @param {{elsewhere?: readonly User[], awaited?: {users: readonly number[], ms: number}, now?: number}} [more] `now`: milliseconds.
   */
  replace(users, count, me, { elsewhere = [], awaited, now = Date.now() } = {}) {
    const before = [...this.#users.keys(), ...this.#elsewhere.keys()]
    this.#users = new Map([...users, me].map((user) => [user.id, user]))
    this.#elsewhere = new Map(elsewhere.map((user) => [user.id, user]))
    this.count = count
    this.after = users.length < count ? users.at(-1)?.id : undefined
    if (now > this.#until) this.#returning.clear()
    for (const id of before) if (!this.isOnline(id)) this.#returning.add(id)
    this.#until = now + RETURN_MS
    this.#awaited = new Set(awaited?.users)
    this.#awaitedUntil = now + (awaited?.ms ?? 0)
    this.#foretold.clear()
    this.#typing.clear()
  }

  /** The members behind `after`. Who came in meanwhile is here already. @param {readonly User[]} users @param {boolean} more */
  page(users, more) {
    for (const user of users) this.#users.set(user.id, user)
    for (const { id } of users) this.#elsewhere.delete(id)
    this.after = more ? users.at(-1)?.id : undefined
  }

  /**
   * @param {readonly User[]} users @param {number} count @param {readonly number[]} [back] Who of them was here before a restart
   *   of the server. @param {number} [now] Milliseconds.
   * @returns {User[]} Those who were not online before, nor when the line was lost: after a restart all come anew.
   */
  join(users, count, back = [], now = Date.now()) {
    if (now > this.#until) this.#returning.clear()
    for (const id of back) this.#returning.add(id)
    const isNew = (/** @type {number} */ id) => !this.isOnline(id) || this.#foretold.has(id)
    const came = users.filter(({ id }) => isNew(id) && !this.#returning.has(id))
    for (const { id } of users) {
      this.#returning.delete(id)
      this.#awaited.delete(id)
      this.#foretold.delete(id)
    }
    for (const user of users) this.#users.set(user.id, user)
    for (const { id } of users) this.#elsewhere.delete(id)
    this.count = count
    return came
  }

  /** @param {readonly User[]} users @param {number} count @param {readonly number[]} [elsewhere] Who of them went to another room only. @returns {User[]} Those who are gone. */
  left(users, count, elsewhere = []) {
    for (const user of users) {
      this.#users.delete(user.id)
      this.#foretold.delete(user.id)
      if (elsewhere.includes(user.id)) this.#elsewhere.set(user.id, user)
      this.#left.delete(user.id)
      this.#left.set(user.id, user)
      this.#typing.delete(user.id)
    }
    for (const id of this.#left.keys()) {
      if (this.#left.size <= KNOWN) break
      this.#left.delete(id)
    }
    this.count = count
    return users.filter(({ id }) => !this.#elsewhere.has(id))
  }

  /** Somebody of the room came onto the server, or went from it, and not through this room. @param {User} user @param {boolean} on */
  elsewhere(user, on) {
    if (on && !this.isHere(user.id)) this.#elsewhere.set(user.id, user)
    else if (this.#elsewhere.delete(user.id)) this.#left.set(user.id, user)
  }

  /** Somebody who is here has another name or face; a bot may be told of so before its `join`. @param {User} user */
  update(user) {
    const isHere = this.#users.has(user.id)
    if (!isHere && user.kind === 'bot') {
      this.count += 1
      this.#foretold.add(user.id)
    }
    if (isHere || user.kind === 'bot') this.#users.set(user.id, user)
  }

  /** Who said something no longer types. @param {User} user @returns {boolean} They did. */
  said(user) {
    return this.#typing.delete(user.id)
  }

  /** @param {User} user @param {number} now Milliseconds. */
  types(user, now) {
    this.#typing.delete(user.id)
    this.#typing.set(user.id, { user, until: now + TYPING_MS })
  }

  /** The line is away: nobody can be told to have stopped. */
  quiet() {
    this.#typing.clear()
  }

  /** Who is typing, the latest last; forgets those who stopped. @param {number} now Milliseconds. @returns {User[]} */
  typing(now) {
    for (const [id, { until }] of this.#typing) if (until <= now) this.#typing.delete(id)
    return [...this.#typing.values()].map(({ user }) => user)
  }

  /** Bots first, in the server's order, then me, then the others as they came. @param {number} me @returns {User[]} */
  list(me) {
    const rank = (/** @type {User} */ user) => (user.kind === 'bot' ? 0 : user.id === me ? 1 : 2)
    const order = (/** @type {User} */ a, /** @type {User} */ b) =>
      rank(a) - rank(b) || (a.kind === 'bot' ? b.id - a.id : 0)
    // toSorted() is younger than the oldest browser we serve.
    return [...this.#users.values(), ...this.#elsewhere.values()].sort(order)
  }

  /** @returns {User[]} */
  get bots() {
    return [...this.#users.values()].filter((user) => user.kind === 'bot')
  }

  /** @param {number} id */
  isHere(id) {
    return this.#users.has(id)
  }

  /** Here, or in another room. @param {number} id */
  isOnline(id) {
    return this.#users.has(id) || this.#elsewhere.has(id)
  }

  /** Somebody who is or was here. @param {number} id */
  byId(id) {
    return this.#users.get(id) ?? this.#elsewhere.get(id) ?? this.#left.get(id)
  }

  /** @param {number} id @returns {string | undefined} */
  nameOf(id) {
    return this.byId(id)?.name
  }

  /** How many are in the list. */
  get known() {
    return this.#users.size
  }

  /** How many people are here, without bots. */
  get people() {
    return Math.max(0, this.count - this.bots.length)
  }

  /** How many people are online, here or in another room. */
  get online() {
    return this.people + this.#elsewhere.size
  }

  /** The same with the bots that are here. */
  get all() {
    return this.count + this.#elsewhere.size
  }

  /** People who are online, and those for whom the server waits: whom a bot counts before it takes somebody for alone. @param {number} [now] Milliseconds. */
  company(now = Date.now()) {
    return this.online + (this.awaitedMs(now) > 0 ? this.#awaited.size : 0)
  }

  /** How long they are still waited for. @param {number} [now] Milliseconds. */
  awaitedMs(now = Date.now()) {
    return this.#awaited.size === 0 ? 0 : Math.max(0, this.#awaitedUntil - now)
  }
}
