import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { signIn } from '../program.mjs'

/** A client that hears nothing for so long takes its line for dead. */
const SILENCE_MS = 40_000

/**
 * A client that keeps the client rules of the protocol whatever happens to the server: it comes back to
 * where it stood, and sends what was not acknowledged again under the same cid, in order. What it does and
 * hears goes into the history of the run.
 */
export class Client {
  /** Requests that left or wait to leave, and have no final answer: cid → frame. */
  outbox = new Map()
  /** Where it stands: { epoch, at, mark }. */
  place
  acked = 0
  resent = 0
  #record
  #url
  #cookie
  #ws
  #joined = false
  /** cid of the request to come in. */
  #joining
  #over = false
  #invoked = new Set()
  /** What it asked and was not told yet. */
  #question
  #running

  /** @param {string} [through] The address to connect to, if another one leads there. */
  static async signIn(url, name, record, through = url) {
    const { user, cookie } = await signIn(url, name)
    const client = new Client()
    client.name = name
    client.user = user
    client.#url = through
    client.#cookie = cookie
    client.#record = record
    client.#running = client.#live()
    return client
  }

  /** Whether it is in the room on a connection that is open. */
  get here() {
    return this.#joined
  }

  says(data) {
    const cid = randomUUID()
    const frame = { type: 'chat', cid, room: 'lobby', data }
    this.outbox.set(cid, frame)
    if (this.#joined) this.#send(frame)
  }

  /** Its connection breaks, so that the answer to what it just said may be lost on the way. */
  drop() {
    this.#ws?.terminate()
  }

  /** Reads nothing any more, as a page in a laptop that sleeps. */
  sleep() {
    this.#ws?.pause()
  }

  wakeUp() {
    this.#ws?.resume()
  }

  /** Every event of the room so far, read page by page. */
  async wholeLog() {
    const log = []
    for (let more = true; more;) {
      const after = log.at(-1)?.seq ?? 0
      const page = await this.#ask({ type: 'history', room: 'lobby', after, limit: 200 })
      log.push(...page.events.map(seen))
      more = page.more
    }
    return log
  }

  /** Tells the history where it stands at the end. */
  recordPlace() {
    this.#record({ step: 'stands', client: this.name, room: 'lobby', at: this.place?.at ?? 0 })
  }

  async close() {
    this.#over = true
    this.#ws?.terminate()
    await this.#running
  }

  /** Connection after connection, until it is closed. */
  async #live() {
    while (!this.#over) {
      await this.#connection()
      this.#joined = false
      if (!this.#over) await wait(10 + Math.random() * 90)
    }
  }

  /** Resolves when the connection is gone. */
  #connection() {
    return new Promise((resolve) => {
      const ws = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/chat`, 'chat-room.v1', {
        headers: { cookie: this.#cookie },
        perMessageDeflate: false,
      })
      this.#ws = ws
      const silence = setTimeout(() => ws.terminate(), SILENCE_MS)
      ws.on('error', () => {}) // 'close' follows
      ws.on('close', () => {
        clearTimeout(silence)
        resolve()
      })
      ws.on('open', () => this.#join())
      ws.on('message', (/** @type {Buffer} */ data) => {
        silence.refresh()
        this.#take(JSON.parse(data.toString()))
      })
    })
  }

  #join() {
    const { epoch, at, mark } = this.place ?? {}
    const position = { epoch, since: at, mark }
    this.#joining = randomUUID()
    this.#ws.send(JSON.stringify({ type: 'join', cid: this.#joining, room: 'lobby', ...position }))
  }

  #take(frame) {
    if (frame.type === 'joined') this.#stand(frame)
    else if (frame.seq !== undefined && frame.type !== 'ack') this.#hear(frame)
    else if (frame.type === 'ack') this.#granted(frame)
    else if (frame.type === 'nack') this.#refused(frame)
  }

  #stand({ mode, epoch, head, events }) {
    const resumed = mode === 'resume' && this.place !== undefined
    if (!resumed) this.place = { epoch, at: head, mark: events.at(-1)?.at }
    this.#record({ step: 'enter', client: this.name, room: 'lobby', epoch, at: this.place.at })
    if (resumed) events.forEach((event) => this.#hear(event))
    this.#joined = true
    for (const frame of this.outbox.values()) this.#send(frame)
    if (this.#question) this.#put(this.#question)
  }

  #hear(event) {
    this.#record({ step: 'event', client: this.name, room: 'lobby', ...seen(event) })
    if (event.seq !== this.place.at + 1) return // the checker complains; it asks anew when it comes back
    this.place.at = event.seq
    this.place.mark = event.at
  }

  #send(frame) {
    const { cid, room } = frame
    if (this.#invoked.has(cid)) this.resent++
    else this.#record({ step: 'invoke', client: this.name, author: this.user.id, room, cid })
    this.#invoked.add(cid)
    this.#ws.send(JSON.stringify(frame))
  }

  #granted(frame) {
    if (frame.cid === this.#question?.frame.cid) return this.#question.answered(frame)
    if (!this.outbox.delete(frame.cid)) return
    this.acked++
    this.#record({ step: 'ok', ...this.#request(frame.cid), seq: frame.seq })
  }

  #refused({ cid, retry, retry_after_ms: after = 100 }) {
    if (cid === this.#joining) return this.drop() // it could not come in: once more
    const question = this.#question
    if (cid === question?.frame.cid) {
      if (!retry) return question.refused(new Error('what was said was not to be read'))
      return void setTimeout(() => this.#put(question), after)
    }
    if (!this.outbox.has(cid)) return // of a copy: another one was kept
    this.#record({ step: retry ? 'retry' : 'fail', ...this.#request(cid) })
    if (!retry) return this.outbox.delete(cid)
    setTimeout(() => {
      const frame = this.outbox.get(cid)
      if (frame && this.#joined) this.#send(frame)
    }, after).unref()
  }

  #request(cid) {
    return { author: this.user.id, room: 'lobby', cid }
  }

  /** Asks again whenever it was put off or the connection has changed. */
  async #ask(question) {
    const frame = { ...question, cid: randomUUID() }
    const answer = new Promise((answered, refused) => {
      this.#question = { frame, answered, refused }
    })
    this.#put(this.#question)
    const page = await answer
    this.#question = undefined
    return page
  }

  #put({ frame }) {
    if (this.#joined) this.#ws.send(JSON.stringify(frame))
  }
}

const seen = ({ seq, cid, at, user }) => ({ seq, cid, at, author: user.id })
