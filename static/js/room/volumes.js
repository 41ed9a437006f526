import { fill } from '../models/words.js'
import { fold } from '../models/folds.js'
import { ask } from './ask.js'
import { texts } from './boot.js'
import { toast } from './toast.js'

/** @typedef {import('../../../src/protocol.js').Volume} Volume @typedef {import('../models/rows.js').Row} Row */

const LEVELS = /** @type {const} */ (['all', 'folded', 'muted'])

/**
 * How much I want to see of each bot, here and everywhere, and which of their lines I have opened on this page.
 * @param {{connection: import('../socket.js').Connection, changed: () => void}} room `changed`: other lines are to be seen.
 */
export function volumes({ connection, changed }) {
  /** @type {Map<number, Volume>} */
  let levels = new Map()
  /** By key of a row, and by number of a line. @type {Set<string | number>} */
  const open = new Set()
  /** As they stood last. @type {readonly Row[]} */
  let shown = []

  return { hello, heard, of, isMuted, set, choices, folded, unfold, reach }

  /** @param {Readonly<Record<string, Volume>>} [told] As `hello` tells them. */
  function hello(told = {}) {
    levels = new Map(Object.entries(told).map(([bot, level]) => [Number(bot), level]))
    changed()
  }

  /** It was set here, or on another device. @param {{bot: number, level: Volume}} frame */
  function heard({ bot, level }) {
    levels.set(bot, level)
    open.clear() // what was opened before was opened under another rule
    changed()
  }

  /** @param {number} bot */
  function of(bot) {
    return levels.get(bot) ?? 'all'
  }

  /** Nothing of it makes a noise, or waits. @param {{id: number}} user */
  function isMuted({ id }) {
    return of(id) === 'muted'
  }

  /** @param {{id: number, name: string}} bot @param {Volume} level */
  async function set({ id, name }, level) {
    const { fault } = await ask(connection, { type: 'volume', bot: id, level })
    if (!fault) heard({ bot: id, level })
    toast(fault ?? fill(texts.volume.done[level], { name }))
  }

  /** For the menu of a bot. @param {{id: number, name: string}} bot @returns {import('../components/menu.js').Choice[]} */
  function choices(bot) {
    return LEVELS.map((level, index) => ({
      label: texts.volume.levels[level],
      kind: 'radio',
      group: texts.volume.heading,
      checked: of(bot.id) === level,
      separate: index === 0,
      run: () => void set(bot, level),
    }))
  }

  /** @param {readonly Row[]} rows */
  function folded(rows) {
    if (levels.size === 0) return rows
    shown = fold(rows, {
      volumeOf: of,
      isOpen: ({ key, item }) => open.has(key) || open.has(item?.seq ?? 0),
    })
    return shown
  }

  /** Shows the lines of a fold. @param {string} fold Its key. @returns {number | undefined} The number of the first. */
  function unfold(fold) {
    const row = shown.find(({ key }) => key === fold)
    if (row?.kind !== 'folded') return undefined
    for (const { key } of row.rows) open.add(key)
    changed()
    return row.rows.find(({ item }) => item)?.item?.seq
  }

  /** A line is to be seen, folded or not. @param {number} seq */
  function reach(seq) {
    open.add(seq)
  }
}
