/** This file runs in the plugins' worker too: it imports nothing of the server. */

/** More characters are not taken: to look at the first of a text, V8 writes all of it down first, and takes a core for it. */
const MOST = 1_000_000

/**
 * What a bot hands over is to be a text, and one that can be meant for people.
 * @param call As it is written: `ctx.reply(text)`.
 * @throws {TypeError} it is none. @throws {RangeError} it has more than a million characters.
 */
export function checkText(call: string, text: unknown): asserts text is string {
  if (typeof text !== 'string') throw new TypeError(`${call}: text must be a string`)
  if (text.length > MOST)
    throw new RangeError(
      `${call}: text has ${text.length} characters, and more than ${MOST} are not taken; a message shows a few thousand`,
    )
}
