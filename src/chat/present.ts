import { afterTally, cardAfter } from '../card.js'
import { PIN_CHARS, REPLY_CHARS, snippet } from '../present-form.js'
import type { NumberedEvent, Reaction } from '../protocol.js'

/**
 * What a later event makes of an earlier one: the earlier one as it reads from then on, or the same object where
 * nothing changes. The store does the same to what it keeps, and `static/js/models/apply.js` to what a page shows.
 */
export function after(item: NumberedEvent, event: NumberedEvent): NumberedEvent {
  switch (event.type) {
    case 'edit':
    case 'recall':
      if (item.seq === event.message) return retold(item, event)
      return item.message === event.message ? pointerAfter(item, event) : answerAfter(item, event)
    case 'react':
      return item.seq === event.message && item.type === 'chat' ? reacted(item, event) : item
    case 'answer':
      return item.seq === event.message ? answered(item, event) : item
    default:
      return item
  }
}

function retold(item: NumberedEvent, event: NumberedEvent): NumberedEvent {
  if (item.type !== 'chat' || item.recalled) return item
  return event.type === 'recall' ? recalled(item, event) : edited(item, event)
}

function edited(item: NumberedEvent, event: NumberedEvent): NumberedEvent {
  const { data, at, mentions, all } = event
  const { mentions: _ids, all: _all, card: before, ...rest } = item
  const called = { ...(mentions && { mentions }), ...(all && { all }) }
  const card = cardAfter(before, event)
  return { ...rest, data, ...called, ...(card && { card }), edited: at }
}

function recalled(item: NumberedEvent, { user }: NumberedEvent): NumberedEvent {
  const { mentions: _ids, all: _all, edited: _at, ...left } = item
  const { reactions: _reactions, card: _card, ...rest } = left
  const by = user.id === item.user.id ? {} : { recalled_by: user.id }
  return { ...rest, data: '', recalled: true, ...by }
}

/** An earlier edit or answer of the same message loses what it said with it; a pin shows how the message begins. */
function pointerAfter(item: NumberedEvent, { type, data }: NumberedEvent): NumberedEvent {
  if (item.type === 'pin') {
    return { ...item, data: type === 'recall' ? '' : snippet(data, PIN_CHARS) }
  }
  const told = item.type === 'edit' || item.type === 'answer'
  if (!told || type !== 'recall') return item
  const { mentions: _ids, all: _all, card: _card, closed: _closed, ...left } = item
  const { choices: _choices, tally: _tally, people: _people, ...rest } = left
  return { ...rest, data: '' }
}

/** An answer shows the beginning of what it answers. */
function answerAfter(item: NumberedEvent, { type, message, data }: NumberedEvent): NumberedEvent {
  const { reply } = item
  if (!reply || reply.seq !== message || reply.recalled) return item
  if (type === 'recall') return { ...item, reply: { ...reply, data: '', recalled: true } }
  return { ...item, reply: { ...reply, data: snippet(data, REPLY_CHARS) } }
}

/** The event tells how the card stands. */
function answered(item: NumberedEvent, event: NumberedEvent): NumberedEvent {
  return item.card && !item.recalled ? { ...item, card: afterTally(item.card, event) } : item
}

/** A kind stays where it came to be, and goes with its last one. The event tells how it stands. */
function reacted(item: NumberedEvent, { data, users = [], count = 0 }: NumberedEvent) {
  if (item.recalled) return item
  const { reactions = [], ...rest } = item
  const kind: Reaction = { data, users, count }
  const place = reactions.findIndex((reaction) => reaction.data === data)
  if (count > 0) {
    return { ...rest, reactions: place < 0 ? [...reactions, kind] : reactions.with(place, kind) }
  }
  const left = reactions.filter((reaction) => reaction.data !== data)
  return left.length > 0 ? { ...rest, reactions: left } : rest
}
