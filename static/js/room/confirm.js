import { byId } from '../components/dom.js'

/**
 * Asks before something that is hard to undo.
 * @param {string} sentence What will happen. @param {string} yes The word on the button that does it.
 * @returns {Promise<boolean>}
 */
export function confirm(sentence, yes) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('confirm'))
  byId('confirm-sentence').textContent = sentence
  byId('confirm-yes').textContent = yes
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }),
  )
}
