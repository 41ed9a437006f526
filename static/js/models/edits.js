import { newCid } from './cid.js'
import { isPiece } from './drafts.js'
import { keysOf } from './kept.js'

/**
 * @typedef {import('./drafts.js').Aim} Aim
 * @typedef {{cid: string, aim: Aim, text: string}} Edit On the wire, under its cid: sent again, it is still one.
 */

/**
 * Edits of which nobody knows yet what became of them: kept in the browser until they are answered, so that a page that
 * goes meanwhile does not take their text with it. A key an edit, as with lines: two tabs do not write over each other.
 */
export class Edits {
  #storage
  #start
  #room
  #left

  /** @param {{storage: import('./outbox.js').KeyValues | undefined, server: string, room: string}} options */
  constructor({ storage, server, room }) {
    this.#storage = storage
    this.#start = `chat-room/edits/${server}/`
    this.#room = room
    this.#left = keysOf(storage)
      .filter((key) => key.startsWith(this.#start))
      .flatMap((key) => this.#read(key) ?? [])
  }

  /** It is about to be sent. @param {Aim} aim @param {string} text @returns {Edit} */
  add(aim, text) {
    const cid = newCid()
    try {
      const kept = { room: this.#room, text, aim }
      this.#storage?.setItem(this.#start + cid, JSON.stringify(kept))
    } catch {
      // full, or forbidden by the browser: the page says so of what is written
    }
    return { cid, aim, text }
  }

  /** It is stored, or its text is kept elsewhere again. @param {Pick<Edit, 'cid'>} edit */
  done({ cid }) {
    this.#storage?.removeItem(this.#start + cid)
  }

  /** Those of this room that a page before this one, or another tab, did not see answered: once. @returns {Edit[]} */
  left() {
    return this.#left.splice(0)
  }

  /** @param {string} key @returns {Edit | undefined} */
  #read(key) {
    try {
      const { room, ...piece } = JSON.parse(this.#storage?.getItem(key) ?? '')
      if (room !== this.#room || !isPiece(piece) || !piece.aim) return undefined
      return { cid: key.slice(this.#start.length), aim: piece.aim, text: piece.text }
    } catch {
      return undefined
    }
  }
}
