import { ChatError } from '../errors.js'
import { MESSAGE_BYTES } from '../protocol.js'

/** C0 controls but `\n` and `\t`, DEL left to itself; NUL would cut the text in some databases. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f]/

/**
 * The rule for a message text.
 * @param data As received.
 * @param limit Code points it may have (`[limits] message_chars`).
 * @returns the text in NFC, without white space at its end; leading white space is the author's.
 * @throws {ChatError} `bad_request` (controls, half of a surrogate pair), `empty`, `too_long`.
 */
export function checkText(data: string, limit: number): string {
  const text = wellFormed(data).trimEnd()
  if (text.trim() === '') throw new ChatError('empty')
  if (tooLong(text, limit)) throw new ChatError('too_long', { values: { limit } })
  return text
}

/**
 * The rule for a text that stands in one line: it may be empty.
 * @param data As received.
 * @returns the text in NFC, without white space at its ends or more than one in a row.
 * @throws {ChatError} `bad_request` (controls, half of a surrogate pair).
 */
export const checkLine = (data: string): string => wellFormed(data).replace(/\s+/g, ' ').trim()

function wellFormed(data: string): string {
  const control = CONTROLS.exec(data)?.[0]
  if (control !== undefined) throw unfit('control', control)
  if (!data.isWellFormed()) throw unfit('half', HALVES.exec(data)?.[0])
  return data.normalize('NFC')
}

/** One half of a surrogate pair; with `u`, two that belong together are none. */
const HALVES = /[\ud800-\udfff]/u

/** Says which character it is: nobody sees it. */
function unfit(holds: 'control' | 'half', found = ''): ChatError {
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return new ChatError('bad_request', { holds, values: { code: `U+${code}` } })
}

function tooLong(text: string, limit: number): boolean {
  // A code point has one or two UTF-16 units and one to four bytes: most texts need no counting.
  if (text.length <= limit && text.length * 3 <= MESSAGE_BYTES) return false
  return Buffer.byteLength(text) > MESSAGE_BYTES || (limit > 0 && codePoints(text) > limit)
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
