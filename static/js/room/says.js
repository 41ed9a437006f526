import { serverNow } from '../server-time.js'
import { texts } from './boot.js'
import { focusInput } from './focus.js'
import { limits } from './limits.js'
import { me } from './me.js'

/** Refusals after which the same edit would only be refused again. */
const FINAL = new Set(['too_late', 'no_such_message'])

/**
 * What I say: a new line, an answer, or the edit of a line.
 * @param {{outbox: import('../models/outbox.js').Outbox, edits: import('../models/edits.js').Edits, timeline: import('../models/timeline.js').Timeline,
 *   aim: ReturnType<typeof import('./target.js').target>, change: ReturnType<typeof import('./changes.js').changes>,
 *   marks: ReturnType<typeof import('./marks.js').readMarks>, may: ReturnType<typeof import('./may-write.js').mayWrite>,
 *   settings: ReturnType<typeof import('./settings.js').roomSettings>, list: import('../components/messages/list.js').MessageList,
 *   pinned: ReturnType<typeof import('./pins.js').pins>, order: ReturnType<typeof import('./typed-orders.js').typedOrders>, field: () => any, noteKept: () => void, toBottom: () => unknown,
 *   out: () => boolean}} room `out`: I am not in the room any more. `noteKept`: tells if the browser keeps nothing.
 */
export function says({
  outbox,
  edits,
  timeline,
  aim,
  change,
  marks,
  may,
  settings,
  list,
  pinned,
  order,
  field,
  noteKept,
  toBottom,
  out,
}) {
  return { send, sayHi, takeBack, takeUp, editLast, can }

  /** @param {string} text @param {readonly string[]} [more] The other parts of a long one: new lines, whatever waits. */
  function send(text, more = []) {
    const taken = aim.take()
    if (taken?.kind === 'edit') void edit(edits.add(taken, text))
    else sayOrObey(text, taken?.kind === 'reply' ? taken.item : undefined)
    for (const part of more) sayOrObey(part)
  }

  /** @param {string} text @param {import('../models/outbox.js').Reply} [answered] */
  function sayOrObey(text, answered) {
    if (!order(text, () => say(text))) say(text, answered)
  }

  /** @param {import('../models/edits.js').Edit} sent */
  async function edit(sent) {
    const { fault, code = '' } = await change.edit(sent.aim.item.seq, sent.text, sent.cid)
    if (fault) comesBack(sent, FINAL.has(code) ? 'anew' : 'edit', fault)
    else edits.done(sent)
  }

  /** @param {import('../models/edits.js').Edit} sent @param {'edit' | 'anew'} kind @param {string} note */
  function comesBack(sent, kind, note) {
    aim.refused({ ...sent.aim, kind }, sent.text)
    edits.done(sent)
    field().note = note
  }

  /** Edits that went out with a page before this one, which did not learn what became of them: none is lost, none made twice. */
  function takeUp() {
    for (const sent of edits.left()) {
      const { item, epoch } = sent.aim
      if (item.user.id === me.user.id && epoch === timeline.epoch) void edit(sent)
      else comesBack(sent, 'anew', texts.composer.returned)
    }
  }

  /** @param {string} text @param {import('../models/outbox.js').Reply} [answered] */
  function say(text, answered) {
    marks.answered()
    outbox.add(text, serverNow(), answered)
    may.wrote()
    noteKept()
    void toBottom()
  }

  /** @param {string} text */
  function sayHi(text) {
    send(text)
    focusInput()
  }

  /**
   * What was refused goes back to where it was written, unless something else is being written there.
   * @param {import('../models/outbox.js').Line} line
   */
  function takeBack({ data, fault, reply }) {
    if (field().text !== '' || !aim.idle || !may.open) return false
    aim.takeBack(data, { note: fault, reply })
    return true
  }

  /** The last thing I said is taken up again, as long as it may be; then the messages get the focus. */
  function editLast() {
    const item = timeline.lastOf(me.user.id)
    const { now, editMs } = can()
    if (item && (editMs === 0 || now - item.at < editMs)) aim.edit(item)
    else list.focusLast()
  }

  /** What I may do with a line, and until when. */
  function can() {
    const { edit_ms: editMs, recall_ms: recallMs } = limits
    const direct = settings.now.kind === 'direct'
    const { announce } = settings.now
    const gone = out()
    const archived = settings.now.archived || gone
    const writes = may.open && !gone
    const reacts = (writes || (announce && !archived)) && !may.silenced
    return {
      now: serverNow(),
      role: me.role,
      direct,
      writes,
      reacts,
      archived,
      out: gone,
      pinned: pinned.has,
      editMs,
      recallMs,
    }
  }
}
