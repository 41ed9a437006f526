import { Alpine } from '../alpine.js'
import { byId, composing } from '../components/dom.js'
import { fill } from '../models/words.js'
import { markOf, waitingIn } from '../models/places.js'
import { find } from '../models/suggestions.js'
import { ask } from './ask.js'
import { addressOf, boot, texts } from './boot.js'
import { face } from './faces.js'
import { leaveDrawer } from './drawers.js'
import { atMost } from './places.js'
import { toast } from './toast.js'
import { shows } from './waking.js'

/** @typedef {{key: string, label: string, note: string, badge?: string, face: string, mark: 'room' | 'lock' | 'archive' | 'add' | 'search' | '', run: () => unknown}} Goal */

/**
 * Goes anywhere by a few letters (Ctrl-K): into a room, to somebody, into a new room, or into a search.
 * @param {{connection: import('../socket.js').Connection, places: import('../models/places.js').Places,
 *   people: () => import('../models/timeline.js').User[], search: (q: string) => void, maker: ReturnType<typeof import('./making.js').making>}} room `people`: who is here, without me.
 */
export function switcher({ connection, places, people, search, maker }) {
  Alpine.store('switcher', {
    q: '',
    /** @type {ReturnType<typeof drawn>[]} */
    list: [],
    active: '',
    open,
    look: () => show(0),
    /** @param {KeyboardEvent} event */
    onKey(event) {
      if (composing(event)) return
      const at = view.list.findIndex(({ id }) => id === view.active)
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (event.key === 'Enter') void go(view.list[at])
      else if (step) show((at + step + view.list.length) % view.list.length)
      else return
      event.preventDefault()
    },
    /** @param {Event} event */
    press({ currentTarget }) {
      if (currentTarget instanceof HTMLElement)
        void go(view.list.find(({ id }) => id === currentTarget.id))
    },
  })
  const view = Alpine.store('switcher')

  return { open, direct }

  function open() {
    leaveDrawer()
    view.q = ''
    show(0)
    shows(dialog())
    byId('switcher-field').focus()
  }

  /** @param {number} active */
  function show(active) {
    view.list = goals(view.q.trim()).map((goal, index) => drawn(goal, index, active))
    view.active = view.list[active]?.id ?? ''
    document.getElementById(view.active)?.scrollIntoView({ block: 'nearest' })
  }

  /** @param {string} q @returns {Goal[]} */
  function goals(q) {
    const rooms = find(q, places.wanted, ({ title, name }) => [title, name])
    const known = new Set(places.groups.direct.map(({ user }) => user?.id))
    const present = people().filter(({ id }) => !known.has(id))
    const persons = q ? find(q, present, wordsOf, 5) : present.slice(0, 5)
    const asked = q.toLowerCase()
    const isThere = rooms.some(({ title, name }) => [title.toLowerCase(), name].includes(asked))
    const makes = maker.may && !isThere
    return [
      ...rooms.map(roomGoal),
      ...persons.map(personGoal),
      ...(makes ? [newGoal(q)] : []),
      ...(q ? [searchGoal(q)] : []),
    ]
  }

  /** @param {import('../models/places.js').Place} place @returns {Goal} */
  function roomGoal(place) {
    const { name, title, topic, user } = place
    const shown = user ? face(user).face : ''
    const count = name === boot.room.name ? 0 : waitingIn(place)
    return {
      key: `r${name}`,
      label: title,
      note: topic,
      badge: count > 0 ? atMost(count) : '',
      face: shown,
      mark: markOf(place),
      run: () => location.assign(addressOf(name)),
    }
  }

  /** @param {import('../models/timeline.js').User} user @returns {Goal} */
  function personGoal(user) {
    const { face: shown } = face(user)
    return {
      key: `p${user.id}`,
      label: user.name,
      note: texts.places.talk,
      face: shown,
      mark: '',
      run: () => direct(user.id),
    }
  }

  /** @param {string} title What was typed; the form asks for the rest. @returns {Goal} */
  function newGoal(title) {
    return {
      key: 'new',
      label: title ? fill(texts.switcher.make, { title }) : texts.making.open,
      note: '',
      face: '',
      mark: 'add',
      run: () => maker.open(title),
    }
  }

  /** @param {string} q @returns {Goal} */
  function searchGoal(q) {
    const label = fill(texts.switcher.search, { q })
    return { key: 'search', label, note: '', face: '', mark: 'search', run: () => search(q) }
  }

  /** @param {Goal | undefined} goal */
  async function go(goal) {
    dialog().close()
    await goal?.run()
  }

  /** Into the room of two. @param {number} user */
  async function direct(user) {
    const { fault, room } = await ask(connection, { type: 'direct', user })
    if (fault) toast(fault)
    else if (room !== boot.room.name) location.assign(addressOf(room))
  }
}

/** @param {Goal} goal @param {number} index @param {number} active */
const drawn = (goal, index, active) => ({
  ...goal,
  id: `goal-${index}`,
  selected: String(index === active),
  isRoom: goal.mark === 'room',
  isLocked: goal.mark === 'lock',
  isArchived: goal.mark === 'archive',
  isNew: goal.mark === 'add',
  isSearch: goal.mark === 'search',
})

/** @param {import('../models/timeline.js').User & {initials?: string}} user */
const wordsOf = ({ name, initials }) => (initials ? [name, initials] : [name])

const dialog = () => /** @type {HTMLDialogElement} */ (byId('switcher'))
