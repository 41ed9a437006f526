import { Alpine } from '../alpine.js'
import { byId } from '../components/dom.js'
import { plainText } from '../models/plain-text.js'
import { askHere } from './ask.js'
import { face } from './faces.js'
import { toast } from './toast.js'
import { shows } from './waking.js'

/**
 * The pinned messages of the room, in a dialog.
 * @param {{connection: import('../socket.js').Connection, jump: (seq: number) => unknown,
 *   unpin: (seq: number) => Promise<void>, mayUnpin: () => boolean, time: (at: number) => string}} room
 */
export function pins({ connection, jump, unpin, mayUnpin, time }) {
  Alpine.store('pins', {
    /** @type {{seq: number, name: string, face: string, time: string, text: string}[]} */
    list: [],
    none: false,
    /** Something is pinned in this room. */
    some: false,
    get cls() {
      return { 'top__pins--some': this.some }
    },
    mayUnpin: false,
    open: () => void open(),
    /** @param {Event} event */
    jump(event) {
      dialog().close()
      void jump(seqOf(event))
    },
    /** @param {Event} event */
    unpin: (event) => void unpin(seqOf(event)).then(fetchThem),
  })
  const view = Alpine.store('pins')
  /** Numbers of what is pinned. @type {Set<number>} */
  let pinned = new Set()
  return {
    open: () => void open(),
    /** @param {number} seq */
    has: (seq) => pinned.has(seq),
    /** @param {readonly number[] | undefined} numbers As `joined` tells them; of a resumed room it does not. */
    joined(numbers) {
      if (numbers) keep(new Set(numbers))
    },
    /** @param {{message?: number, on?: boolean}} event A `pin`. */
    heard({ message = 0, on }) {
      if (on) keep(new Set([...pinned, message]))
      else keep(new Set([...pinned].filter((seq) => seq !== message)))
    },
  }

  /** @param {Set<number>} numbers */
  function keep(numbers) {
    pinned = numbers
    view.some = pinned.size > 0
  }

  async function open() {
    if (await fetchThem()) shows(dialog())
  }

  /** @returns {Promise<boolean>} They came. */
  async function fetchThem() {
    const { fault, events } = await askHere(connection, { type: 'pins' })
    if (fault) {
      toast(fault)
      return false
    }
    view.list = events.map(card)
    view.none = view.list.length === 0
    keep(new Set(view.list.map(({ seq }) => seq)))
    view.mayUnpin = mayUnpin()
    return true
  }

  /** @param {import('../models/timeline.js').Item} item */
  function card({ seq, user, at, data }) {
    return { seq, ...face(user), time: time(at), text: plainText(data) }
  }
}

/** @param {Event} event */
const seqOf = ({ currentTarget }) =>
  Number(currentTarget instanceof HTMLElement ? currentTarget.dataset.seq : 0)

const dialog = () => /** @type {HTMLDialogElement} */ (byId('pins'))
