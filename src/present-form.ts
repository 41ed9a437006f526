import type { NumberedEvent, Reaction } from './protocol.js'

/**
 * How much of a message is shown elsewhere, and how much may hang on it. A file that loads nothing: the
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

/** Have more people reacted to it than are named? Then a reader is told whether they are among them. */
export const isCrowded = ({ reactions }: NumberedEvent): boolean =>
  reactions?.some(isCrowd) ?? false

/** The same event for a reader who put these emoji on it. */
export function withMine(event: NumberedEvent, own: ReadonlySet<string>): NumberedEvent {
  if (!event.reactions || own.size === 0) return event
  const marked = (reaction: Reaction): Reaction =>
    isCrowd(reaction) && own.has(reaction.data) ? { ...reaction, mine: true } : reaction
  return { ...event, reactions: event.reactions.map(marked) }
}

const isCrowd = ({ users, count }: Reaction): boolean => count > users.length
