/**
 * @typedef {{id: number, name: string, imageid: string, kind: 'person' | 'bot', role?: string | undefined}} User
 * @typedef {{data: string, users: number[], count: number, mine?: true | undefined}} Reaction
 * @typedef {{id: string, label: string, users: number[], count: number, mine?: true | undefined}} Choice
 * @typedef {{id: string, label: string, type: 'text' | 'number' | 'choice', optional?: true | undefined, max?: number | undefined,
 *   min?: number | undefined, whole?: true | undefined, options?: {id: string, label: string}[] | undefined}} Field
 * @typedef {{choices: Choice[], fields?: Field[] | undefined, many?: true | undefined, once: 'everybody' | 'first', until?: number | undefined,
 *   closed?: true | undefined, people: number}} Card
 * @typedef {{seq: number, user: User, data: string, recalled?: true | undefined}} Reply
 * @typedef {{type: string, seq: number, at: number, user: User, data: string} & Partial<Extra>} Item A numbered event.
 * @typedef {{cid: string | undefined, message: number | undefined, on: boolean | undefined, users: number[] | undefined,
 *   count: number | undefined, mentions: number[] | undefined, all: true | undefined, reply_to: number | undefined,
 *   reply: Reply | undefined, edited: number | undefined, recalled: true | undefined, recalled_by: number | undefined,
 *   reactions: Reaction[] | undefined, card: Card | null | undefined, choices: string[] | undefined,
 *   tally: Omit<Choice, 'label'>[] | undefined, people: number | undefined, closed: true | undefined}} Extra
 * @typedef {{items: readonly Item[], pins: readonly number[], topic: string}} View What a client knows of a room: its timeline,
 *   the numbers of its pinned messages (newest pin first), its topic.
 */

/** Code points of an answered message that stand beside its answer, and of a pinned one in its pin. */
const REPLY_CHARS = 120
const PIN_CHARS = 80

/** Kinds that stand in the timeline themselves; the others change what stands there. */
export const SHOWN = new Set(['chat', 'notice', 'topic', 'pin'])
const CHANGING = new Set(['edit', 'recall', 'react', 'answer'])

/**
 * Brings a room's view up to the next numbered event. This is the one place that knows what `edit`, `recall`, `react`,
 * `answer`, `pin` and `topic` do: a snapshot, and every event after it applied in order, is what a new snapshot would be.
 * @param {View} view @param {Item} event The next one by number.
 * @param {number} me Own id: where many have reacted, it tells whether I am one of them.
 * @returns {View} Another one; nothing is changed in place, and items that stay the same are the same objects.
 */
export function apply(view, event, me) {
  const items = CHANGING.has(event.type)
    ? view.items.map((item) => after(item, event, me))
    : view.items
  return {
    items: SHOWN.has(event.type) ? [...items, event] : items,
    pins: pinsAfter(view.pins, event),
    topic: event.type === 'topic' ? event.data : view.topic,
  }
}

/**
 * What a later event makes of an item.
 * @param {Item} item @param {Item} event @param {number} me
 * @returns {Item} The same object where nothing changes.
 */
export function after(item, event, me) {
  switch (event.type) {
    case 'edit':
    case 'recall':
      if (item.seq === event.message) return retold(item, event)
      if (item.type === 'pin' && item.message === event.message)
        return { ...item, data: snippet(event.data, PIN_CHARS) }
      return answerAfter(item, event)
    case 'react':
      return item.seq === event.message ? reacted(item, event, me) : item
    case 'answer':
      return item.seq === event.message ? answered(item, event, me) : item
    default:
      return item
  }
}

/** @param {readonly number[]} pins @param {Item} event */
function pinsAfter(pins, { type, message = 0, on }) {
  if (type !== 'pin' && type !== 'recall') return pins
  const others = pins.filter((pin) => pin !== message)
  return on ? [message, ...others] : others
}

/** @param {Item} item @param {Item} event */
function retold(item, event) {
  if (item.type !== 'chat' || item.recalled) return item
  const { mentions: _ids, all: _all, edited: _at, card: before, ...rest } = item
  if (event.type === 'edit') {
    const { data, at, mentions, all } = event
    const card = cardAfter(before, event)
    const called = { ...(mentions && { mentions }), ...(all && { all }) }
    return { ...rest, data, edited: at, ...called, ...(card && { card }) }
  }
  const { reactions: _reactions, ...bare } = rest
  const by = event.user.id !== item.user.id && { recalled_by: event.user.id }
  return { ...bare, data: '', recalled: /** @type {const} */ (true), ...by }
}

/** An answer shows the beginning of what it answers. @param {Item} item @param {Item} event */
function answerAfter(item, { type, message, data }) {
  const { reply } = item
  if (reply?.seq !== message || !reply || reply.recalled) return item
  if (type === 'recall')
    return { ...item, reply: { ...reply, data: '', recalled: /** @type {const} */ (true) } }
  return { ...item, reply: { ...reply, data: snippet(data, REPLY_CHARS) } }
}

/** @param {Item} item @param {Item} event @param {number} me */
function reacted(item, { data, users = [], count = 0, user, on }, me) {
  if (item.type !== 'chat' || item.recalled) return item
  const { reactions = [], ...rest } = item
  const before = reactions.find((reaction) => reaction.data === data)
  const kind = { data, users, count }
  const mine = user.id === me ? on : before?.mine || before?.users.includes(me)
  const known = mine && count > users.length ? { ...kind, mine: /** @type {const} */ (true) } : kind

  const next = before
    ? reactions.map((reaction) => (reaction === before ? known : reaction))
    : [...reactions, known]
  const left = next.filter((reaction) => reaction.count > 0)
  return left.length > 0 ? { ...rest, reactions: left } : rest
}

/** An edit may close a card or take it away. @param {Card | null | undefined} card @param {Item} event */
function cardAfter(card, event) {
  if (event.card === null) return undefined
  return card && event.closed ? { ...card, closed: /** @type {const} */ (true) } : card
}

/** @param {Item} item @param {Item} event @param {number} me */
function answered(item, { tally = [], choices: chosen = [], people = 0, closed, user }, me) {
  const { card } = item
  if (!card || item.recalled) return item
  const choices = card.choices.map((before) => {
    const { users = [], count = 0 } = tally.find(({ id }) => id === before.id) ?? {}
    const { id, label } = before
    const kind = { id, label, users, count }
    const mine = user.id === me ? chosen.includes(id) : before.mine || before.users.includes(me)
    return mine && count > users.length ? { ...kind, mine: /** @type {const} */ (true) } : kind
  })
  return { ...item, card: { ...card, choices, people, ...(closed && { closed }) } }
}

/** The first code points of a text. @param {string} text @param {number} chars */
const snippet = (text, chars) =>
  Array.from(text.slice(0, chars * 2))
    .slice(0, chars)
    .join('')
