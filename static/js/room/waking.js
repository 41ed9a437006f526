import { Alpine } from '../alpine.js'
import { keepForm } from '../components/dom.js'
import { layer } from '../components/layers.js'

/**
 * The page comes to life piece by piece, so that a slow phone answers to fingers and to its line in between: where one
 * writes and whose card it is, the talk with Alpine.start(), then the rooms and the people, and the dialogs once the line
 * is open (or cannot be).
 */
/** Without which nobody can begin. */
const FIRST = '#composer, #own'
const SIDES = '#side, #people'
const DIALOGS = 'dialog'

/** @type {WeakSet<Element>} */
const awake = new WeakSet()
Alpine.interceptInit((element, skip) => {
  const sleeps = element.matches(`${SIDES}, ${DIALOGS}`) && !awake.has(element)
  if (sleeps || element instanceof SVGElement) skip()
})

/**
 * All but what waits for the line.
 * @param {import('../socket.js').Connection} connection
 */
export async function comeToLife(connection) {
  await breath()
  for (const element of document.querySelectorAll(FIRST)) Alpine.initTree(element)
  await breath()
  connection.open()
  await connection.caughtUp // so that the page is drawn once, with what it knows by now
  Alpine.start()
  wakeSides()
}

/** A task's end, after what came over the line while a script was at work: it is heard before the page is drawn. */
function breath() {
  const { port1, port2 } = new MessageChannel()
  port2.postMessage(undefined)
  return new Promise((resolve) => {
    port1.addEventListener('message', resolve, { once: true })
    port1.start()
  })
}

/** The rooms, and who is here; and drawers are laid out, where there are some. */
function wakeSides() {
  wake(SIDES)
  setTimeout(() => {
    for (const one of document.querySelectorAll('.is-asleep')) one.classList.remove('is-asleep')
  })
}

let asleep = true

/** What lies over the page; behind the people, should both be wanted at once. */
export function wakeDialogs() {
  if (asleep) setTimeout(() => wake(DIALOGS))
  asleep = false
}

/** Puts a dialog over the page: alive from the first key on, however early it is. @param {HTMLDialogElement} dialog */
export function shows(dialog) {
  wakeNow(dialog)
  if (dialog.open) return
  dialog.showModal()
  const gone = layer(() => dialog.close())
  dialog.addEventListener('close', gone, { once: true })
}

/** Each in a task of its own. @param {string} selector */
function wake(selector) {
  for (const element of document.querySelectorAll(selector)) setTimeout(() => wakeNow(element))
}

/** @param {Element} element */
function wakeNow(element) {
  if (awake.has(element)) return
  if (element instanceof HTMLDialogElement) element.addEventListener('keydown', keepForm)
  awake.add(element)
  for (const child of element.children) Alpine.initTree(child)
}
