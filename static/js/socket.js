import { newCid } from './models/cid.js'
import { tellTime } from './server-time.js'

/**
 * @typedef {import('./models/timeline.js').Timeline} Timeline
 * @typedef {import('./models/timeline.js').Item} Item
 * @typedef {import('./models/outbox.js').Nack} Nack
 * @typedef {{name: 'connecting', again: boolean} | {name: 'open'} | {name: 'waiting', until: number}
 *   | {name: 'stopped', why: 'signed-out' | 'kicked' | 'banned' | 'no-access' | 'no-room' | 'too-many' | 'faulty' | 'done', reason: string, everywhere?: boolean, until?: number}} State `until`: when I may come in again.
 */

/** How we speak. */
export const SUBPROTOCOL = 'chat-room.v1'
/** Where the server listens. @param {string} base */
export const lineAt = (base) => `${location.origin.replace(/^http/, 'ws')}${base}/chat`
/** Nothing heard for this long: the line is dead. The server says something every 25 s. */
export const SILENCE_MS = 40_000
/** Until the server says hello. */
const CONNECT_MS = 10_000
/** Every request is answered within this time, or the connection is given up: sending it again does no harm. */
const ANSWER_MS = 5000
/** Heads that stand ahead of us mean a lost tail, unless the rest comes within this time. */
const TAIL_MS = 1000
export const BACKOFF_MS = 500
export const BACKOFF_MAX_MS = 30_000
/** After 1013 the server wants to be left alone this long. */
const OVERLOADED_MS = 5000

/** Closings after which coming back at once would only repeat them. */
const FINAL = new Map(
  /** @type {const} */ ([
    [1000, 'done'],
    [4001, 'signed-out'],
    [4003, 'no-access'],
    [4004, 'too-many'],
  ]),
)
/** One such closing may be an accident; a second one is not. */
const FAULTS = new Set([1003, 1007, 1008, 1009])

/**
 * One page's line to one room, over as many WebSockets as it takes: says hello, joins where the timeline stands,
 * asks for what is missing, notices silence, comes back with full jitter, and stops where the server means it.
 */
export class Connection {
  /** @type {State} */
  state = { name: 'connecting', again: false }
  /** What the page's first line brought before anybody listened is taken in. */
  caughtUp = Promise.resolve()

  #url
  #room
  #timeline
  #on
  #makeSocket
  #random
  /** The line that the page began with. @type {import('./early.js').Early | undefined} */
  #early
  /** @type {WebSocket | undefined} */
  #ws
  #ears = new AbortController()
  /** @type {Map<string, {resolve: (answer: any) => void, reject: (reason: unknown) => void, timer: ReturnType<typeof setTimeout>}>} */
  #pending = new Map()
  /** @type {Record<'silence' | 'again' | 'tail', ReturnType<typeof setTimeout> | undefined>} */
  #timers = { silence: undefined, again: undefined, tail: undefined }
  #attempt = 0
  #faults = 0
  #syncing = false
  /** As `bye` or a refusal said. @type {number | undefined} */
  #nextDelay
  #lastHeard = 0

  /**
   * @param {{url: string, room: string, timeline: Timeline, early?: import('./early.js').Early, makeSocket?: (url: string, protocol: string) => WebSocket,
   *   random?: () => number, on: {state: (state: State) => void, hello: (frame: any) => void,
   *   joined: (frame: any, fresh: Item[]) => void, said: (items: Item[]) => void, other: (frame: any) => void,
   *   unread?: (counts: Record<string, {unread: number, mentions: number}>) => void}}} options
   *   `early`: the first line, made already. `hello` comes before `joined`, `joined` before anything else of the room;
   *   `said` gets what is new, in order.
   */
  constructor({ url, room, timeline, on, early, makeSocket, random }) {
    this.#url = url
    this.#room = room
    this.#timeline = timeline
    this.#on = on
    this.#early = early
    this.#makeSocket = makeSocket ?? ((address, protocol) => new WebSocket(address, protocol))
    this.#random = random ?? Math.random
  }

  /** Connects, or tries again now instead of later. */
  open() {
    clearTimeout(this.#timers.again)
    if (this.#ws) return
    this.#become({
      name: 'connecting',
      again: this.#attempt > 0 || this.#timeline.epoch !== undefined,
    })
    const early = this.#early
    const ws = early?.ws ?? this.#makeSocket(this.#url, SUBPROTOCOL)
    this.#ws = ws
    this.#ears = new AbortController()
    const { signal } = this.#ears
    ws.addEventListener('message', ({ data }) => this.#hear(data), { signal })
    ws.addEventListener('close', ({ code, reason }) => this.#gone(code, reason), { signal })
    this.#listen(CONNECT_MS)
    if (early) this.caughtUp = this.#catchUp(early)
  }

  /** The network went: nothing more comes over this line, not even its close. */
  lost() {
    if (this.#ws) this.#gone(1006, '')
  }

  /** The network is back: what was tried meanwhile began without it. */
  found() {
    if (this.state.name !== 'waiting' && this.state.name !== 'connecting') return
    this.#release()
    this.#attempt = 1
    this.open()
  }

  /** The page is in view again: timers may have slept. */
  wake() {
    if (this.state.name === 'waiting') this.open()
    else if (this.state.name === 'open' && Date.now() - this.#lastHeard > SILENCE_MS)
      this.#gone(1006, '')
  }

  close() {
    this.#release()
    this.#become({ name: 'stopped', why: 'done', reason: '' })
  }

  /** The server has put us out, of this room or of all: nothing more comes of this line. @param {{room?: string, data: string, banned?: true, ms?: number}} kicked */
  sentOut({ room, data, banned, ms }) {
    this.#release()
    const why = banned ? 'banned' : 'kicked'
    const until = ms === undefined ? {} : { until: Date.now() + ms }
    this.#become({ name: 'stopped', why, reason: data, everywhere: room === undefined, ...until })
  }

  /**
   * Sends a request and waits for its answer.
   * @param {{type: string, cid?: string} & Record<string, unknown>} frame
   * @returns {Promise<any>} The `ack` or `joined`. Rejects with the {@link Nack}, or with an Error when the line went: one
   *   that will not come back says why, as a Nack does.
   */
  request(frame) {
    const cid = frame.cid ?? newCid()
    if (this.tell({ ...frame, cid })) return this.#answerTo(cid)
    const { state } = this
    const data = (state.name === 'stopped' && state.reason) || undefined
    return Promise.reject(Object.assign(new Error('not connected'), data && { data }))
  }

  /** @param {string} cid Of a request that went out. @returns {Promise<any>} */
  #answerTo(cid) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#gone(1006, ''), ANSWER_MS)
      this.#pending.set(cid, { resolve, reject, timer })
    })
  }

  /** Sends what gets no answer. @param {object} frame @returns {boolean} It went out. */
  tell(frame) {
    if (this.#ws?.readyState !== 1) return false
    this.#ws.send(JSON.stringify(frame))
    return true
  }

  /** What the line that the page began with brought before we listened. @param {import('./early.js').Early} early */
  async #catchUp({ ws, heard, at, closed, ears }) {
    ears.abort('heard elsewhere') // without a reason of ours an error is made, for which the whole script is read again
    for (const data of heard) {
      if (ws !== this.#ws) return
      this.#hear(data, at)
      await Promise.resolve() // as between tasks: an answer is taken in before what came after it
    }
    if (closed && ws === this.#ws) this.#gone(closed.code, closed.reason)
  }

  /** @param {unknown} data @param {number} [at] When it came, if that was before we listened. */
  #hear(data, at = Date.now()) {
    this.#listen()
    const frame = JSON.parse(String(data))
    if (typeof frame.seq === 'number' && frame.type !== 'ack') return this.#take(frame)
    switch (frame.type) {
      case 'hello':
        tellTime(frame.time, at)
        this.#on.hello(frame)
        void this.#join()
        break
      case 'ack':
      case 'joined':
        this.#answer(frame.cid)?.resolve(frame)
        break
      case 'nack':
        this.#answer(frame.cid)?.reject(frame)
        break
      case 'heads':
        this.#compare(frame.data?.[this.#room])
        if (frame.unread) this.#on.unread?.(frame.unread)
        break
      case 'bye':
        this.#nextDelay = frame.reconnect_in_ms
        break
      default:
        this.#on.other(frame)
    }
  }

  /** @param {Item} event */
  #take(event) {
    if (event.room !== this.#room) return
    const { applied, missing } = this.#timeline.receive(event)
    if (applied.length > 0) this.#on.said(applied)
    if (missing) void this.sync()
  }

  /** @param {number | undefined} head */
  #compare(head = 0) {
    if (head <= this.#timeline.seq) return
    clearTimeout(this.#timers.tail)
    this.#timers.tail = setTimeout(() => {
      if (head > this.#timeline.seq) void this.sync()
    }, TAIL_MS)
  }

  async #join() {
    const cid = this.#early?.cid
    this.#early = undefined
    await this.#enter('join', cid)
  }

  /** Asks how the room stands now, and for what was missed. */
  async sync() {
    if (this.#syncing || this.state.name !== 'open') return
    this.#syncing = true
    await this.#enter('sync')
    this.#syncing = false
  }

  /** @param {'join' | 'sync'} type @param {string} [asked] Under this cid it was asked for before. */
  async #enter(type, asked) {
    const ws = this.#ws
    try {
      const frame = { type, room: this.#room, ...this.#timeline.position }
      const joined = await (asked ? this.#answerTo(asked) : this.request(frame))
      this.#attempt = 0
      const fresh = this.#timeline.join(joined)
      this.#become({ name: 'open' })
      this.#on.joined(joined, fresh)
    } catch (error) {
      if (ws === this.#ws && error instanceof Object && 'code' in error) {
        this.#refused(/** @type {Nack} */ (error))
      }
    }
  }

  /** @param {Nack} nack */
  #refused({ retry, retry_after_ms: delay, data }) {
    if (retry) {
      this.#nextDelay = delay ?? OVERLOADED_MS
      this.#gone(1013, '')
    } else {
      this.#release()
      this.#become({ name: 'stopped', why: 'no-room', reason: data })
    }
  }

  /** @param {string | null} cid */
  #answer(cid) {
    const pending = cid === null ? undefined : this.#pending.get(cid)
    if (pending && cid !== null) {
      clearTimeout(pending.timer)
      this.#pending.delete(cid)
    }
    return pending
  }

  #listen(patience = SILENCE_MS) {
    this.#lastHeard = Date.now()
    clearTimeout(this.#timers.silence)
    this.#timers.silence = setTimeout(() => this.#gone(1006, ''), patience)
  }

  /** @param {number} code @param {string} reason */
  #gone(code, reason) {
    this.#release()
    const why = FINAL.get(code) ?? (FAULTS.has(code) && ++this.#faults > 1 ? 'faulty' : undefined)
    if (why) return this.#become({ name: 'stopped', why, reason })

    const delay = this.#delay(code)
    this.#attempt += 1
    this.#timers.again = setTimeout(() => this.open(), delay)
    this.#become({ name: 'waiting', until: Date.now() + delay })
  }

  /** Full jitter: anything up to the back-off, so that a thousand pages do not come back together. @param {number} code */
  #delay(code) {
    const told = this.#nextDelay
    this.#nextDelay = undefined
    if (told !== undefined) return told
    const cap = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** this.#attempt)
    return (code === 1013 ? OVERLOADED_MS : 0) + this.#random() * cap
  }

  /** Lets go of the socket at once, without waiting for its close. */
  #release() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer)
    const ws = this.#ws
    this.#ws = undefined
    this.#early = undefined
    this.#syncing = false
    this.#ears.abort()
    ws?.close()
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(new Error('the connection went'))
    }
    this.#pending.clear()
  }

  /** @param {State} state */
  #become(state) {
    this.state = state
    this.#on.state(state)
  }
}
