import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { Drafts } from '../models/drafts.js'
import { plainText } from '../models/plain-text.js'
import { place, texts } from './boot.js'
import { me } from './me.js'

/**
 * @typedef {import('../models/drafts.js').Aim} Aim
 * @typedef {import('../models/drafts.js').Item} Item
 * @typedef {{note?: string | undefined, reply?: Item | undefined, line?: import('../models/outbox.js').Line | undefined}} How
 *   `note`: a sentence about it. `reply`: what it answers. `line`: as the outbox had it.
 */

/**
 * What the next line is meant for: to answer a message, or to stand in its place.
 * @param {{field: () => any, timeline: import('../models/timeline.js').Timeline, outbox: import('../models/outbox.js').Outbox}} room
 */
export function target({ field, timeline, outbox }) {
  const drafts = new Drafts(place)

  Alpine.store('target', { replying: false, editing: false, heading: '', text: '', cancel })
  const view = Alpine.store('target')
  check()

  return {
    drafts,
    reply,
    edit,
    refused,
    takeBack,
    cancel,
    take,
    /** How the room stands now is known: what was to be edited may be gone. */
    check,
    get idle() {
      return drafts.aim === undefined
    },
  }

  /** @param {Item} item */
  function reply(item) {
    leaveAsItWas()
    const aim = aimOf('reply', item, drafts.aim?.line)
    if (drafts.aim?.kind === 'edit') takeUp(aim, '')
    else drafts.mean(aim)
    show()
    field().focus()
  }

  /** @param {Item} item */
  function edit(item) {
    leaveAsItWas()
    drafts.write(field().text)
    if (!drafts.raise(item.seq)) drafts.take({ text: item.data, aim: aimOf('edit', item) })
    const text = drafts.text || item.data
    if (field().text !== text) return put(text)
    show()
    field().focus() // it is there
  }

  /** An edit was refused: it must not run into what was begun meanwhile, unless that is the same, and unchanged. @param {Aim} aim @param {string} text */
  function refused(aim, text) {
    drafts.write(field().text)
    const again = drafts.raise(aim.item.seq) && drafts.text === aim.item.data
    if (again) drafts.leave()
    drafts.take({ text, aim })
    put(text)
  }

  /** What was written before is there again: before what is being written now, which waits. @param {string} text @param {How} [how] */
  function takeBack(text, { note, reply: answered, line } = {}) {
    const aim = answered && aimOf('reply', answered, line)
    if (field().text.trim() !== '' || drafts.aim) {
      takeUp(aim ?? aimOf('anew', { seq: 0, user: me.user, data: text }, line), text)
    } else {
      drafts.mean(aim && { ...aim, line: undefined })
      put(text)
    }
    if (note) field().note = note
  }

  /** @returns {boolean} There was something to give up. */
  function cancel() {
    const aim = next(() => drafts.giveUp())
    if (aim?.line) outbox.putBack(aim.line)
    return aim !== undefined
  }

  /** What the line that is sent now is for. */
  function take() {
    return next(() => drafts.leave())
  }

  /** What waited stands in the field. @param {() => Aim | undefined} leave @returns {Aim | undefined} */
  function next(leave) {
    const waits = drafts.over
    const aim = leave()
    show()
    if (waits) field().put(drafts.text)
    return aim
  }

  /** An edit in which nothing has been changed need not wait. */
  function leaveAsItWas() {
    const { aim } = drafts
    if (aim?.kind === 'edit' && field().text === aim.item.data) cancel()
  }

  /** @param {Aim} aim @param {string} text */
  function takeUp(aim, text) {
    drafts.write(field().text)
    drafts.take({ text, aim })
    put(text)
  }

  /** @param {string} text */
  function put(text) {
    show()
    field().put(text)
    field().focus()
  }

  /** @param {Aim['kind']} kind @param {Item} item @param {Aim['line']} [line] @returns {Aim} */
  function aimOf(kind, { seq, user: { id, name }, data }, line) {
    return { kind, item: { seq, user: { id, name }, data }, epoch: timeline.epoch, line }
  }

  function check() {
    drafts.check(isThere)
    show()
  }

  /** As far as the page knows; else the server does. @param {Aim} aim */
  function isThere({ kind, item: { seq, user }, epoch }) {
    if (kind === 'edit' && user.id !== me.user.id) return false
    if (timeline.epoch === undefined) return true
    if ((epoch ?? timeline.epoch) !== timeline.epoch || seq > timeline.seq) return false
    return kind !== 'edit' || timeline.bySeq(seq)?.recalled !== true
  }

  function show() {
    const { kind, item } = drafts.aim ?? {}
    const { replying, editing, anew } = texts.composer
    view.replying = kind === 'reply'
    view.editing = kind === 'edit'
    view.heading = kind
      ? fill({ reply: replying, edit: editing, anew }[kind], { name: item?.user.name ?? '' })
      : ''
    view.text = plainText(item?.data ?? '')
  }
}
