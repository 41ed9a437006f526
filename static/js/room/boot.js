import { browserStorage, byId } from '../components/dom.js'

/** What the server wrote into the page for its scripts. */
export const boot = JSON.parse(byId('boot').textContent ?? '{}')
export const { texts, base, lang } = boot

export const storage = browserStorage()
/** Under which names the browser keeps what is written here. */
export const place = { storage, server: String(boot.server), room: boot.room.name }

/** @typedef {import('../models/timeline.js').User} User */

/** How a member is drawn. @param {Pick<User, 'name' | 'imageid'>} user */
export const face = ({ name, imageid }) => ({
  name,
  src: faceAt(imageid),
})

/**
 * The address of a face. Each is a picture of its own: cut from the sheet of the sign-in page, a view each, they
 * would be drawn anew with every frame of a flood.
 * @param {string} imageid
 */
export const faceAt = (imageid) => `${base}/static/images/${encodeURIComponent(imageid)}.jpg`

/** Where we are, as the server's paths go: without its base. */
export const here = () => location.pathname.slice(base.length) || '/'
