import { fill } from './words.js'
import { lengthOf } from './length.js'

/**
 * A line of the server's, in the reader's words; of old ones, and of sentences that this page does not know, the text
 * that the server wrote.
 * @param {{data: string, notes?: {code: string, values: Record<string, string | number>}[]}} item
 * @param {any} texts @param {(name: string) => string} isolated Names as they may stand in a sentence.
 */
export function noticeText({ data, notes = [] }, texts, isolated) {
  if (notes.length === 0 || notes.some(({ code }) => !Object.hasOwn(texts.notices, code)))
    return data
  return notes
    .map(({ code, values }) => fill(texts.notices[code], worded(values, texts, isolated)))
    .join(texts.notices.between)
}

/**
 * Who set a topic, or pinned a message: what is done at the command line bears a name in the server's language.
 * @param {{user: {name: string, kind: 'person' | 'bot'}, cid?: string | undefined}} item
 * @param {any} texts @param {(name: string) => string} isolated
 */
export const doneBy = ({ user, cid }, texts, isolated) =>
  user.kind === 'bot' && cid?.startsWith('console.') ? texts.notices.console : isolated(user.name)

/** @param {Record<string, string | number>} values @param {any} texts @param {(name: string) => string} isolated */
function worded(values, texts, isolated) {
  const words = Object.entries(values).map(([name, value]) =>
    typeof value === 'string' ? [name, isolated(value)] : ['time', lengthOf(value, texts.writing)],
  )
  return { name: texts.notices.console, ...Object.fromEntries(words) }
}
