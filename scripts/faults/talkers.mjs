import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { signIn } from '../program.mjs'

/** So long a line may wait for its ack before it counts as lost, in milliseconds. */
const PATIENCE_MS = 10_000

/** People in the lobby who talk one after the other, and how long each line waits for its ack. */
export class Talkers {
  /** Lines that were never acknowledged. */
  lost = 0
  #people
  #said = 0

  /** @param {string} url @param {number} count */
  static async enter(url, count) {
    const talkers = new Talkers()
    talkers.#people = await Promise.all(
      Array.from({ length: count }, (_, index) => enter(url, `talker ${index}`)),
    )
    return talkers
  }

  /** @returns {Promise<number[]>} milliseconds from sending a line to its ack, a line each. */
  async talk({ rate, seconds }) {
    const waits = []
    const begun = performance.now()
    let said = 0
    for (const end = begun + seconds * 1_000; performance.now() < end; await wait(2)) {
      const due = ((performance.now() - begun) / 1_000) * rate
      for (; said < due; said++) this.#say((ms) => waits.push(ms))
    }
    const patience = performance.now() + PATIENCE_MS
    while (waits.length < said && performance.now() < patience) await wait(5)
    this.lost += said - waits.length
    return waits
  }

  /** Resolves when each of so many lines that leave at once is acknowledged. */
  async sayAtOnce(count) {
    const said = Array.from({ length: count }, () => new Promise((done) => this.#say(done)))
    await Promise.all(said)
  }

  close() {
    for (const { ws } of this.#people) ws.terminate()
  }

  #say(done) {
    const person = this.#people[this.#said % this.#people.length]
    const cid = `talk-${(this.#said += 1)}-00000000`
    const sent = performance.now()
    person.waiting.set(cid, () => done(performance.now() - sent))
    person.ws.send(JSON.stringify({ type: 'chat', cid, room: 'lobby', data: `line ${cid}` }))
  }
}

async function enter(url, name) {
  const { cookie } = await signIn(url, name)
  const ws = new WebSocket(`${url.replace('http', 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  await once(ws, 'open')
  const waiting = new Map()
  /** @param {Buffer} data */
  const hear = (data) => {
    const text = data.toString('utf8')
    if (!text.startsWith('{"type":"ack"')) return // what others say need not be understood
    const { cid } = JSON.parse(text)
    waiting.get(cid)?.()
    waiting.delete(cid)
  }
  ws.on('message', hear)
  ws.send(JSON.stringify({ type: 'join', cid: 'join-00000000', room: 'lobby' }))
  return { ws, waiting }
}
