import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { plainText } from '../models/plain-text.js'
import { serverNow } from '../server-time.js'
import { addressOf, texts } from './boot.js'
import { face } from './faces.js'
import { me } from './me.js'
import { dayOf } from './search.js'

/** Long enough to read it and to reach it with a thumb. */
const SHOWN_MS = 7000
/** My line may not be the newest any more; so many are looked through. */
const LOOKED = 5

/** @typedef {import('../models/places.js').Place} Place */
/** @typedef {import('../models/timeline.js').Item} Item */

/**
 * Shows for a moment that somebody wants me in another room: a press leads there.
 * @param {{connection: import('../socket.js').Connection, titleOf: (room: string) => string}} room
 */
export function arrivals({ connection, titleOf }) {
  Alpine.store('arrival', {
    shown: false,
    href: '',
    face: '',
    heading: '',
    text: '',
    hide,
    /** Who reads it, or has come to it with the keyboard, is given the time. */
    hold: () => clearTimeout(timer),
    release: wait,
  })
  const view = Alpine.store('arrival')
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  return { called, knocked }

  /** More is written to me, or calls me, in other rooms: of several, the last is shown. @param {readonly Place[]} places */
  async function called(places) {
    const place = places.at(-1)
    if (!place || document.hidden) return
    const { name, title, kind, user } = place
    const line = await lineIn(place)
    const words = texts.arrival
    const by = line?.user ?? user
    const heading =
      kind === 'direct'
        ? fill(words.direct, { name: title })
        : by
          ? fill(words.mention, { name: by.name, room: title })
          : fill(words.mentionIn, { room: title })
    show(name, { heading, text: plainText(line?.data ?? ''), face: by ? face(by).face : '' })
  }

  /** Somebody waits before the door of another room of mine. @param {string} room @param {import('../models/timeline.js').User} user */
  function knocked(room, user) {
    const heading = fill(texts.arrival.knock, { name: user.name, room: titleOf(room) })
    show(room, { heading, text: '', face: face(user).face })
  }

  /** @param {string} room @param {{heading: string, text: string, face: string}} what */
  function show(room, what) {
    Object.assign(view, what, { href: addressOf(room), shown: true })
    wait()
  }

  function wait() {
    clearTimeout(timer)
    timer = setTimeout(hide, SHOWN_MS)
  }

  function hide() {
    view.shown = false
  }

  /** What is meant for me, of what was said there today; the counts do not tell it. @param {Place} place @returns {Promise<Item | undefined>} */
  async function lineIn({ name, kind }) {
    const q = `after:${dayOf(serverNow())}`
    const frame = { type: 'search', q, room: name, limit: LOOKED, utc_offset: -new Date().getTimezoneOffset() } // prettier-ignore
    const answer = await connection.request(frame).catch(() => undefined)
    /** @param {Item} item */
    const isForMe = ({ user, mentions, all }) =>
      !me.is(user) && (kind === 'direct' || all === true || mentions?.includes(me.user.id) === true)
    return answer?.events.find(isForMe)
  }
}
