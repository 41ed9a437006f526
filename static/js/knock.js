import { BACKOFF_MAX_MS, BACKOFF_MS, lineAt, SILENCE_MS, SUBPROTOCOL } from './socket.js'

/** The page before a door: it opens the room as soon as a moderator agrees. Without it, its button does. */

/** Close codes: stay away; too many pages are open. */
const SENT_AWAY = 4003
const TOO_MANY = 4004

const card = document.getElementById('knocked')
if (card) listen(card, 0)

/** @param {HTMLElement} card @param {number} attempt */
function listen(card, attempt) {
  const { room, base } = card.dataset
  const ws = new WebSocket(lineAt(base ?? ''), SUBPROTOCOL)
  let tries = attempt
  let greeted = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silence
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => ws.close(), SILENCE_MS)
  }

  heard()
  ws.addEventListener('message', ({ data }) => {
    heard()
    const frame = JSON.parse(String(data))
    if (frame.type === 'hello') {
      tries = 0
      greeted = true
      // They may have agreed while the page was on its way here.
      if (frame.rooms.some((/** @type {any} */ one) => one.name === room && one.level))
        location.reload()
    }
    if (frame.type === 'approved' && frame.room === room) answered(card, frame.on)
  })
  ws.addEventListener('close', ({ code }) => {
    clearTimeout(silence)
    if (code === 4001) return location.reload() // the session is over: to the sign-in page
    if (code === TOO_MANY) return deaf(card)
    // To the page that says so. Who is not let in at all would come back to this one again and again.
    if (code === SENT_AWAY) return greeted && location.reload()
    const pause = Math.random() * Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** tries)
    setTimeout(() => listen(card, tries + 1), pause)
  })
}

/** Too many pages are open: this one hears nothing, and does not open by itself. @param {HTMLElement} card */
function deaf(card) {
  const lead = card.querySelector('.notice__lead')
  if (lead) lead.textContent = card.dataset.tooMany ?? ''
}

/** @param {HTMLElement} card @param {boolean} on */
function answered(card, on) {
  if (on) return location.reload()
  // What it said while it waited does not hold any more, and there is no answer to wait for.
  for (const node of card.querySelectorAll('.notice__lead, .button--main')) node.remove()
  for (const node of card.querySelectorAll('[data-refused]'))
    if (node instanceof HTMLElement) node.textContent = node.dataset.refused ?? ''
}
