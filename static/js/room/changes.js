import { boot, texts } from './boot.js'
import { toast } from './toast.js'

/** Texts of own lines that were recalled here may be edited anew as long as the page is open; so many are kept. */
const KEPT = 20

/** @typedef {{code: string, data: string}} Refusal Without a code the line went. */

/**
 * What is done to messages that everybody has: edited, recalled, reacted to, pinned.
 * @param {{connection: import('../socket.js').Connection, field: () => any, show: () => void}} room
 */
export function changes({ connection, field, show }) {
  /** @type {Map<number, string>} */
  const recalled = new Map()

  return {
    edit,
    recall,
    takeAway,
    react,
    answer,
    fill,
    pin,
    /** Whether the text of an own recalled line is at hand. @param {number} seq */
    kept: (seq) => recalled.has(seq),
    /** Puts it back into the field. @param {number} seq */
    again: (seq) => field().takeBack(recalled.get(seq) ?? ''),
  }

  /** @param {number} message @param {string} data @returns {Promise<Refusal | undefined>} Why it was refused. */
  function edit(message, data) {
    return refusalOf({ type: 'edit', message, data })
  }

  /** @param {import('../models/timeline.js').Item} item @param {boolean} own */
  async function recall({ seq, data }, own) {
    if (own) recalled.set(seq, data)
    if (recalled.size > KEPT) recalled.delete(recalled.keys().next().value ?? 0)
    const refusal = await ask({ type: 'recall', message: seq })
    if (refusal) recalled.delete(seq)
    if (refusal) toast(refusal)
    show()
  }

  /** What somebody else said, as a moderator does. @param {number} message */
  async function takeAway(message) {
    toast((await ask({ type: 'recall', message })) || texts.message.taken)
  }

  /** @param {number} message @param {string} data One emoji. @param {boolean} on */
  async function react(message, data, on) {
    const refusal = await ask({ type: 'react', message, data, on })
    if (refusal) toast(refusal)
  }

  /** @param {number} message @param {readonly string[]} choices Ids. */
  async function answer(message, choices) {
    const refusal = await ask({ type: 'answer', message, choices })
    if (refusal) toast(refusal)
  }

  /**
   * What I wrote into the form of a message.
   * @param {number} message @param {Record<string, string | number>} form
   * @returns {Promise<Record<string, string> | undefined>} What does not hold, by id of the field.
   */
  async function fill(message, form) {
    const frame = { type: 'answer', room: boot.room.name, message, form }
    const refused = await connection.request(frame).then(
      () => undefined,
      (nack) => nack,
    )
    toast(refused ? (refused.data ?? texts.bar.noLine) : texts.card.sent)
    return refused?.fields
  }

  /** @param {number} message @param {boolean} on */
  async function pin(message, on) {
    const refusal = await ask({ type: 'pin', message, on })
    toast(refusal || texts.message[on ? 'pinned' : 'unpinned'])
  }

  /** @param {{type: string} & Record<string, unknown>} frame @returns {Promise<string>} Why it was refused; '' if it was not. */
  async function ask(frame) {
    const refusal = await refusalOf(frame)
    return refusal?.data ?? ''
  }

  /** @param {{type: string} & Record<string, unknown>} frame @returns {Promise<Refusal | undefined>} */
  async function refusalOf(frame) {
    try {
      await connection.request({ room: boot.room.name, ...frame })
      return undefined
    } catch (nack) {
      const { code = '', data = texts.bar.noLine } = /** @type {Partial<Refusal>} */ (nack)
      return { code, data }
    }
  }
}
