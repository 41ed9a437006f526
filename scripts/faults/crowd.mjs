import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import { WebSocket } from 'ws'
import { signIn } from '../program.mjs'
import { until } from './talk.mjs'

/** So many sign in, or connect, at the same time. */
const AT_ONCE = 50
/** A refused line is sent again after this long, if nothing else was said. */
const AGAIN_MS = 1_000

/**
 * Thousands of people in rooms, as light as they can be: of what a person hears the number is looked at, and whether
 * all agree what it means. For histories of few there is the checker.
 */
export class Crowd {
  people = []
  /** How long lines waited for their acks, and until each person heard them, in milliseconds. */
  acks = []
  deliveries = []
  faults = { lost: 0, twice: 0, gaps: 0, disagree: 0, closed: 0 }
  retries = 0
  /** cid → when it was sent; cid → line that has no answer yet; room → cid by number; cid → where it was acknowledged. */
  sent = new Map()
  waiting = new Map()
  meant = new Map()
  acked = new Map()
  said = 0

  /** @param {{ url: string, people: number, rooms: string[] }} options Person after person to room after room. */
  static async enter({ url, people, rooms }) {
    const crowd = new Crowd()
    for (const room of rooms) crowd.meant.set(room, [])
    for (let first = 0; first < people; first += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, people - first) }, (_, n) => first + n)
      const entered = some.map((n) => Person.enter(crowd, url, n, rooms[n % rooms.length]))
      crowd.people.push(...(await Promise.all(entered)))
    }
    await until(() => crowd.people.every(({ here }) => here), 'all are in their rooms', 60_000)
    return crowd
  }

  /** Somebody says something at the given rate, whoever's turn it is. */
  async talk({ rate, seconds }) {
    const begun = performance.now()
    let due = 0
    for (const end = begun + seconds * 1_000; performance.now() < end; await wait(2)) {
      for (; due < ((performance.now() - begun) / 1_000) * rate; due++) this.say()
    }
  }

  say(person = this.people[this.said % this.people.length]) {
    const cid = `crowd-${(this.said += 1)}-00000000`
    this.sent.set(cid, performance.now())
    this.waiting.set(cid, { person, data: `line ${this.said}` })
    person.send(cid)
  }

  /** All come back, from a hundred at a time on. @returns milliseconds until all stand where they left. */
  async allBack() {
    const begun = performance.now()
    for (const person of this.people) person.drop()
    await until(() => this.people.every(({ here }) => here), 'all are back', 120_000)
    return performance.now() - begun
  }

  /** Resolves when all is answered, and everybody heard all; else what is missing is counted. */
  async settle(within = 60_000) {
    await until(() => this.waiting.size === 0, 'all is answered', within).catch(() => {})
    const heads = () => this.people.every(({ room, at }) => at >= this.meant.get(room).length)
    await until(heads, 'everybody heard all', within).catch(() => {})
    this.faults.lost += this.waiting.size
    for (const { room, at } of this.people) if (at < this.meant.get(room).length) this.faults.gaps++
    for (const [cid, { room, seq }] of this.acked)
      if (this.meant.get(room)[seq - 1] !== cid) this.faults.lost++
  }

  /** @returns how many lines the file holds, each once. */
  stored(file) {
    const database = new DatabaseSync(file, { readOnly: true })
    const { lines, requests } = database
      .prepare(
        `select count(*) as lines, count(distinct user_id || ' ' || cid) as requests
         from events where type = 'chat'`,
      )
      .get()
    database.close()
    this.faults.twice += lines - requests
    return lines
  }

  get whole() {
    return Object.values(this.faults).every((count) => count === 0)
  }

  close() {
    for (const person of this.people) person.close()
  }
}

class Person {
  here = false
  at = 0
  #epoch
  #mark
  #over = false
  #wanted = false

  static async enter(crowd, url, n, room) {
    const person = new Person()
    Object.assign(person, { crowd, url, room })
    person.cookie = (await signIn(url, `person ${n}`)).cookie
    await person.#connect()
    return person
  }

  send(cid) {
    const line = this.crowd.waiting.get(cid)
    if (!line || !this.here) return // it is sent when the person is back
    const { data } = line
    this.ws.send(JSON.stringify({ type: 'chat', cid, room: this.room, data }))
  }

  drop() {
    this.here = false
    this.#wanted = true
    this.ws.terminate()
  }

  close() {
    this.#over = true
    this.ws.terminate()
  }

  async #connect() {
    const ws = new WebSocket(`${this.url.replace(/^http/, 'ws')}/chat`, 'chat-room.v1', {
      headers: { cookie: this.cookie },
      perMessageDeflate: false,
    })
    this.ws = ws
    ws.on('error', () => {}) // 'close' follows
    ws.on('message', (/** @type {Buffer} */ data) => this.#take(data))
    ws.on('close', () => void this.#gone())
    await Promise.race([once(ws, 'open'), once(ws, 'close')])
    if (ws.readyState !== ws.OPEN) return
    const position = { epoch: this.#epoch, since: this.#epoch && this.at, mark: this.#mark }
    ws.send(JSON.stringify({ type: 'join', cid: 'come-in-00', room: this.room, ...position }))
  }

  async #gone() {
    this.here = false
    if (this.#over) return
    if (!this.#wanted) this.crowd.faults.closed++
    this.#wanted = false
    await wait(Math.random() * 500)
    if (!this.#over) await this.#connect()
  }

  #take(data) {
    const start = data.toString('latin1', 0, 16)
    if (start.startsWith('{"type":"typing') || start.startsWith('{"type":"presenc')) return
    const frame = JSON.parse(data)
    if (frame.type === 'joined') this.#stand(frame)
    else if (frame.type === 'ack') this.#granted(frame)
    else if (frame.type === 'nack') this.#refused(frame)
    else if (frame.seq !== undefined && frame.room === this.room) this.#hearNow(frame)
  }

  #stand({ mode, epoch, head, events }) {
    if (mode !== 'resume') this.at = head
    this.#epoch = epoch
    this.#mark ??= events.at(-1)?.at
    if (mode === 'resume') for (const event of events) this.#hear(event)
    this.here = true
    for (const [cid, { person }] of this.crowd.waiting) if (person === this) this.send(cid)
  }

  #hearNow(frame) {
    this.crowd.deliveries.push(performance.now() - this.crowd.sent.get(frame.cid))
    this.#hear(frame)
  }

  #hear({ seq, cid, at }) {
    const { faults, meant } = this.crowd
    if (seq <= this.at) return void faults.twice++
    if (seq > this.at + 1) faults.gaps++
    this.at = seq
    this.#mark = at
    const known = meant.get(this.room)
    known[seq - 1] ??= cid
    if (known[seq - 1] !== cid) faults.disagree++
  }

  #granted({ cid, seq }) {
    if (!this.crowd.waiting.delete(cid)) return
    this.crowd.acks.push(performance.now() - this.crowd.sent.get(cid))
    this.crowd.acked.set(cid, { room: this.room, seq })
  }

  #refused({ cid, retry, retry_after_ms: after = AGAIN_MS }) {
    if (cid === 'come-in-00') return this.drop()
    this.crowd.retries++
    if (!retry) return void this.crowd.faults.lost++
    setTimeout(() => this.send(cid), after).unref()
  }
}
