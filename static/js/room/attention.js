import { fill } from '../models/words.js'
import { plainText } from '../models/plain-text.js'
import { waitingIn } from '../models/places.js'
import { addressOf, boot, storage, texts } from './boot.js'
import { toast } from './toast.js'

/** One sound for all that comes within this time. */
const QUIET_MS = 3000

/**
 * Calls somebody who looks elsewhere: with a sound and, where the browser lets us, a notification. What a room may call
 * for is its level: everything, mentions, or nothing; what calls me in a muted one is counted in the list and no more.
 * @param {{level: () => import('../models/places.js').Level, title: () => string}} room `level`: of this room.
 *   `title`: what it is called.
 */
export function attention({ level, title }) {
  let soundedAt = 0
  /** @type {AudioContext | undefined} */
  let audio

  // A browser lets a page sound only once somebody has touched it.
  window.addEventListener('pointerdown', () => (audio ??= makeAudio()), { once: true })

  return { heard, elsewhere, choices }

  /** A line of this room. @param {import('../models/timeline.js').Item} item @param {boolean} called It calls me. */
  function heard({ type, user, data }, called) {
    if (type !== 'chat' || !document.hidden || level() === 'muted') return
    if (!called && (level() !== 'all' || user.kind === 'bot')) return
    call(`${user.name} · ${title()}`, plainText(data), boot.room.name)
  }

  /** More waits in other rooms. @param {readonly import('../models/places.js').More[]} places */
  function elsewhere(places) {
    for (const place of places) {
      const n = waitingIn(place)
      if (n === 0 || !(document.hidden || place.called)) continue
      call(place.title, fill(texts.places.waiting, { n }), place.name)
    }
  }

  /** @param {string} title @param {string} body @param {string} room */
  function call(title, body, room) {
    if (wants('sound')) sound()
    if (!wants('notify') || !mayNotify() || !document.hidden) return
    const shown = note(title, { body, tag: room, icon: bird() })
    shown?.addEventListener('click', () => {
      window.focus()
      if (room !== boot.room.name) location.assign(addressOf(room))
      shown.close()
    })
  }

  /** Two short notes, made here: nothing to fetch. */
  function sound() {
    const now = Date.now()
    if (!audio || now - soundedAt < QUIET_MS) return
    soundedAt = now
    for (const [pitch, after] of [
      [880, 0],
      [1174.66, 0.11],
    ]) {
      const start = audio.currentTime + after
      const note = audio.createOscillator()
      const loud = audio.createGain()
      note.frequency.value = pitch
      loud.gain.setValueAtTime(0.0001, start)
      loud.gain.exponentialRampToValueAtTime(0.08, start + 0.015)
      loud.gain.exponentialRampToValueAtTime(0.0001, start + 0.25)
      note.connect(loud).connect(audio.destination)
      note.start(start)
      note.stop(start + 0.3)
    }
  }

  /** For the own card. @returns {import('../components/menu.js').Choice[]} */
  function choices() {
    return [
      {
        label: texts.attention.sound,
        kind: 'check',
        checked: wants('sound'),
        run: () => want('sound', !wants('sound')),
        separate: true,
      },
      {
        label: texts.attention.notify,
        kind: 'check',
        checked: wants('notify') && mayNotify(),
        run: () => void turnNotify(),
      },
    ]
  }
}

/** As on a phone's home screen: outside a page most systems show no SVG. */
const bird = () => document.querySelector('link[rel=apple-touch-icon]')?.href ?? ''

/** Chrome on Android has it, lets people allow it, and throws: there only a service worker may notify. */
let throws = false

/** @param {string} title @param {NotificationOptions} options */
function note(title, options) {
  try {
    return new Notification(title, options)
  } catch {
    throws = true
    return undefined
  }
}

async function turnNotify() {
  if (wants('notify') && mayNotify()) return want('notify', false)
  // Plain http on a LAN: there the browser has no notifications for a page.
  if (!('Notification' in window) || !window.isSecureContext) return toast(texts.attention.withheld)
  if (throws) return toast(texts.attention.unable)
  const answer = await Notification.requestPermission()
  want('notify', answer === 'granted')
  if (answer !== 'granted') toast(texts.attention.refused)
}

const mayNotify = () => 'Notification' in window && Notification.permission === 'granted' && !throws

/** @param {'sound' | 'notify'} what */
const wants = (what) => storage?.getItem(`chat-room/${what}`) !== 'off'

/** @param {'sound' | 'notify'} what @param {boolean} on */
function want(what, on) {
  try {
    storage?.setItem(`chat-room/${what}`, on ? 'on' : 'off')
  } catch {
    toast(texts.composer.notKept)
  }
}

function makeAudio() {
  try {
    return new AudioContext()
  } catch {
    return undefined
  }
}
