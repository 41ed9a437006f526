import type { CardChoice, NumberedEvent, Reaction } from './protocol.js'

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

/** Have more people reacted to it, or answered, than are named? Then a reader is told whether they are among them. */
export const isCrowded = ({ reactions, card }: NumberedEvent): boolean =>
  (reactions?.some(isCrowd) ?? false) || (card?.choices.some(isCrowd) ?? false)

/** What somebody put on a message: emoji, and choices of its card. */
export interface OwnMarks {
  emoji: ReadonlySet<string>
  choices: ReadonlySet<string>
}

/** The same event for a reader who put these on it. */
export function withMine(event: NumberedEvent, { emoji, choices }: OwnMarks): NumberedEvent {
  const { reactions, card } = event
  const reacted = (one: Reaction): Reaction =>
    isCrowd(one) && emoji.has(one.data) ? { ...one, mine: true } : one
  const chosen = (one: CardChoice): CardChoice =>
    isCrowd(one) && choices.has(one.id) ? { ...one, mine: true } : one
  return {
    ...event,
    ...(reactions && { reactions: reactions.map(reacted) }),
    ...(card && { card: { ...card, choices: card.choices.map(chosen) } }),
  }
}

const isCrowd = ({ users, count }: { users: readonly number[]; count: number }): boolean =>
  count > users.length
