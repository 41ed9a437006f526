import { Alpine } from '@alpinejs/csp'
import { boot, face, texts } from './boot.js'
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
    /** @type {{id: number, name: string, src: string}[]} */
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
  }

  /** @param {Event} event @param {boolean} on */
  async function answer({ currentTarget }, on) {
    const user = Number(currentTarget instanceof HTMLElement ? currentTarget.dataset.id : 0)
    const refusal = await connection
      .request({ type: 'approve', room: boot.room.name, user, on })
      .then(
        () => '',
        (nack) => nack.data ?? texts.bar.noLine,
      )
    if (refusal) return toast(refusal)
    waiting.delete(user)
    show()
  }

  function show() {
    view.list = [...waiting.values()].map((user) => ({ id: user.id, ...face(user) }))
    view.any = view.list.length > 0
  }
}
