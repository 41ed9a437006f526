import { Alpine } from '../alpine.js'
import { boot, texts } from './boot.js'
import { face } from './faces.js'

/** @typedef {import('../models/timeline.js').User} User */

Alpine.store('me', {
  ...face(boot.user),
  online: false,

  get state() {
    return this.online ? texts.me.online : texts.me.offline
  },
  get stateClass() {
    return { 'is-online': this.online }
  },
})
const view = Alpine.store('me')

/** Who looks at this page. */
export const me = {
  /** @type {User} */
  user: boot.user,
  /** My role in this room. @type {string | undefined} */
  role: undefined,

  /** @param {User | undefined} user */
  is: (user) => user?.id === me.user.id,

  /** I have another name, face or role. @param {User} user */
  become(user) {
    me.user = user
    Object.assign(view, face(user))
  },

  /** @param {boolean} online */
  connected(online) {
    view.online = online
  },
}
