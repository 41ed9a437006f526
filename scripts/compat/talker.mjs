import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 15_000

/** Somebody in the lobby, who talks with bots and waits for what they say. */
export class Talker {
  /** Frames that were not waited for yet. */
  #heard = []
  #wake = () => undefined
  #ws
  #user

  /** @param {{ cookie: string, user: { id: number } }} visitor */
  static async enters(url, { cookie, user }) {
    const talker = new Talker()
    talker.#user = user
    talker.#ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
      headers: { cookie },
    })
    talker.#ws.on('message', (text) => {
      talker.#heard.push(JSON.parse(String(text)))
      talker.#wake()
    })
    await talker.meets((frame) => frame.type === 'hello', 'greeted')
    await talker.joins('lobby')
    return talker
  }

  get id() {
    return this.#user.id
  }

  async joins(room) {
    this.#send({ type: 'join', room })
    return this.meets((frame) => frame.type === 'joined' && frame.room === room, `let into ${room}`)
  }

  says(data, more = {}) {
    this.#send({ type: 'chat', room: 'lobby', data, ...more })
  }

  /** Asks for something. @returns the ack. @throws {Error} with the code of a nack. */
  async asks(frame) {
    const cid = this.#send({ room: 'lobby', ...frame })
    const answer = await this.meets(
      (one) => one.cid === cid && ['ack', 'nack'].includes(one.type),
      'answered',
    )
    if (answer.type === 'nack') throw new Error(answer.code)
    return answer
  }

  /** The next line that matches, and what came before it is gone. @throws {Error} after a while. */
  hears(pattern) {
    return this.meets((frame) => frame.type === 'chat' && pattern.test(frame.data), `${pattern}`)
  }

  /** The next frame that fits, and what came before it is gone. @throws {Error} after a while. */
  async meets(fits, what) {
    const end = Date.now() + PATIENCE_MS
    for (;;) {
      const at = this.#heard.findIndex((frame) => fits(frame))
      if (at !== -1) return this.#heard.splice(0, at + 1).at(-1)
      const left = end - Date.now()
      const said = this.#heard.filter(({ type }) => type === 'chat').map(({ data }) => data)
      if (left <= 0) throw new Error(`waited for ${what} in vain; heard: ${said.join(' / ')}`)
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
    const cid = randomUUID()
    this.#ws.send(JSON.stringify({ cid, ...frame }))
    return cid
  }
}
