import { byId } from '../components/dom.js'

const SHOWN_MS = 2500

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** Says something for a moment. @param {string} text */
export function toast(text) {
  clearTimeout(timer)
  const element = byId('toast')
  element.textContent = text
  element.hidden = false
  timer = setTimeout(() => (element.hidden = true), SHOWN_MS)
}
