/** @typedef {import('./outbox.js').KeyValues} KeyValues */

/** What is being written in a room, kept so that a reload does not lose it. */
export class Draft {
  #storage
  #key

  /** @param {{storage: KeyValues | undefined, server: string, room: string}} options */
  constructor({ storage, server, room }) {
    this.#storage = storage
    this.#key = `chat-room/draft/${server}/${encodeURIComponent(room)}`
  }

  get text() {
    return this.#storage?.getItem(this.#key) ?? ''
  }

  /** @param {string} text @returns {boolean} The browser kept it. */
  keep(text) {
    try {
      if (text) this.#storage?.setItem(this.#key, text)
      else this.#storage?.removeItem(this.#key)
      return this.#storage !== undefined
    } catch {
      return false
    }
  }
}
