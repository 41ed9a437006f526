import { isOfTools } from './tools.js'

/**
 * Lines of bots of which somebody does not want to see everything, put together. Knows neither socket nor page.
 * @typedef {import('./rows.js').Row} Row
 * @typedef {import('./rows.js').MessageRow} MessageRow
 * @typedef {import('../../../src/protocol.js').Volume} Volume
 * @typedef {{key: string, kind: 'folded', level: Exclude<Volume, 'all'>, rows: MessageRow[]}} Fold
 */

/**
 * What stands one below the other becomes one row: lines of a folded bot each by itself, those of muted ones together.
 * @param {readonly Row[]} all @param {{volumeOf: (user: number) => Volume, isOpen: (row: MessageRow) => boolean}} how `isOpen`: it is to be seen
 *   all the same.
 * @returns {Row[]}
 */
export function fold(all, { volumeOf, isOpen }) {
  /** @type {Row[]} */
  const out = []
  for (const row of all) {
    // Who does not want all of its lines, does not want how it came to them.
    if (row.kind === 'notice' && isOfTools(row.item) && volumeOf(row.item.user.id) !== 'all')
      continue
    const level = row.kind === 'message' ? levelOf(row, volumeOf) : 'all'
    if (row.kind !== 'message' || level === 'all' || isOpen(row)) {
      out.push(row)
      continue
    }
    const before = out.at(-1)
    if (before?.kind === 'folded' && belongs(before, level, row)) before.rows.push(row)
    else out.push({ key: `f${row.key}`, kind: 'folded', level, rows: [row] })
  }
  return out
}

/** A folded bot may still call somebody. @param {MessageRow} row @param {(user: number) => Volume} volumeOf */
function levelOf({ user, called }, volumeOf) {
  const level = user.kind === 'bot' ? volumeOf(user.id) : 'all'
  return level === 'folded' && called ? 'all' : level
}

/** @param {Fold} fold @param {Volume} now @param {MessageRow} row */
const belongs = ({ level, rows }, now, { user }) =>
  level === now && (now === 'muted' || rows[0]?.user.id === user.id)
