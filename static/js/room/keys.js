import { composing } from '../components/dom.js'
import { dialogIsOpen, openKeys } from './dialogs.js'
import { closeDrawer } from './drawers.js'
import { focusInput } from './focus.js'

/** Keys of the page, wherever the focus is. @param {{openPalette: () => void}} room */
export function pageKeys({ openPalette }) {
  /** @param {KeyboardEvent} event */
  return function onKey(event) {
    if (composing(event)) return
    if (event.key === 'Escape' && !dialogIsOpen()) closeDrawer()
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault()
      openPalette()
    }
    if (event.defaultPrevented || elsewhere(event.target)) return
    if (event.key === '?') openKeys()
    else if (writes(event)) focusInput() // before the letter falls: it goes where it belongs
  }
}

/** A key there is not for the page. @param {EventTarget | null} target */
function elsewhere(target) {
  const own = 'input, textarea, select, dialog, [role=menu], [role=listbox]'
  return dialogIsOpen() || (target instanceof HTMLElement && target.closest(own) !== null)
}

/** A key that is a letter; the space bar presses buttons. @param {KeyboardEvent} event */
function writes({ key, ctrlKey, metaKey, altKey }) {
  return /^\S$/u.test(key) && !ctrlKey && !metaKey && !altKey
}
