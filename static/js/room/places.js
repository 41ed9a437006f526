import { Alpine } from '@alpinejs/csp'
import { fill } from '../components/dom.js'
import { Places } from '../models/places.js'
import { boot, face, texts } from './boot.js'
import { addressOf } from './search.js'

/** More waiting lines than this are told as this many and more. */
const MOST = 99

/** @typedef {import('../models/places.js').Place} Place */

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
  })
  const view = Alpine.store('places')

  return {
    places,
    /** @param {Place[]} rooms */
    hello(rooms) {
      places.replace(rooms)
      show()
    },
    /** @param {{rooms: Place[], gone?: string[]}} frame */
    told({ rooms, gone }) {
      places.update(rooms, gone)
      show()
    },
    /** @param {Record<string, import('../models/places.js').Count>} counts */
    counted(counts) {
      const more = places.count(counts)
      show()
      return more
    },
    show,
    /** @param {string} name */
    titleOf: (name) => places.named(name)?.title ?? name,
  }

  function show() {
    const { mine, direct, others } = places.groups
    view.mine = mine.map(entry)
    view.direct = direct.map(entry)
    view.others = others.map(entry)
    view.known = true
    changed()
  }
}

/** @param {Place} place */
function entry({ name, title, topic, kind, locked, approval, user, unread, mentions, level }) {
  const here = name === boot.room.name
  const count = here ? 0 : level === 'all' || level === undefined ? unread : mentions
  return {
    name,
    title,
    topic,
    href: addressOf(name),
    current: here ? 'page' : null,
    face: user ? face(user).src : '',
    avatarCls: user?.kind === 'bot' ? 'avatar--bot' : '',
    open: !user && !locked && !approval,
    closed: !user && (locked === true || approval === true),
    badge: count > 0 ? (count > MOST ? `${MOST}+` : String(count)) : '',
    badgeLabel: fill(texts.places.waiting, { n: count }),
    cls: {
      // What is written to me alone calls me.
      'rooms__link--called': !here && (mentions > 0 || (kind === 'direct' && count > 0)),
      'rooms__link--muted': level === 'muted',
      'rooms__link--new': count > 0,
    },
  }
}
