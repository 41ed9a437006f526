/** @typedef {import('./timeline.js').User} User */

/**
 * What I have not seen: where the unread divider stands, and how many lines came while I looked elsewhere.
 * Bots' lines raise nothing.
 */
export class Unread {
  /** The number before which the divider stands. @type {number | undefined} */
  from
  /** People's lines below what is in view. */
  below = 0
  /** People's lines since the page was hidden. */
  away = 0

  #me

  /** @param {number} me @param {number} read The last number seen at an earlier visit; 0 at the first. */
  constructor(me, read) {
    this.#me = me
    this.read = read
  }

  /** A first page of the room: the divider stands before what came since the last visit. @param {readonly {seq?: number, user?: User}[]} items */
  open(items) {
    if (this.read === 0) return
    this.from = items.find((item) => (item.seq ?? 0) > this.read && item.user?.id !== this.#me)?.seq
  }

  /**
   * A line was added. @param {{seq: number, type: string, user: User}} item
   * @param {{seen: boolean, hidden: boolean}} view It came into view; the page is hidden.
   */
  heard(item, { seen, hidden }) {
    if (item.user.id === this.#me) return
    if (seen && !hidden) return
    this.from ??= item.seq
    if (item.type !== 'chat' || item.user.kind === 'bot') return
    if (!seen) this.below += 1
    if (hidden) this.away += 1
  }

  /** I see everything up to this number. @param {number} seq @returns {boolean} That is news. */
  seen(seq) {
    this.below = 0
    if (seq <= this.read) return false
    this.read = seq
    return true
  }

  /** I look at the page again. */
  back() {
    this.away = 0
  }

  /** I answered: what stood below the divider is read. */
  answered() {
    this.from = undefined
  }
}
