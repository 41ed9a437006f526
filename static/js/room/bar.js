import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { base, boot, texts } from './boot.js'

/** A short break is not worth a bar: it is shown after this long. */
const AFTER_MS = 900
const RESTORED_MS = 2000
/** While I wait to be let in again, it is looked so often whether I may: a device that slept has slept its timers away. */
const LOOK_MS = 60_000
/** Reasons to stop after which I am not in the room any more. */
const OUT = new Set(['kicked', 'banned', 'no-access', 'no-room'])

/** @typedef {Extract<import('../socket.js').State, {name: 'stopped'}>} Stopped */

/**
 * The bar over the messages that tells when the line is away, and for how long.
 * @param {import('../socket.js').Connection} connection
 */
export function connectionBar(connection) {
  Alpine.store('bar', {
    text: '',
    action: '',
    tone: '',

    /** I am not in the room any more: nothing is said of who is here, and nothing can be written. */
    out: false,

    /** It says that the line is away: what was known of others is of the past. */
    get away() {
      return this.text !== '' && this.tone !== 'good'
    },
    get mainClass() {
      return { 'is-out': this.out }
    },
    get cls() {
      return `bar--${this.tone}`
    },
    act() {
      const { state } = connection
      if (state.name === 'stopped' && isKeptOut(state)) return location.assign(`${base}/`)
      const again =
        state.name === 'waiting' || (state.name === 'stopped' && state.why === 'too-many')
      if (again) connection.open()
      else location.reload()
    },
  })
  const view = Alpine.store('bar')
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** Since when the line has been away. @type {number | undefined} */
  let since

  return {
    show,
    get out() {
      return view.out
    },
  }

  /** @param {import('../socket.js').State} state */
  function show(state) {
    clearTimeout(timer)
    view.out = state.name === 'stopped' && OUT.has(state.why)
    const was = view.text !== ''
    since = state.name === 'open' ? undefined : (since ?? Date.now())
    if (state.name === 'open') {
      set(was ? texts.bar.restored : '', '', 'good')
      timer = setTimeout(() => set(''), RESTORED_MS)
    } else if (state.name === 'stopped') {
      const { text, action } = stopped(state)
      set(text, action, 'bad')
      if (!isKeptOut(state) || state.until === undefined) return
      timer = setTimeout(() => show(state), Math.min(state.until - Date.now(), LOOK_MS))
    } else {
      // Counted from the break: every try and every wait between them comes by here.
      const first = was ? 0 : Math.max(0, (since ?? 0) + AFTER_MS - Date.now())
      timer = setTimeout(
        () =>
          state.name === 'waiting' ? countDown(state.until) : set(connecting(state), '', 'busy'),
        first,
      )
    }
  }

  /** @param {number} until */
  function countDown(until) {
    const n = Math.max(1, Math.ceil((until - Date.now()) / 1000))
    const { bar } = texts
    set(navigator.onLine ? fill(bar.waiting, { n }) : bar.offline, bar.now, 'busy')
    timer = setTimeout(() => countDown(until), 500)
  }

  function set(text, action = '', tone = '') {
    Object.assign(view, { text, action, tone })
  }
}

/** @param {{again?: boolean}} state */
function connecting({ again }) {
  const { bar } = texts
  if (!navigator.onLine) return bar.offline
  return again ? bar.reconnecting : bar.connecting
}

/** Banned, and that is not over. @param {Stopped} state */
const isKeptOut = ({ why, until = Infinity }) => why === 'banned' && until > Date.now()

/** @param {Stopped} state */
function stopped(state) {
  const { why, reason, everywhere = true } = state
  const { bar } = texts
  if (why === 'banned' && !isKeptOut(state)) return { text: bar.banOver, action: bar.again }
  const sentences = {
    kicked: reason,
    banned: reason,
    'no-access': reason || bar.noAccessBare,
    'no-room': reason || bar.noRoom,
    'too-many': bar.tooMany,
    faulty: bar.faulty,
    done: bar.done,
  }
  const wayOut = everywhere ? '' : boot.room.name === 'lobby' ? bar.rooms : bar.lobby
  const actions = { kicked: bar.again, banned: wayOut, 'no-access': '', 'too-many': bar.now }
  return { text: sentences[why] ?? bar.done, action: actions[why] ?? bar.reload }
}
