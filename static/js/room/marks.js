import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { Unread } from '../models/unread.js'
import { boot, texts } from './boot.js'
import { me } from './me.js'

/** The read mark is told at most this often. */
const TELL_MS = 1000

/** @typedef {import('../models/timeline.js').Item} Item */

/**
 * What I have read, and what not: the divider, the pill that counts what came below, the number in the title, and the
 * mark that the server keeps.
 * @param {{timeline: import('../models/timeline.js').Timeline, connection: import('../socket.js').Connection,
 *   following: () => boolean, elsewhere: () => number, called: () => string, toBottom: () => unknown}} room `following`: the newest line is in
 *   view. `elsewhere`: how many lines wait in other rooms.
 */
export function readMarks({ timeline, connection, following, elsewhere, called, toBottom }) {
  let unread = new Unread(me.user.id, 0)
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  Alpine.store('pill', {
    shown: false,
    text: '',
    count: 0,

    get label() {
      return this.count > 0 ? this.text : texts.room.toBottom
    },
    get cls() {
      return { 'pill--new': this.count > 0 }
    },
    press: () => void toBottom(),
  })
  const pill = Alpine.store('pill')

  // Who reads and goes on to the next room at once has read.
  window.addEventListener('pagehide', () => timer && tell())

  return {
    joined,
    heard,
    seen,
    back,
    show,
    title,
    answered: () => unread.answered(),
    /** The number before which the divider stands. */
    get from() {
      return unread.from
    },
  }

  /** @param {{mode: string, you?: {read?: number}}} frame @param {readonly Item[]} fresh */
  function joined({ mode, you }, fresh) {
    if (mode === 'reset' || unread.read === 0) unread = new Unread(me.user.id, you?.read ?? 0)
    if (fresh.length === 0 && mode !== 'resume') unread.open(timeline.entries)
  }

  /** @param {Item} item */
  function heard(item) {
    unread.heard(item, { seen: following(), hidden: document.hidden })
  }

  /** What is in view is read. */
  function seen() {
    if (document.hidden || !following() || !unread.seen(timeline.seq)) return
    timer ??= setTimeout(tell, TELL_MS)
  }

  function tell() {
    clearTimeout(timer)
    timer = undefined
    connection.tell({ type: 'read', room: boot.room.name, seq: unread.read })
  }

  /** I look at the page again. */
  function back() {
    unread.back()
    seen()
  }

  function show() {
    pill.count = unread.below
    pill.text = unread.below > 0 ? fill(texts.room.newBelow, { n: unread.below }) : ''
    pill.shown = !following() || !timeline.atHead
  }

  /** Seen where the page is not: so it does not wait for a frame, which a hidden page has not. */
  function title() {
    const name = `${called()} · ${boot.title || texts.app}`
    const waiting = unread.away + elsewhere()
    const title = waiting > 0 ? `(${waiting}) ${name}` : name
    if (document.title === title) return
    document.title = title
    badge(waiting > 0)
  }
}

/** The tab's picture has a dot while something waits. @param {boolean} waiting */
function badge(waiting) {
  for (const link of document.querySelectorAll('link[rel=icon][data-badge]')) {
    if (!(link instanceof HTMLLinkElement)) continue
    link.dataset.plain ??= link.href
    link.href = (waiting ? link.dataset.badge : link.dataset.plain) ?? link.href
  }
}
