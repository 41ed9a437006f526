import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { whoIn } from '../components/messages/reactions.js'
import { texts } from './boot.js'
import { shows } from './waking.js'

/**
 * Who put which emoji on a message: a finger points at nothing, and a list can be read out.
 * @param {{nameOf: (id: number) => string | undefined}} room
 */
export function reacted({ nameOf }) {
  Alpine.store('reacted', {
    /** @type {{emoji: string, count: string, names: string}[]} */
    list: [],
  })
  const view = Alpine.store('reacted')

  /** @param {import('../models/timeline.js').Item} item @param {string} [first] The emoji that was asked about. */
  return function open({ reactions = [] }, first) {
    const wanted = reactions.filter(({ data }) => data === first)
    const others = reactions.filter(({ data }) => data !== first)
    view.list = [...wanted, ...others].map((one) => ({
      emoji: one.data,
      count: String(one.count),
      names: whoIn(one, { nameOf, words: texts.message }),
    }))
    const dialog = /** @type {HTMLDialogElement} */ (byId('reacted'))
    shows(dialog)
  }
}
