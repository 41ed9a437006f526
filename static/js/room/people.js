import { Alpine } from '../alpine.js'
import { fill } from '../models/words.js'
import { boot, texts } from './boot.js'
import { face } from './faces.js'
import { me } from './me.js'

const STACK = 4
/** More members are listed when so little is left below, in pixels. */
const AHEAD = 400
/** Members are listed so many at a time, and asked for so: the most that the server gives. */
const LISTED = 200

/** @typedef {import('../models/timeline.js').User} User */

/**
 * Who is here: the panel, and the line and faces in the head of the room.
 * @param {{presence: import('../models/presence.js').Presence, connection: import('../socket.js').Connection,
 *   menu: (anchor: HTMLElement, user: User) => void, isMuted: (user: number) => boolean, isAlone: () => boolean}} room `isAlone`: the
 *   other of a room of two has signed out for good.
 */
export function peoplePanel({ presence, connection, menu, isMuted, isAlone }) {
  let listed = LISTED
  let listing = false

  Alpine.store('people', {
    /** @type {ReturnType<typeof card>[]} */
    list: [],
    /** @type {ReturnType<typeof card>[]} */
    stack: [],
    count: '',
    more: '',
    /** Who is here, as the line in the head tells it. */
    here: '',

    get status() {
      return this.here && Alpine.store('bar').away ? texts.me.offline : this.here
    },
    get listClass() {
      return { 'is-away': Alpine.store('bar').away }
    },
    showMore: () => void showMore(),
    /** @param {Event} event */
    onScroll({ currentTarget }) {
      const { scrollHeight, scrollTop, clientHeight } = /** @type {Element} */ (currentTarget)
      if (scrollHeight - scrollTop - clientHeight < AHEAD) void showMore()
    },
    /** @param {Event} event */
    menu({ currentTarget }) {
      if (!(currentTarget instanceof HTMLElement)) return
      const user = presence.byId(Number(currentTarget.dataset.id))
      if (user) menu(currentTarget, user)
    },
  })
  const view = Alpine.store('people')

  return { show, list, redraw }

  /** Something that is not in a member itself has changed about them. @param {number} id */
  function redraw(id) {
    const user = presence.byId(id)
    if (user) cards.delete(user)
    show()
  }

  function show() {
    const users = presence.list(me.user.id)
    view.list = users.slice(0, listed).map((user) => card(user, isMuted))
    view.stack = users.slice(0, STACK).map((user) => card(user, isMuted))
    view.count = presence.count > 0 ? count() : ''
    view.more = more(users.length)
    view.here = here()
  }

  /** Asks for members until there are as many as are to be listed. */
  async function list() {
    if (listing) return
    listing = true
    while (presence.after !== undefined && presence.known < listed) {
      const { after } = presence
      const frame = { type: 'members', room: boot.room.name, after, limit: LISTED }
      const page = await connection.request(frame).catch(() => undefined)
      if (!page) break // the line went: with the next one the list begins anew
      presence.page(page.users, page.more)
    }
    listing = false
    show()
  }

  async function showMore() {
    if (listing || !view.more) return
    listed += LISTED
    await list()
  }

  /** @param {number} known */
  function more(known) {
    if (presence.after === undefined && known <= listed) return ''
    return fill(texts.people.more, { n: presence.all - view.list.length })
  }

  /** In the words of the line in the head, which speaks of people alone. */
  function count() {
    const { online: people, bots } = presence
    const online = fill(texts.room.status, { people })
    const { botOne, bots: many } = texts.people
    if (bots.length === 0) return online
    return `${online} · ${fill(bots.length === 1 ? botOne : many, { n: bots.length })}`
  }

  function here() {
    const { peer } = boot.room
    if (peer?.kind === 'bot') return ''
    if (peer) return texts.direct[isAlone() ? 'gone' : presence.isOnline(peer.id) ? 'here' : 'away']
    return presence.count > 0 ? fill(texts.room.status, { people: presence.online }) : ''
  }
}

/** What the list shows of a member: of hundreds, only those that changed are drawn anew. @type {WeakMap<User, ReturnType<typeof draw>>} */
const cards = new WeakMap()

/** @param {User} user @param {(user: number) => boolean} isMuted */
function card(user, isMuted) {
  const made = cards.get(user) ?? draw(user, isMuted(user.id))
  cards.set(user, made)
  return made
}

/** @param {User} user @param {boolean} muted */
function draw(user, muted) {
  const bot = user.kind === 'bot'
  return {
    id: user.id,
    ...face(user),
    bot,
    you: me.is(user),
    /** A bot's changes with who is here; of people nothing is known while the line is away. */
    get note() {
      if (bot) return Alpine.store('bots').notes[user.id] ?? ''
      return Alpine.store('bar').away ? '' : texts.people.online
    },
    hint: fill(texts.person.menu, { name: user.name }),
    role: user.role ? texts.person.roles[user.role] : '',
    muted,
    cls: bot ? 'person--bot' : '',
    avatarCls: bot ? 'avatar--bot' : '',
  }
}
