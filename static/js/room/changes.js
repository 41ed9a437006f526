import { askHere } from './ask.js'
import { texts } from './boot.js'
import { toast } from './toast.js'

/** Texts of own lines that were recalled here may be edited anew as long as the page is open; so many are kept. */
const KEPT = 20

/**
 * What is done to messages that everybody has: edited, recalled, reacted to, pinned.
 * @param {{connection: import('../socket.js').Connection, takeBack: (text: string) => void, show: () => void}} room
 */
export function changes({ connection, takeBack, show }) {
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
    again: (seq) => takeBack(recalled.get(seq) ?? ''),
  }

  /** @param {number} message @param {string} data @param {string} cid @returns {Promise<{fault?: string, code?: string}>} Why it was refused, if it was. */
  function edit(message, data, cid) {
    return askHere(connection, { type: 'edit', message, data, cid })
  }

  /** @param {import('../models/timeline.js').Item} item @param {boolean} own */
  async function recall({ seq, data }, own) {
    if (own) recalled.set(seq, data)
    if (recalled.size > KEPT) recalled.delete(recalled.keys().next().value ?? 0)
    const { fault } = await askHere(connection, { type: 'recall', message: seq })
    if (fault) {
      recalled.delete(seq)
      toast(fault)
    }
    show()
  }

  /** What somebody else said, as a moderator does. @param {number} message */
  async function takeAway(message) {
    const { fault } = await askHere(connection, { type: 'recall', message })
    toast(fault ?? texts.message.taken)
  }

  /** @param {number} message @param {string} data One emoji. @param {boolean} on */
  async function react(message, data, on) {
    const { fault } = await askHere(connection, { type: 'react', message, data, on })
    if (fault) toast(fault)
  }

  /** @param {number} message @param {readonly string[]} choices Ids. */
  async function answer(message, choices) {
    const { fault } = await askHere(connection, { type: 'answer', message, choices })
    if (fault) toast(fault)
  }

  /**
   * What I wrote into the form of a message.
   * @param {number} message @param {Record<string, string | number>} form
   * @returns {Promise<Record<string, string> | undefined>} What does not hold, by id of the field.
   */
  async function fill(message, form) {
    const { fault, fields } = await askHere(connection, { type: 'answer', message, form })
    toast(fault ?? texts.card.sent)
    return fields
  }

  /** @param {number} message @param {boolean} on */
  async function pin(message, on) {
    const { fault } = await askHere(connection, { type: 'pin', message, on })
    toast(fault ?? texts.message[on ? 'pinned' : 'unpinned'])
  }
}
