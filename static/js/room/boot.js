import { browserStorage, byId } from '../components/dom.js'

/** What the server wrote into the page for its scripts. */
export const boot = JSON.parse(byId('boot').textContent ?? '{}')
export const { texts, base, lang } = boot
/** Where all faces are together. */
export const sheet = byId('boot').dataset.faces ?? ''

/** The line that the page began with. @type {import('../early.js').Early | undefined} */
export const { early } = window

export const storage = browserStorage()
/** Under which names the browser keeps what is written here. */
export const place = { storage, server: String(boot.server), room: boot.room.name }

/** What a room is about: what the server says of one by itself, it says in the language of the page. @template {{topic: string}} T @param {T} room @returns {T} */
export const topical = (room) =>
  Object.hasOwn(boot.topics, room.topic) ? { ...room, topic: boot.topics[room.topic] } : room

/** Where a room is, or one of its lines. @param {string} room @param {string} [seq] */
export const addressOf = (room, seq) =>
  `${base}${room === 'lobby' ? '/' : `/r/${encodeURIComponent(room)}`}${seq ? `#m${seq}` : ''}`

/** Where we are, as the server's paths go: without its base. */
export const here = () => location.pathname.slice(base.length) || '/'
