import { byId, el } from '../components/dom.js'

const SHOWN_MS = 2500
/** What can be pressed stays longer. */
const PRESSED_MS = 8000

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** Says something for a moment. @param {string} text @param {() => void} [press] What a press on it does. */
export function toast(text, press) {
  clearTimeout(timer)
  const element = byId('toast')
  // An open dialog lies over the page, its shade too, and the page is inert meanwhile: only inside is it seen and heard.
  const place = document.querySelector('dialog[open]') ?? document.body
  if (element.parentElement !== place) place.append(element)
  element.hidden = false
  // A frame later: what is put in with its text already there is not read aloud.
  requestAnimationFrame(() => element.replaceChildren(press ? button(text, press) : text))
  timer = setTimeout(hide, press ? PRESSED_MS : SHOWN_MS)
}

function hide() {
  const element = byId('toast')
  element.hidden = true
  element.textContent = ''
}

/** @param {string} text @param {() => void} press */
function button(text, press) {
  const made = el('button', { type: 'button', class: 'toast__button' }, text)
  made.addEventListener('click', () => {
    hide()
    press()
  })
  return made
}
