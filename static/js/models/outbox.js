import { serverNow } from '../server-time.js'
import { newCid } from './cid.js'
import { keysOf } from './kept.js'

/**
 * @typedef {{cid: string, room: string, data: string, at: number, n: number,
 *   state: 'waiting' | 'sending' | 'sent' | 'failed', fault?: string, seq?: number, reply?: Reply, unsure?: boolean}} Line
 *   `unsure`: it went out, and may be stored though nothing says so.
 * @typedef {{seq: number, user: {name: string}, data: string, recalled?: true}} Reply What it answers.
 * @typedef {{seq?: number}} Ack Without a number it was a command: nothing of it stays in the room.
 * @typedef {{code: string, data: string, retry: boolean, retry_after_ms?: number}} Nack
 * @typedef {{getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void,
 *   key(index: number): string | null, readonly length: number}} KeyValues
 */

/** A refusal that passes is tried again after this long at first and at most, in milliseconds. */
const RETRY_MS = 1000
const RETRY_MAX_MS = 30_000
/** After so many tries in a row the person decides. */
const TRIES = 8
/** What is put off for these reasons the server did not look for: whether it was stored before is as unknown as it was. */
const UNSEEN = new Set(['overloaded', 'draining'])
/** Lines typed before the server named its epoch. They were never sent. */
const FRESH = 'new'

/**
 * Own lines from the key press to the event that everybody got: one at a time and in order, each under its cid,
 * which makes sending it again harmless. Kept in the browser under (server, user, epoch), a key a line, so that
 * two tabs do not write over each other.
 */
export class Outbox {
  /** Of this room, in the order they were written. @type {Line[]} */
  lines = []
  /** The browser keeps what is written; false when its storage is full or forbidden. */
  kept = true

  #storage
  #server
  #user
  #room
  #send
  #changed
  #takeBack
  #epoch = FRESH
  #connected = false
  #busy = false
  #tries = 0
  #count = 0
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer

  /**
   * @param {{storage: KeyValues | undefined, server: string, user: number, room: string,
   *   send: (line: Line) => Promise<Ack>, changed: () => void, takeBack?: (line: Line) => boolean}} options `send` rejects with a {@link Nack}, or with
   *   anything else when the connection went: then the line waits for the next one. `takeBack` is offered what was
   *   refused for good; where it has no place for it, the line stays, with the reason.
   */
  constructor({ storage, server, user, room, send, changed, takeBack = () => false }) {
    this.#storage = storage
    this.#server = server
    this.#user = user
    this.#room = room
    this.#send = send
    this.#changed = changed
    this.#takeBack = takeBack
    this.kept = storage !== undefined
    this.lines = this.#read((place) => place === this.#place).map(({ line }) => line)
  }

  /**
   * The server named its epoch. Lines of it are taken up again; lines of another user or epoch may or may not have
   * been stored there: they are handed back, and nothing of them is sent by itself.
   * @param {string} epoch
   * @returns {Line[]} What goes back to the composer.
   */
  bind(epoch) {
    if (epoch === this.#epoch) return []

    const unsure = this.#epoch === FRESH ? [] : this.lines.filter(({ state }) => state !== 'sent')
    const fresh = this.#epoch === FRESH ? this.lines : []
    for (const line of [...unsure, ...fresh]) this.#forget(line)

    this.#epoch = epoch
    const strangers = this.#read((place) => place !== this.#place && !place.endsWith(`/${FRESH}`))
    for (const { key } of strangers) this.#remove(key)

    const mine = this.#read((place) => place === this.#place)
    this.lines = [...mine.map(({ line }) => line), ...fresh]
    for (const line of fresh) this.#keep(line)
    const back = [...strangers.map(({ line }) => line), ...unsure]
    this.#changed()
    return back
  }

  /** @param {string} data @param {number} at Milliseconds. @param {Reply} [reply] @returns {Line} */
  add(data, at, reply) {
    return this.#append({ data, reply }, at)
  }

  /** @param {{data: string, reply?: Reply | undefined, cid?: string, unsure?: boolean}} what @param {number} at @returns {Line} */
  #append({ reply, ...what }, at) {
    this.#count += 1
    /** @type {Line} */
    const line = {
      cid: newCid(),
      room: this.#room,
      ...what,
      at,
      // Behind the last one, even if the clock was put back between them.
      n: Math.max(at * 1000 + (this.#count % 1000), (this.lines.at(-1)?.n ?? 0) + 1),
      state: 'waiting',
      ...(reply && { reply: { seq: reply.seq, user: reply.user, data: reply.data } }),
    }
    this.lines.push(line)
    this.#keep(line)
    this.#changed()
    void this.#pump()
    return line
  }

  /** The room can be written to: what waits is sent. */
  connected() {
    this.#connected = true
    this.#tries = 0
    this.#rest()
    void this.#pump()
  }

  /** The room keeps another pace: what waits for its turn is tried now. */
  again() {
    this.#rest()
    void this.#pump()
  }

  disconnected() {
    this.#connected = false
    this.#rest()
    for (const line of this.lines) if (line.state === 'sending') line.state = 'waiting'
    this.#changed()
  }

  /**
   * The page stands at this number: what was acknowledged up to it is in the timeline.
   * @param {number} seq @param {ReadonlySet<string | undefined>} [cids] Own lines that were heard just now.
   */
  settle(seq, cids = new Set()) {
    const done = this.lines.filter(
      (line) => cids.has(line.cid) || (line.seq !== undefined && line.seq <= seq),
    )
    for (const line of done) this.#drop(line)
    if (done.length > 0) this.#changed()
  }

  /** Tries a failed line again, under a new cid; under its own where it may be stored after all. @param {string} cid */
  retry(cid) {
    const line = this.#failed(cid)
    if (!line) return
    this.#drop(line)
    const { data, reply, unsure } = line
    this.#append({ data, reply, ...(unsure && { cid, unsure }) }, serverNow())
  }

  /** Takes an unsent line out. @param {string} cid @param {{sure?: boolean}} [how] `sure`: only if it cannot be stored. @returns {Line | undefined} */
  take(cid, { sure = false } = {}) {
    const line = this.#failed(cid)
    if (!line || (sure && line.unsure)) return undefined
    this.#drop(line)
    this.#changed()
    return line
  }

  /** It was taken out, and nothing came of it. @param {Line} line */
  putBack(line) {
    this.lines = [...this.lines, line].sort((a, b) => a.n - b.n)
    this.#keep(line)
    this.#changed()
    void this.#pump()
  }

  /** How many wait for a connection. */
  get waiting() {
    return this.lines.filter((line) => line.state === 'waiting').length
  }

  close() {
    this.#connected = false
    this.#rest()
  }

  #rest() {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  async #pump() {
    if (this.#busy || this.#timer || !this.#connected) return
    const line = this.lines.find(({ state }) => state === 'waiting')
    if (!line) return

    this.#busy = true
    const { unsure = false } = line
    line.state = 'sending'
    line.unsure = true
    this.#keep(line)
    this.#changed()
    const wait = await this.#send(line).then(
      (ack) => this.#acked(line, ack),
      (error) => this.#refused(line, error, unsure),
    )
    this.#busy = false
    this.#changed()
    if (wait === 0) return this.#pump()
    if (!this.#connected) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#pump()
    }, wait)
  }

  /** @param {Line} line @param {Ack} ack @returns {number} How long the next one waits. */
  #acked(line, ack) {
    this.#tries = 0
    line.state = 'sent'
    delete line.fault
    if (ack.seq === undefined) this.#drop(line)
    else line.seq = ack.seq
    this.#forget(line)
    return 0
  }

  /** @param {Line} line @param {unknown} error @param {boolean} unsure As it was before. */
  #refused(line, error, unsure) {
    if (!isNack(error)) {
      if (line.state === 'sending') line.state = 'waiting'
      return this.#connected ? RETRY_MS : 0
    }

    line.unsure = error.code === 'unknown' || (UNSEEN.has(error.code) && unsure)
    // Of slow mode the room tells, with how long it still takes.
    if (error.code === 'slow_mode') delete line.fault
    else line.fault = error.data
    this.#tries += 1
    if (error.retry && this.#tries < TRIES) {
      line.state = 'waiting'
      this.#keep(line)
      return error.retry_after_ms ?? Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** this.#tries)
    }
    this.#tries = 0
    if (!error.retry && this.#takeBack(line)) {
      this.#drop(line)
      return 0
    }
    line.state = 'failed'
    this.#keep(line)
    return 0
  }

  /** @param {string} cid */
  #failed(cid) {
    return this.lines.find(
      (line) => line.cid === cid && (line.state === 'failed' || line.state === 'waiting'),
    )
  }

  /** @param {Line} line */
  #drop(line) {
    this.lines = this.lines.filter((one) => one !== line)
    this.#forget(line)
  }

  /** Where this page's lines lie. */
  get #place() {
    return `${this.#user}/${encodeURIComponent(this.#epoch)}`
  }

  /** @param {Line} line */
  #key(line) {
    return `${PREFIX}/${this.#server}/${this.#place}/${line.cid}`
  }

  /** @param {Line} line */
  #keep(line) {
    const { room, data, at, n, state, fault, reply, unsure } = line
    const failed = state === 'failed' && { fault: fault ?? '' }
    const kept = { room, data, at, n, reply, ...failed, ...(unsure && { unsure }) }
    try {
      this.#storage?.setItem(this.#key(line), JSON.stringify(kept))
    } catch {
      this.kept = false // full, or forbidden by the browser: the page says so
    }
  }

  /** @param {Line} line */
  #forget(line) {
    this.#remove(this.#key(line))
  }

  /** @param {string} key */
  #remove(key) {
    try {
      this.#storage?.removeItem(key)
    } catch {
      this.kept = false
    }
  }

  /**
   * Lines of this room on this server, oldest first.
   * @param {(place: string) => boolean} wanted @returns {{key: string, line: Line}[]}
   */
  #read(wanted) {
    const start = `${PREFIX}/${this.#server}/`
    /** @type {{key: string, line: Line}[]} */
    const found = []
    for (const key of keysOf(this.#storage)) {
      const end = key.lastIndexOf('/')
      if (!key.startsWith(start) || !wanted(key.slice(start.length, end))) continue
      const line = parse(this.#storage?.getItem(key), key.slice(end + 1))
      if (line?.room === this.#room) found.push({ key, line })
    }
    // toSorted() is younger than the oldest browser we serve.
    return found.sort((a, b) => a.line.n - b.line.n)
  }
}

const PREFIX = 'chat-room/out'

/** Takes out everything that this server's pages keep in the browser. @param {KeyValues | undefined} storage @param {string} server */
export function forgetAll(storage, server) {
  for (const key of keysOf(storage)) {
    if (key.startsWith('chat-room/') && key.split('/')[2] === server) storage?.removeItem(key)
  }
}

/** @param {unknown} error @returns {error is Nack} */
const isNack = (error) =>
  typeof error === 'object' && error !== null && 'code' in error && 'retry' in error

/** @param {string | null | undefined} json @param {string} cid @returns {Line | undefined} */
function parse(json, cid) {
  try {
    const { room, data, at, n, fault, reply, unsure } = JSON.parse(json ?? '')
    if (typeof room !== 'string' || typeof data !== 'string') return undefined
    const state = fault === undefined ? 'waiting' : 'failed'
    const times = { at: Number(at), n: Number(n) }
    const more = { ...(fault && { fault }), ...(unsure === true && { unsure }) }
    return { cid, room, data, ...times, state, ...more, ...parseReply(reply) }
  } catch {
    return undefined
  }
}

/** @param {any} reply */
const parseReply = (reply) =>
  typeof reply?.seq === 'number' && typeof reply.data === 'string' && reply.user
    ? { reply: { seq: reply.seq, user: { name: String(reply.user.name) }, data: reply.data } }
    : {}
