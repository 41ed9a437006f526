import { Alpine } from '@alpinejs/csp'
import { byId } from '../components/dom.js'
import { boot, face, texts } from './boot.js'
import { toast } from './toast.js'

/**
 * The pinned messages of the room, in a dialog.
 * @param {{connection: import('../socket.js').Connection, jump: (seq: number) => unknown,
 *   unpin: (seq: number) => Promise<void>, mayUnpin: () => boolean, time: (at: number) => string}} room
 */
export function pins({ connection, jump, unpin, mayUnpin, time }) {
  Alpine.store('pins', {
    /** @type {{seq: number, name: string, src: string, time: string, text: string}[]} */
    list: [],
    none: false,
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
  return { open: () => void open() }

  async function open() {
    if (await fetchThem()) dialog().showModal()
  }

  /** @returns {Promise<boolean>} They came. */
  async function fetchThem() {
    const frame = { type: 'pins', room: boot.room.name }
    const answer = await connection.request(frame).catch((nack) => {
      toast(nack.data ?? texts.bar.noLine)
    })
    if (!answer) return false
    view.list = answer.events.map(card)
    view.none = view.list.length === 0
    view.mayUnpin = mayUnpin()
    return true
  }

  /** @param {import('../models/timeline.js').Item} item */
  function card({ seq, user, at, data }) {
    return { seq, ...face(user), time: time(at), text: data }
  }
}

/** @param {Event} event */
const seqOf = ({ currentTarget }) =>
  Number(currentTarget instanceof HTMLElement ? currentTarget.dataset.seq : 0)

const dialog = () => /** @type {HTMLDialogElement} */ (byId('pins'))
