import { fill } from '../../models/words.js'

/**
 * @typedef {import('../../models/rows.js').MessageRow} MessageRow
 * @typedef {{now: number, role?: string | undefined, direct: boolean, writes: boolean, reacts: boolean, archived: boolean, out: boolean,
 *   pinned: (seq: number) => boolean, editMs: number, recallMs: number}} Can What I may do here; of a time, 0 is without end. `archived`:
 *   nothing here can be changed. `out`: nor reported.
 * @typedef {{name: string, icon: string, fits: (row: MessageRow, can: Can) => boolean,
 *   until?: (row: MessageRow, can: Can) => number, label?: (words: any, row: MessageRow) => string, danger?: true, separate?: true}} Action
 *   `until`: a moment when it fits no more; Infinity: none.
 * @typedef {(name: string, emoji: string) => void} Run
 */

/** One press away; the picker has the others. */
const QUICK = ['👍', '❤️', '😂', '🎉', '😮', '🙏']

const stored = (/** @type {MessageRow} */ { item }) => item !== undefined
const failed = (/** @type {MessageRow} */ { state }) => state === 'failed'
/** @param {MessageRow} row @param {Can} can */
export const mayReply = (row, { writes }) => writes && stored(row)
/** @param {MessageRow} row @param {Can} can */
export const mayReact = (row, { reacts }) => reacts && stored(row)
/** Is it pinned; undefined: I may not change that. @param {MessageRow} row @param {Can} can */
const isPinned = ({ item }, { role, direct, archived, pinned }) =>
  item && !archived && (direct || role !== undefined) ? pinned(item.seq) : undefined
const unsent = (/** @type {MessageRow} */ { state }) => state === 'failed' || state === 'waiting'
/** Another text of what may be in the room already would be another message. @param {MessageRow} row */
export const mayStillChange = (row) => unsent(row) && row.line?.unsure !== true
/** @param {MessageRow} row @param {number} now @param {number} ms */
const within = ({ own, item }, now, ms) =>
  own && item !== undefined && (ms === 0 || now - item.at < ms)

/** @param {MessageRow} row @param {number} ms */
const end = ({ item }, ms) => (item && ms > 0 ? item.at + ms : Infinity)
/** @param {MessageRow} row @param {Can} can */
const mayRecall = (row, { now, recallMs, role, archived }) =>
  !archived && (within(row, now, recallMs) || (stored(row) && role !== undefined))

/** What may be done with a message, in the order of its menu; room/acts.js does it. @type {readonly Action[]} */
const ACTIONS = [
  { name: 'reply', icon: 'reply', fits: mayReply },
  { name: 'who', icon: 'people', fits: ({ item }) => (item?.reactions?.length ?? 0) > 0 },
  { name: 'copy', icon: 'copy', fits: ({ text }) => text !== '' },
  {
    name: 'mention',
    icon: 'at',
    fits: ({ own }, { writes }) => writes && !own,
    label: (words, { user }) => fill(words.mention, { name: user.name }),
  },
  { name: 'stop', icon: 'stop', fits: ({ mayStop }) => mayStop === true },
  { name: 'retry', icon: 'again', fits: failed },
  {
    name: 'edit',
    icon: 'edit',
    fits: (row, { now, writes, editMs }) =>
      writes && (mayStillChange(row) || within(row, now, editMs)),
    until: (row, { editMs }) => end(row, editMs),
  },
  { name: 'pin', icon: 'pin', fits: (row, can) => isPinned(row, can) === false },
  { name: 'unpin', icon: 'unpin', fits: (row, can) => isPinned(row, can) === true },
  // A moderator may not judge another one, and asks those who may.
  {
    name: 'report',
    icon: 'flag',
    fits: (row, { role, out }) => !out && stored(row) && !row.own && role !== 'host',
  },
  {
    name: 'recall',
    icon: 'undo',
    fits: (row, can) => row.own && mayRecall(row, can),
    until: (row, { recallMs, role }) => (role === undefined ? end(row, recallMs) : Infinity),
    danger: true,
    separate: true,
  },
  {
    name: 'recall',
    label: ({ takeAway }) => takeAway,
    icon: 'bin',
    fits: (row, can) => !row.own && mayRecall(row, can),
    danger: true,
    separate: true,
  },
  { name: 'remove', icon: 'bin', fits: unsent, danger: true },
]

/**
 * The choices that a message has now.
 * @param {MessageRow} row @param {any} words `texts.message` @param {Can} can @param {Run} run
 * @returns {import('../menu.js').Choice[]}
 */
export const actionsOf = (row, words, can, run) =>
  ACTIONS.filter(({ fits }) => fits(row, can)).map(
    ({ name, icon, until, label, danger = false, separate = false }) => {
      const called = label ? label(words, row) : words[name]
      return {
        label: called,
        icon,
        danger,
        separate,
        ...(until && { until: until(row, can), over: fill(words.over, { act: called }) }),
        run: () => run(name, ''),
      }
    },
  )

/**
 * Emoji to react with at once, and the way to all of them.
 * @param {MessageRow} row @param {any} words @param {Can} can @param {Run} run
 * @returns {import('../menu.js').Choice[]}
 */
export const quickChoices = (row, words, can, run) =>
  mayReact(row, can)
    ? [
        ...QUICK.map((emoji) => ({ label: emoji, run: () => run('react', emoji) })),
        { label: words.react, icon: 'react', run: () => run('react', '') },
      ]
    : []
