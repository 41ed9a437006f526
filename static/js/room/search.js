import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { fill } from '../models/words.js'
import { excerpt } from '../models/excerpt.js'
import { plainText } from '../models/plain-text.js'
import { serverNow } from '../server-time.js'
import { ask } from './ask.js'
import { addressOf, boot, texts } from './boot.js'
import { face } from './faces.js'
import { leaveDrawer } from './drawers.js'
import { shows } from './waking.js'

/** Who pauses so long while typing is waiting for an answer, in milliseconds. */
const PAUSE_MS = 350
const WEEK_MS = 7 * 86_400_000

/** @typedef {import('../models/timeline.js').Item} Item */

/**
 * Search in all rooms, in a dialog; what is found leads to its place.
 * @param {{connection: import('../socket.js').Connection, jump: (seq: number) => unknown, time: (at: number) => string,
 *   titleOf: (room: string) => string}} room
 */
export function search({ connection, jump, time, titleOf }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** Of the answer that is shown: where it goes on. @type {string | null} */
  let cursor = null
  let asked = ''

  Alpine.store('search', {
    q: '',
    /** @type {ReturnType<typeof card>[]} */
    list: [],
    /** What is wrong, or that nothing was found. */
    note: '',
    more: false,
    help: true,
    open,
    submit: () => void find(),
    next: () => void find(cursor),
    onInput() {
      clearTimeout(timer)
      timer = setTimeout(() => void find(), PAUSE_MS)
    },
    /** @param {Event} event */
    go({ currentTarget }) {
      if (!(currentTarget instanceof HTMLElement)) return
      const { room = '', seq = '' } = currentTarget.dataset
      // Asked for before the dialog goes: that costs the page as long as the answer takes.
      if (room === boot.room.name) void jump(Number(seq))
      else location.assign(addressOf(room, seq))
      dialog().close()
    },
    /** Adds a condition to what is looked for. @param {Event} event */
    narrow({ currentTarget }) {
      if (!(currentTarget instanceof HTMLElement)) return
      const condition = conditions[currentTarget.dataset.chip ?? '']?.()
      if (!condition) return
      const others = view.q.split(' ').filter((word) => word && !word.startsWith(keyOf(condition)))
      view.q = [...others, condition].join(' ')
      byId('search-field').focus()
      if (!condition.endsWith(':')) void find()
    },
    /** Puts an example into the field. @param {Event} event */
    take({ currentTarget }) {
      if (!(currentTarget instanceof HTMLElement)) return
      view.q = currentTarget.textContent ?? ''
      byId('search-field').focus()
      void find()
    },
  })
  const view = Alpine.store('search')
  return { open }

  /** @param {unknown} [q] What to look for at once; a press on a button is none. */
  function open(q) {
    leaveDrawer()
    if (typeof q === 'string') {
      view.q = q
      void find()
    }
    shows(dialog())
    const field = /** @type {HTMLInputElement} */ (byId('search-field'))
    field.select()
  }

  /** @param {string | null} [from] Where a known answer goes on. */
  async function find(from = null) {
    clearTimeout(timer)
    const q = view.q.trim()
    if (!from && q === asked) return
    asked = q
    if (!q) return show([], '')

    const frame = { type: 'search', q, limit: 20, utc_offset: -new Date().getTimezoneOffset() }
    const answer = await ask(connection, from ? { ...frame, cursor: from } : frame)
    if (q !== asked) return // something else was typed meanwhile
    if (answer.fault) return show([], answer.fault)

    cursor = answer.cursor
    const found = answer.events.map((/** @type {Item} */ item) => card(item, q))
    const since = answer.indexed_since
    const late = since ? fill(texts.searchHelp.indexing, { date: time(since) }) : ''
    const nothing = found.length === 0 && !from ? texts.search.nothing : ''
    const all = from ? [...view.list, ...found] : found
    const count = fill(answer.more ? texts.search.countMore : texts.search.count, { n: all.length })
    show(all, nothing || [count, late].filter(Boolean).join(' · '))
    view.more = answer.more
  }

  /** @param {ReturnType<typeof card>[]} list @param {string} note */
  function show(list, note) {
    view.list = list
    view.note = note
    view.more = false
    view.help = list.length === 0 && !note
  }

  /** @param {Item} item @param {string} q */
  function card({ seq, room, user, at, data }, q) {
    const where = titleOf(room)
    const parts = excerpt(plainText(data), q).map(({ text, hit }) => ({
      text,
      cls: hit ? 'hit__found' : '',
    }))
    return { key: `${room}/${seq}`, seq, room, where, ...face(user), time: time(at), parts }
  }
}

/** What the chips add to a search. @type {Record<string, () => string>} */
const conditions = {
  from: () => 'from:',
  room: () => `in:${boot.room.name}`,
  week: () => `after:${dayOf(serverNow() - WEEK_MS)}`,
  link: () => 'has:link',
}

/** @param {string} condition */
const keyOf = (condition) => condition.slice(0, condition.indexOf(':') + 1)

/** A day as a search wants it, where I am. @param {number} at */
export const dayOf = (at) => {
  const day = new Date(at)
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

const dialog = () => /** @type {HTMLDialogElement} */ (byId('search'))
