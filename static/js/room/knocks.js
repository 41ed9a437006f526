import { Alpine } from '../alpine.js'
import { fill, isolate } from '../models/words.js'
import { askHere } from './ask.js'
import { texts } from './boot.js'
import { face } from './faces.js'
import { toast } from './toast.js'

/** @typedef {import('../models/timeline.js').User} User */

/**
 * Newcomers who wait for a moderator, above the members.
 * @param {{connection: import('../socket.js').Connection}} room
 */
export function knocks({ connection }) {
  /** @type {Map<number, User>} */
  let waiting = new Map()

  Alpine.store('knocks', {
    any: false,
    /** How many, on the button of the members; '' for none. */
    count: '',
    /** Over the talk: the first of them, and how many more there are. */
    first: { id: 0, face: '', asks: '' },
    more: '',
    label: texts.people.show,
    /** @type {{id: number, name: string, face: string}[]} */
    list: [],
    /** @param {Event} event */
    letIn: (event) => void answer(event, true),
    /** @param {Event} event */
    turnAway: (event) => void answer(event, false),
  })
  const view = Alpine.store('knocks')

  return {
    /** @param {User[]} users As `joined` tells a moderator. */
    joined(users) {
      waiting = new Map(users.map((user) => [user.id, user]))
      show()
    },
    /** @param {User} user */
    heard(user) {
      waiting.set(user.id, user)
      show()
    },
    answered,
  }

  /** Another moderator was faster, or I was. @param {number} user */
  function answered(user) {
    waiting.delete(user)
    show()
  }

  /** @param {Event} event @param {boolean} on */
  async function answer({ currentTarget }, on) {
    const user = Number(currentTarget instanceof HTMLElement ? currentTarget.dataset.id : 0)
    const { fault } = await askHere(connection, { type: 'approve', user, on })
    if (fault) return toast(fault)
    answered(user)
  }

  function show() {
    view.list = [...waiting.values()].map((user) => ({ id: user.id, ...face(user) }))
    const [first] = view.list
    const count = view.list.length
    view.any = count > 0
    view.count = count > 0 ? String(count) : ''
    view.label = count > 0 ? fill(texts.knocks.show, { n: count }) : texts.people.show
    view.more = count > 1 ? fill(texts.knocks.more, { n: count - 1 }) : ''
    if (first)
      view.first = { ...first, asks: fill(texts.knocks.asks, { name: isolate(first.name) }) }
  }
}
