import { fill } from '../dom.js'

/**
 * @typedef {import('../../models/timeline.js').MessageRow} MessageRow
 * @typedef {{name: string, icon: string, fits: (row: MessageRow) => boolean, label?: (words: any, row: MessageRow) => string, danger?: true}} Action
 */

const failed = (/** @type {MessageRow} */ { state }) => state === 'failed'
const unsent = (/** @type {MessageRow} */ { state }) => state === 'failed' || state === 'waiting'

/** What may be done with a message, in the order of its menu; room/acts.js does it. @type {readonly Action[]} */
const ACTIONS = [
  { name: 'copy', icon: 'copy', fits: ({ item, text }) => text !== '' && !item?.recalled },
  {
    name: 'mention',
    icon: 'at',
    fits: ({ own }) => !own,
    label: (words, { user }) => fill(words.mention, { name: user.name }),
  },
  { name: 'stop', icon: 'stop', fits: ({ mayStop }) => mayStop === true },
  { name: 'retry', icon: 'again', fits: failed },
  { name: 'edit', icon: 'edit', fits: unsent },
  { name: 'remove', icon: 'bin', fits: unsent, danger: true },
]

/**
 * The choices that a message has now.
 * @param {MessageRow} row @param {any} words `texts.message` @param {(name: string) => void} run
 * @returns {import('../menu.js').Choice[]}
 */
export const actionsOf = (row, words, run) =>
  ACTIONS.filter(({ fits }) => fits(row)).map(({ name, icon, label, danger }) => ({
    label: label ? label(words, row) : words[name],
    icon,
    danger: danger ?? false,
    run: () => run(name),
  }))
