import { Alpine } from '../alpine.js'
import { hasKeyboard } from '../components/dom.js'
import { storage } from './boot.js'

const KEY = 'chat-room/tip/press'

/** Told once, where fingers are all there is: messages have a menu, and nothing on them shows it. */
Alpine.store('tip', { shown: false, done })
const view = Alpine.store('tip')

let wanted = !hasKeyboard() && storage?.getItem(KEY) !== 'known'

export const tip = {
  /** There are messages to try it on. */
  offer() {
    if (wanted && !view.shown) view.shown = true
  },
  done,
}

/** It is read, or was found without. */
function done() {
  if (!wanted) return
  wanted = false
  view.shown = false
  try {
    storage?.setItem(KEY, 'known')
  } catch {
    // The browser keeps nothing: the next page tells it again.
  }
}
