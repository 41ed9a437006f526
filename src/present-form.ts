/**
 * How much of a message is shown elsewhere, and how much may hang on it. A file without imports: the
 * database's thread needs it as well.
 */

/** Code points of an answered message that stand beside its answer, and of a pinned one in its pin. */
export const REPLY_CHARS = 120
export const PIN_CHARS = 80

/** Kinds of emoji on one message, and people of each who are named; of more than these only the number is told. */
export const REACTION_KINDS = 20
export const REACTION_USERS = 20

/** Messages that are pinned in a room at a time. */
export const PINS = 50

/** The first code points of a text. */
export function snippet(text: string, chars: number): string {
  if (text.length <= chars) return text
  return Array.from(text.slice(0, chars * 2))
    .slice(0, chars)
    .join('')
}
