import { newCid } from './models/cid.js'
import { lineAt, SUBPROTOCOL } from './socket.js'

/**
 * Stands in the room's page itself: the line is opened, and the room asked for, while scripts are still on their way.
 * What is heard meanwhile waits for socket.js.
 *
 * @typedef {{ws: WebSocket, cid: string, heard: string[], at?: number, closed?: CloseEvent, ears: AbortController}} Early `cid`: of the
 *   `join` that was sent. `at`: when the first frame came. `closed`: it is over already. `ears`: to be aborted by who listens from now on.
 */
const { base = '', room = '' } = document.currentScript?.dataset ?? {}
const ears = new AbortController()
const { signal } = ears
/** @type {Early} */
const early = { ws: new WebSocket(lineAt(base), SUBPROTOCOL), cid: newCid(), heard: [], ears }

early.ws.addEventListener('open', () =>
  early.ws.send(JSON.stringify({ type: 'join', cid: early.cid, room })),
)
early.ws.addEventListener(
  'message',
  ({ data }) => {
    early.at ??= Date.now()
    early.heard.push(data)
  },
  { signal },
)
early.ws.addEventListener('close', (event) => (early.closed = event), { signal })
Object.assign(window, { early })

// What the browser keeps lies with another process, and who asks for it first waits for that: here nothing else does.
try {
  void localStorage.length
} catch {
  // forbidden: the page does without
}

// Without its style sheet, or in part, the page would be laid out in vain, when it is given the focus and while it is read:
// 200 ms on a slow phone. The sheet shows it once it is read whole (css/reset.css), and should there be none, its error does.
const page = document.documentElement
page.setAttribute('hidden', 'in part')
const shown = new AbortController() // bare, and so it stays
document.addEventListener('readystatechange', () => page.setAttribute('hidden', 'whole'), {
  once: true,
  signal: shown.signal,
})
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLLinkElement)) return
    shown.abort()
    page.removeAttribute('hidden')
  },
  { capture: true },
)
