import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { textNodes } from '../components/links.js'
import { shows } from './waking.js'

/** What the room is about, whole, with links to follow: the line in its head has no room for it. */
Alpine.store('topic', { open: () => openTopic(Alpine.store('settings').topic) })

/** @param {string} text */
export function openTopic(text) {
  byId('topic-text').replaceChildren(...textNodes(text))
  const dialog = /** @type {HTMLDialogElement} */ (byId('topic'))
  shows(dialog)
}
