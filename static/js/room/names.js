import { me } from './me.js'
import { EVERYBODY } from './suggestions.js'

/**
 * Who is meant by an id, and by which names.
 * @param {{presence: import('../models/presence.js').Presence, timeline: import('../models/timeline.js').Timeline,
 *   aliasesOf: (id: number) => readonly string[]}} room
 */
export function names({ presence, timeline, aliasesOf }) {
  return { pressed, nameOf, calledBy }

  /** Who was pressed: who left before this page came is known by how they are called. @param {HTMLElement} anchor @param {number} id */
  function pressed({ textContent }, id) {
    const kind = /** @type {const} */ ('person')
    return who(id) ?? { id, name: textContent?.slice(1) ?? '', imageid: '0', kind }
  }

  /** @param {number} id */
  function who(id) {
    return id === me.user.id ? me.user : (presence.byId(id) ?? timeline.lastOf(id)?.user)
  }

  /** @param {number} id */
  function nameOf(id) {
    return who(id)?.name
  }

  /** Whom a message calls, by all the names they have here. @param {import('../models/timeline.js').Item} item */
  function calledBy({ mentions = [], all }) {
    const called = mentions.map((id) => ({ id, names: [nameOf(id) ?? '', ...aliasesOf(id)] }))
    return all ? [...called, { id: /** @type {const} */ ('all'), names: EVERYBODY }] : called
  }
}
