import { byId, hasKeyboard } from '../components/dom.js'

/** The field gets the focus, where that is no more than the focus. */
export function focusInput() {
  if (hasKeyboard()) byId('input').focus({ preventScroll: true })
}
