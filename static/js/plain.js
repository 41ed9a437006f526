import { keepForm } from './components/dom.js'
import { fill } from './models/words.js'

/** The page of bare lines: what comes is shown as it is, what is typed is sent. */

/** The page keeps so many lines. */
const LINES = 500
/** So near the end, in pixels, counts as being there. */
const NEAR = 40
/** Of this close code the reason is a sentence; of others it is a word for programs. */
const SENT_AWAY = 4003
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const page = document.getElementById('plain')
const list = page?.querySelector('[role=log]')
const form = page?.querySelector('form')
const field = form?.querySelector('input')
const send = form?.querySelector('button')
const state = page?.querySelector('[role=status]')
if (page && list && form && field && send && state) open({ page, list, form, field, send, state })

/** @param {{ page: HTMLElement, list: Element, form: HTMLFormElement, field: HTMLInputElement, send: HTMLButtonElement, state: Element }} parts */
function open({ page, list, form, field, send, state }) {
  const { path = '', closed = '', refused = '', muted = '' } = page.dataset
  const ws = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}?state`)
  let opened = false

  ws.addEventListener('open', () => {
    opened = true
  })
  ws.addEventListener('message', ({ data }) => {
    if (!String(data).startsWith('[')) return heard(JSON.parse(String(data)))
    const line = document.createElement('p')
    line.textContent = String(data)
    atEnd(() => {
      list.append(line)
      if (list.childElementCount > LINES) list.firstElementChild?.remove()
    })
  })
  ws.addEventListener('close', ({ code, reason }) => {
    const why = code === SENT_AWAY ? `${reason} ` : ''
    field.readOnly = true
    send.disabled = true
    say(opened ? why + closed : refused, field.value !== '') // what was begun can still be copied
  })
  form.addEventListener('keydown', keepForm)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (ws.readyState !== WebSocket.OPEN) return // the words stay where they are
    ws.send(field.value)
    field.value = ''
  })

  /** @param {{closed?: string, muted_ms?: number, back?: string}} told `back`: a line of mine that was not taken. */
  function heard({ closed, muted_ms: ms, back }) {
    if (back !== undefined && field.value === '') field.value = back
    if (closed !== undefined) say(ms === undefined ? closed : fill(muted, { time: momentIn(ms) }))
  }

  /** Why nothing can be written, in place of where one writes; '' when it can. @param {string} why @param {boolean} [shown] */
  function say(why, shown = why === '') {
    atEnd(() => {
      state.textContent = why
      form.hidden = !shown
    })
  }

  /** When so much time is over, on this device's clock: how long it still takes would be read aloud again and again. @param {number} ms */
  function momentIn(ms) {
    const at = Math.ceil((Date.now() + ms) / MINUTE_MS) * MINUTE_MS
    const day = ms < DAY_MS ? {} : /** @type {const} */ ({ dateStyle: 'long' })
    const { lang } = document.documentElement
    return new Intl.DateTimeFormat(lang, { timeStyle: 'short', ...day }).format(at)
  }

  /** Who reads the newest line still does after it. @param {() => void} change */
  function atEnd(change) {
    const was = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR
    change()
    if (was) list.scrollTop = list.scrollHeight
  }
}
