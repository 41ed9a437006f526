import { byId } from '../components/dom.js'

const SHOWN_MS = 2500

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** Says something for a moment. @param {string} text */
export function toast(text) {
  clearTimeout(timer)
  const element = byId('toast')
  // An open dialog lies over the page, its shade too, and the page is inert meanwhile: only inside is it seen and heard.
  const place = document.querySelector('dialog[open]') ?? document.body
  if (element.parentElement !== place) place.append(element)
  element.hidden = false
  // A frame later: what is put in with its text already there is not read aloud.
  requestAnimationFrame(() => (element.textContent = text))
  timer = setTimeout(() => {
    element.hidden = true
    element.textContent = ''
  }, SHOWN_MS)
}
