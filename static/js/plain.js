import { keepForm } from './components/dom.js'

/** The page of bare lines: what comes is shown as it is, what is typed is sent. */

/** The page keeps so many lines. */
const LINES = 500
/** So near the end, in pixels, counts as being there. */
const NEAR = 40
/** Of this close code the reason is a sentence; of others it is a word for programs. */
const SENT_AWAY = 4003

const page = document.getElementById('plain')
const list = page?.querySelector('[role=log]')
const form = page?.querySelector('form')
const field = form?.querySelector('input')
const send = form?.querySelector('button')
const state = page?.querySelector('[role=status]')
if (page && list && form && field && send && state) open({ page, list, form, field, send, state })

/** @param {{ page: HTMLElement, list: Element, form: HTMLFormElement, field: HTMLInputElement, send: HTMLButtonElement, state: Element }} parts */
function open({ page, list, form, field, send, state }) {
  const { path = '', closed = '', refused = '' } = page.dataset
  const ws = new WebSocket(`${location.origin.replace(/^http/, 'ws')}${path}?state`)
  let opened = false

  ws.addEventListener('open', () => {
    opened = true
  })
  ws.addEventListener('message', ({ data }) => {
    if (!String(data).startsWith('[')) return say(JSON.parse(String(data)).closed)
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

  /** Why nothing can be written, in place of where one writes; '' when it can. @param {string} why @param {boolean} [shown] */
  function say(why, shown = why === '') {
    atEnd(() => {
      state.textContent = why
      form.hidden = !shown
    })
  }

  /** Who reads the newest line still does after it. @param {() => void} change */
  function atEnd(change) {
    const was = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR
    change()
    if (was) list.scrollTop = list.scrollHeight
  }
}
