/**
 * What a room is told of the tools that bots use.
 * @typedef {import('./timeline.js').Item} Item
 */

/** The server's word for such a line. */
const USED = 'tools'

/** A bot that uses its tools, which who folds or mutes the bot does not want to read. @param {Item} item */
export const isOfTools = ({ type, notes }) =>
  type === 'notice' && notes?.length === 1 && notes[0]?.code === USED

/**
 * Two such lines of one bot as one that names each tool once; undefined for others. It stands where the first stood.
 * @param {Item} before @param {Item} item @returns {Item | undefined}
 */
export function toolsOfBoth(before, item) {
  if (!isOfTools(before) || !isOfTools(item) || before.user.id !== item.user.id) return undefined
  const named = new Set([...namesIn(before), ...namesIn(item)])
  const values = { name: item.user.name, tools: [...named].join(', ') }
  return { ...before, data: `${before.data} ${item.data}`, notes: [{ code: USED, values }] }
}

/** @param {Item} item */
const namesIn = ({ notes = [] }) => String(notes[0]?.values.tools ?? '').split(', ')
