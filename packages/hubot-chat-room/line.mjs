import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'

/** Closed so, it is of no use to come back: signed out, sent away, too many. */
const FOR_GOOD = new Set([4001, 4003, 4004])
const FIRST_MS = 500
const LAST_MS = 30_000

/**
 * A bot's connection to a chat-room, over whatever happens to it: it comes back to where it stood in each room, and
 * sends what was not answered again under the same id, so that nothing is said twice and nothing is lost.
 */
export class Line {
  /** Requests without an answer: cid → { frame, resolve, reject }. */
  #asked = new Map()
  /** Where it stands in each room: { epoch, since }. */
  #places = new Map()
  /** Those that this connection has asked for. */
  #entered = new Set()
  #ws
  #over = false
  #options

  /**
   * @param {object} options
   * @param {string} options.url `http://127.0.0.1:8088`, with the base path if there is one.
   * @param {string} options.token Of `chat-room bot token NAME`.
   * @param {readonly string[]} options.rooms None: every room that the bot is in.
   * @param {(hello: object) => void} options.greeted
   * @param {(event: object, room: object) => void} options.heard A line that is new.
   * @param {(how: 'join' | 'left', users: object[], room: object) => void} options.moved
   * @param {(room: object) => void} options.joined
   * @param {(error: Error) => void} options.failed It will not come back.
   */
  constructor(options) {
    this.#options = options
  }

  /** Begins; called once. */
  start() {
    void this.#live()
  }

  /** Asks, and resolves with the answer; rejects when it is refused for good. */
  ask(frame) {
    const cid = randomUUID()
    return new Promise((resolve, reject) => {
      const asked = { frame: { ...frame, cid }, resolve, reject }
      this.#asked.set(cid, asked)
      this.#send(asked.frame)
    })
  }

  close() {
    this.#over = true
    this.#ws?.close(1000)
  }

  async #live() {
    for (let pause = FIRST_MS; !this.#over; pause = Math.min(2 * pause, LAST_MS)) {
      const { code, reason, greeted } = await this.#connect()
      if (this.#over) return
      if (FOR_GOOD.has(code) || code === 401)
        return this.#options.failed(new Error(`${reason} (${code})`))
      if (greeted) pause = FIRST_MS
      await wait(pause * Math.random())
    }
  }

  /** Resolves when the connection is gone. */
  #connect() {
    const { url, token } = this.#options
    const ws = new WebSocket(
      `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/chat`,
      'chat-room.v1',
      {
        headers: { authorization: `Bearer ${token}` },
        perMessageDeflate: false,
        handshakeTimeout: 10_000,
      },
    )
    this.#ws = ws
    let greeted = false
    ws.on('message', (data) => {
      if (!Buffer.isBuffer(data)) return
      const frame = JSON.parse(data.toString())
      if (frame.type === 'hello') greeted = true
      this.#take(frame)
    })
    return new Promise((resolve) => {
      ws.once('unexpected-response', (_, { statusCode: code }) => {
        ws.terminate()
        resolve({ code, reason: 'the token is wrong, expired or revoked', greeted })
      })
      ws.on('error', () => undefined) // `close` comes after it
      ws.once('close', (code, reason) => resolve({ code, reason: String(reason), greeted }))
    })
  }

  #send(frame) {
    if (this.#ws?.readyState === WebSocket.OPEN) this.#ws.send(JSON.stringify(frame))
  }

  #take(frame) {
    const { greeted, heard, moved } = this.#options
    switch (frame.type) {
      case 'hello':
        greeted(frame)
        this.#entered.clear()
        this.#enter(frame.rooms)
        for (const { frame: again } of this.#asked.values()) this.#send(again)
        return
      case 'rooms':
        return this.#enter(frame.rooms)
      case 'joined':
        return this.#joined(frame)
      case 'ack':
        return this.#settle(frame, ({ resolve }) => resolve(frame))
      case 'nack':
        return this.#refused(frame)
      case 'join':
      case 'left':
        return moved(frame.type, frame.users, this.#places.get(frame.room)?.room ?? {})
      default:
        if (typeof frame.seq === 'number') this.#hear(frame, heard)
    }
  }

  /** Goes into rooms that it is not in yet, or back to where it stood. */
  #enter(rooms) {
    const { rooms: wanted } = this.#options
    for (const room of rooms) {
      if (wanted.length > 0 && !wanted.includes(room.name) && room.kind !== 'direct') continue
      if (this.#entered.has(room.name)) continue
      this.#entered.add(room.name)
      const place = this.#places.get(room.name) ?? {}
      const { epoch, since } = place
      this.#places.set(room.name, { ...place, room })
      const at = since === undefined ? {} : { epoch, since }
      this.#send({ type: 'join', cid: randomUUID(), room: room.name, ...at })
    }
  }

  #joined({ room: name, epoch, head, mode, events }) {
    const place = this.#places.get(name)
    if (!place) return
    const came = place.since === undefined
    const { heard, joined } = this.#options
    place.epoch = epoch
    // What was said before it came is not for it; what it missed is.
    if (mode === 'resume') for (const event of events) this.#hear(event, heard)
    else place.since = head
    if (came) joined(place.room)
  }

  #hear(event, heard) {
    const place = this.#places.get(event.room)
    if (!place || event.seq <= (place.since ?? Infinity)) return
    place.since = event.seq
    if (event.type === 'chat' && !event.recalled) heard(event, place.room)
  }

  #settle({ cid }, settle) {
    const asked = this.#asked.get(cid)
    if (this.#asked.delete(cid)) settle(asked)
  }

  /** Too fast, too busy: the same again in a while; anything else is final. */
  #refused(nack) {
    const asked = this.#asked.get(nack.cid)
    if (!asked) return
    if (nack.retry) {
      const again = () => this.#asked.has(nack.cid) && this.#send(asked.frame)
      setTimeout(again, nack.retry_after_ms ?? 1_000).unref()
      return
    }
    this.#settle(nack, ({ reject }) =>
      reject(Object.assign(new Error(nack.data), { code: nack.code })),
    )
  }
}
