import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import { signIn } from '../program.mjs'

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 15_000

/** Somebody in the lobby, who talks with bots and waits for what they say. */
export class Talker {
  /** Lines of others that were not waited for yet. */
  #heard = []
  #wake = () => undefined
  #ws

  static async enters(url, name) {
    const { cookie } = await signIn(url, name)
    const talker = new Talker()
    talker.#ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
      headers: { cookie },
    })
    const joined = new Promise((resolve) => {
      talker.#ws.on('message', (text) => {
        const frame = JSON.parse(String(text))
        if (frame.type === 'hello') talker.#send({ type: 'join', room: 'lobby' })
        else if (frame.type === 'joined') resolve()
        else if (frame.type === 'chat') {
          talker.#heard.push(frame)
          talker.#wake()
        }
      })
    })
    await joined
    return talker
  }

  says(data, more = {}) {
    this.#send({ type: 'chat', room: 'lobby', data, ...more })
  }

  /** The next line that matches, and what came before it is gone. @throws {Error} after a while. */
  async hears(pattern) {
    const end = Date.now() + PATIENCE_MS
    for (;;) {
      const at = this.#heard.findIndex(({ data }) => pattern.test(data))
      if (at !== -1) return this.#heard.splice(0, at + 1).at(-1)
      const left = end - Date.now()
      const said = this.#heard.map(({ data }) => data).join(' | ')
      if (left <= 0) throw new Error(`nobody said ${pattern}; but: ${said}`)
      await new Promise((resolve) => {
        const late = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(late)
          resolve()
        }
      })
    }
  }

  async close() {
    this.#ws.terminate()
  }

  #send(frame) {
    this.#ws.send(JSON.stringify({ cid: randomUUID(), ...frame }))
  }
}
