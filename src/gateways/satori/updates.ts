import { randomUUID } from 'node:crypto'
import type { Port } from '../../bots/port.js'

interface Update {
  text: string
  over: Promise<void>
}

/**
 * Edits of a bot's own lines, of which the newest wins: a program that streams an answer by editing it sends more than
 * a bot may say, and what nobody would have seen is left out. Its last word always arrives.
 */
export class Updates {
  readonly #bot: string
  readonly #port: Port
  readonly #pending = new Map<string, Update>()

  constructor(bot: string, port: Port) {
    this.#bot = bot
    this.#port = port
  }

  /** Resolves when this text, or a newer one of the same line, is durable. @throws as {@link Port.edit}. */
  update(room: string, seq: number, text: string): Promise<void> {
    const key = `${room}.${seq}`
    const pending = this.#pending.get(key)
    if (pending) {
      pending.text = text
      return pending.over
    }
    const update: Update = { text, over: Promise.resolve() }
    update.over = this.#write(room, seq, update).finally(() => this.#pending.delete(key))
    this.#pending.set(key, update)
    return update.over
  }

  async #write(room: string, seq: number, update: Update): Promise<void> {
    for (let written: string | undefined; written !== update.text;) {
      written = update.text
      await this.#port.edit(this.#bot, { room, seq, text: written, key: randomUUID() })
    }
  }
}
