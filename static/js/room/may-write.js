import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { lengthOf } from '../models/length.js'
import { serverNow } from '../server-time.js'
import { boot, texts } from './boot.js'
import { me } from './me.js'

/**
 * Whether I may write here now, and when again: an archived room, one of announcements, a mute, slow mode.
 * @param {{settings: () => import('./settings.js').Settings, waits: () => boolean, silenced: () => void}} room `waits`: a
 *   line of mine does. `silenced`: told when I am muted, and when I am not any more.
 */
export function mayWrite({ settings, waits, silenced }) {
  let mutedUntil = 0
  let slowUntil = 0
  let wasMuted = false
  /** The other of a room of two has signed out for good. */
  let alone = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  Alpine.store('writing', {
    /** Why nothing can be written here: of a mute up to how long it takes. */
    closed: '',
    /** That, which is not read aloud each time it is another. */
    time: '',
    rest: '',
    /** What holds for the next line. */
    slow: '',
    get open() {
      return this.closed === ''
    },
  })
  const view = Alpine.store('writing')

  return {
    show,
    get open() {
      return view.open
    },
    get silenced() {
      return mutedUntil > serverNow()
    },
    get alone() {
      return alone
    },
    /** @param {number | undefined} until */
    muted(until) {
      mutedUntil = until ?? 0
      show()
    },
    /** @param {boolean} gone */
    left(gone) {
      alone = gone
      show()
    },
    /** The next line may be written in so long, in milliseconds. @param {number} [ms] */
    slowed(ms = 0) {
      slowUntil = serverNow() + ms
      show()
    },
    /** I wrote a line. */
    wrote() {
      const { slow_ms: pause } = settings()
      const now = serverNow()
      // One that is written meanwhile waits with the others.
      if (slowUntil <= now) slowUntil = pause > 0 && me.role === undefined ? now + pause : 0
      show()
    },
  }

  function show() {
    clearTimeout(timer)
    const now = serverNow()
    const { archived, announce, slow_ms: pause } = settings()
    const words = texts.writing
    const [closed, time = '', rest = ''] = alone
      ? [fill(texts.direct.closed, { name: boot.room.peer?.name ?? '' })]
      : archived
        ? [words.archived]
        : announce && me.role === undefined
          ? [mutedUntil > now ? words.announceMuted : words.announce]
          : mutedUntil > now
            ? aroundTime(words.muted, left(mutedUntil - now))
            : ['']
    Object.assign(view, { closed, time, rest })
    view.slow =
      view.closed || pause === 0 || me.role !== undefined
        ? ''
        : slowUntil > now
          ? fill(waits() ? words.waiting : words.wait, { time: left(slowUntil - now) })
          : fill(words.slow, { time: left(pause) })
    if (mutedUntil > now || slowUntil > now) timer = setTimeout(show, 1000)
    const isMuted = mutedUntil > now
    if (isMuted !== wasMuted) silenced()
    wasMuted = isMuted
  }
}

/** @param {string} words @param {string} time */
function aroundTime(words, time) {
  const sentence = fill(words, { time })
  const at = sentence.indexOf(time)
  return [sentence.slice(0, at), time, sentence.slice(at + time.length)]
}

/** @param {number} ms */
const left = (ms) => lengthOf(ms, texts.writing)
