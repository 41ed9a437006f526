import { MESSAGE_BYTES } from '../../protocol.js'

/** C0 controls but `\n` and `\t`: the door refuses a text that has them. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f]/g

/** More than any text that passes the door has, so that a huge one costs no more than this. */
export const FULL = MESSAGE_BYTES * 2

/** Answers to one message that may wait for their turn: at one a second it is over before more are said. */
export const WAITING_ANSWERS = 20
/** What the author of a bot reads that says more. */
export const TOO_MANY_ANSWERS = `ctx.reply: ${WAITING_ANSWERS} answers to this message wait already`

/** As much of a text as is looked at. */
export const short = (text: string): string => text.slice(0, FULL)

/**
 * What a program wrote, as a text that passes the door: without controls and broken characters, whatever
 * made it (a model, a shell, a file from Windows).
 */
export const clean = (text: string): string => plain(text).normalize('NFC').trimEnd()

/** The same for a part of a text, to which more comes: pieces that are no halves add up to the whole. */
export const plain = (text: string): string =>
  short(text).replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed()

/**
 * Cuts a text that is too long for a message.
 * @param limit Code points it may have; 0: as many as the bytes of a message allow.
 * @param mark Put where it was cut; counts towards the limit.
 */
export function fit(text: string, limit: number, mark: string): string {
  const points = limit > 0 ? limit : MESSAGE_BYTES
  const whole = prefix(text, points, MESSAGE_BYTES)
  if (whole.length === text.length) return text
  return (
    prefix(text, points - Array.from(mark).length, MESSAGE_BYTES - Buffer.byteLength(mark)) + mark
  )
}

/**
 * Whether a text may be a message.
 * @param limit Code points it may have; 0: as many as the bytes of a message allow.
 */
export function fits(text: string, limit: number): boolean {
  if (text.length * 3 > MESSAGE_BYTES && Buffer.byteLength(text) > MESSAGE_BYTES) return false
  return limit <= 0 || text.length <= limit || prefix(text, limit, MESSAGE_BYTES) === text
}

function prefix(text: string, points: number, bytes: number): string {
  let end = 0
  for (const point of text) {
    points -= 1
    bytes -= Buffer.byteLength(point)
    if (points < 0 || bytes < 0) break
    end += point.length
  }
  return text.slice(0, end)
}
