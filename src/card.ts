import type { Card, CardChoice, EventExtra } from './protocol.js'

/**
 * What answers make of a card. The one place that knows: the database's thread and the test kit's stage ask it.
 * A file that loads nothing.
 */

/** People of each choice who are named; of more than these only the number is told. */
export const CHOICE_USERS = 20

/** Why an answer does not count. `unchanged`: it was given before. */
export type AnswerRefusal = 'unchanged' | 'closed' | 'expired' | 'no_such_choice'

/** An answer of somebody, and what stood before it. */
export interface Answering {
  userId: number
  chosen: readonly string[]
  /** What they had chosen. */
  before: readonly string[]
  /** Of a form, as JSON: what they have written, and had before. */
  form?: string
  formBefore?: string
  now: number
  /** The first who chose something, without the one who answers, in the order of their coming. */
  others: (choice: string) => readonly number[]
}

/** The card with an answer more. */
export function withAnswer(card: Card | null | undefined, answer: Answering): Card | AnswerRefusal {
  const { userId, chosen, before, now, form, formBefore } = answer
  if (!card || card.closed) return 'closed'
  if (card.until !== undefined && now >= card.until) return 'expired'
  const known = chosen.every((id) => card.choices.some((choice) => choice.id === id))
  if (!known || (!card.many && chosen.length !== 1)) return 'no_such_choice'
  if ((card.fields === undefined) !== (form === undefined)) return 'no_such_choice'
  if (isSame(chosen, before) && form === formBefore) return 'unchanged'

  const counted = (choice: CardChoice): CardChoice => {
    const { id, label, count } = choice
    const on = chosen.includes(id)
    if (on === before.includes(id)) return choice
    const users = answer.others(id).slice(0, CHOICE_USERS)
    if (on && users.length < CHOICE_USERS) users.push(userId)
    return { id, label, users, count: count + (on ? 1 : -1) }
  }
  const people = card.people + Number(chosen.length > 0) - Number(before.length > 0)
  const over = card.once === 'first' ? { closed: true as const } : {}
  return { ...card, choices: card.choices.map(counted), people, ...over }
}

/** The card after an edit of its message: gone, closed, or the same object. */
export function cardAfter(
  card: Card | null | undefined,
  edit: Pick<EventExtra, 'card' | 'closed'>,
): Card | null | undefined {
  if (edit.card === null) return undefined
  return card && edit.closed && !card.closed ? { ...card, closed: true } : card
}

/** The card after an answer, as its event tells it. */
export const afterTally = (
  card: Card,
  { tally = [], people = 0, closed }: Pick<EventExtra, 'tally' | 'people' | 'closed'>,
): Card => ({
  ...card,
  choices: card.choices.map(({ id, label }) => ({
    label,
    ...(tally.find((counted) => counted.id === id) ?? { id, users: [], count: 0 }),
  })),
  people,
  ...(closed && { closed }),
})

/** Its numbers without its words: what the event of an answer tells. */
export const tallyOf = ({ choices, people, closed }: Card) => ({
  tally: choices.map(({ id, users, count }) => ({ id, users, count })),
  people,
  ...(closed && { closed }),
})

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id))
