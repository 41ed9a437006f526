import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { Draft } from '../models/draft.js'
import { callsIn, markOf, Places, waitingIn } from '../models/places.js'
import { addressOf, boot, place as kept, texts, topical } from './boot.js'
import { face } from './faces.js'

/** More waiting lines than this are told as this many and more. */
const MOST = 99

/**
 * @typedef {import('../models/places.js').Place} Place
 * @typedef {{room: string, level: import('../models/places.js').Level} & import('../models/places.js').Count} Chosen
 */

/**
 * The rooms beside the talk: mine, those of two, and what else is open; each with what waits in it.
 * @param {{changed: () => void}} room `changed`: what waits elsewhere is another number now.
 */
export function placesPanel({ changed }) {
  const places = new Places(boot.room.name)

  Alpine.store('places', {
    known: false,
    /** @type {ReturnType<typeof entry>[]} */
    mine: [],
    /** @type {ReturnType<typeof entry>[]} */
    direct: [],
    /** @type {ReturnType<typeof entry>[]} */
    others: [],
    get anyDirect() {
      return this.direct.length > 0
    },
    get anyOthers() {
      return this.others.length > 0
    },
    /** On the button of the menu: how many lines wait where I am wanted, else whether there is anything. */
    calls: '',
    news: false,
    menu: texts.room.menu,
  })
  const view = Alpine.store('places')

  return {
    places,
    /** In another window something is begun, or sent. To listen for it takes long: not while the page opens. */
    watchDrafts() {
      window.addEventListener('storage', ({ key }) => key?.includes('/draft/') && show())
    },
    /** @param {Place[]} rooms */
    hello(rooms) {
      places.replace(rooms.map(topical))
      show()
    },
    /** @param {{rooms: Place[], gone?: string[]}} frame */
    told({ rooms, gone }) {
      const more = places.update(rooms.map(topical), gone)
      show()
      return more
    },
    /** @param {Record<string, import('../models/places.js').Count>} counts */
    counted(counts) {
      const more = places.count(counts)
      show()
      return more
    },
    /** Here or at another device I chose what of a room I want to be told. @param {Chosen} chosen */
    attended({ room, level, unread, mentions }) {
      places.attend(room, level, { unread, mentions })
      show()
    },
    /** @param {string} name */
    titleOf: (name) => places.named(name)?.title ?? name,
  }

  function show() {
    const { mine, direct, others } = places.groups
    view.mine = mine.map(entry)
    view.direct = direct.map(entry)
    view.others = others.map(entry)
    view.known = true
    const { calls, waiting } = places
    view.calls = calls > 0 ? atMost(calls) : ''
    view.news = calls === 0 && waiting > 0
    view.menu =
      calls > 0
        ? fill(texts.places.menuCalls, { n: calls })
        : waiting > 0
          ? texts.places.menuNews
          : texts.room.menu
    changed()
  }
}

/** @param {number} count */
export const atMost = (count) => (count > MOST ? `${MOST}+` : String(count))

/** @param {Place} place */
function entry(place) {
  const { name, title, topic, user, level } = place
  const mark = markOf(place)
  const here = name === boot.room.name
  const count = here ? 0 : waitingIn(place)
  return {
    name,
    title,
    topic,
    href: addressOf(name),
    current: here ? 'page' : null,
    face: user ? face(user).face : '',
    avatarCls: user?.kind === 'bot' ? 'avatar--bot' : '',
    open: mark === 'room',
    closed: mark === 'lock',
    archived: mark === 'archive',
    draft: !here && new Draft({ ...kept, room: name }).text.trim() ? texts.places.draft : '',
    badge: count > 0 ? atMost(count) : '',
    badgeLabel: fill(texts.places.waiting, { n: count }),
    cls: {
      'rooms__link--called': !here && callsIn(place) > 0,
      'rooms__link--muted': level === 'muted',
      'rooms__link--new': count > 0,
    },
  }
}
