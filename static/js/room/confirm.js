import { byId } from '../components/dom.js'
import { shows } from './waking.js'

/**
 * Asks before something that is hard to undo.
 * @param {string} sentence What will happen. @param {string} yes The word on the button that does it.
 * @param {string} [quote] The message that it happens to.
 * @returns {Promise<boolean>}
 */
export function confirm(sentence, yes, quote) {
  byId('confirm-times').hidden = true
  return ask(sentence, yes, quote)
}

/** How long a ban may be, as the dialog lists it, in milliseconds; 0: for good. */
const TIMES = [3_600_000, 86_400_000, 604_800_000, 0]

/**
 * The same, with how long it is to hold.
 * @param {string} sentence @param {string} yes @returns {Promise<number | undefined>} Milliseconds, 0 for good; undefined: no.
 */
export async function confirmTime(sentence, yes) {
  byId('confirm-times').hidden = false
  const time = /** @type {HTMLSelectElement} */ (byId('confirm-time'))
  time.selectedIndex = TIMES.length - 1
  return (await ask(sentence, yes)) ? TIMES[time.selectedIndex] : undefined
}

/** @param {string} sentence @param {string} yes @param {string} [quote] @returns {Promise<boolean>} */
function ask(sentence, yes, quote = '') {
  const dialog = /** @type {HTMLDialogElement} */ (byId('confirm'))
  byId('confirm-sentence').textContent = sentence
  byId('confirm-yes').textContent = yes
  const quoted = byId('confirm-quote')
  quoted.textContent = quote
  quoted.hidden = quote === ''
  dialog.returnValue = ''
  shows(dialog)
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }),
  )
}
