import { byId } from '../components/dom.js'

/** The field gets the focus where there is a keyboard, most likely; a phone would open its own over the messages. */
export function focusInput() {
  if (matchMedia('(hover: hover)').matches) byId('input').focus({ preventScroll: true })
}
