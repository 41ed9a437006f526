import { randomUUID } from 'node:crypto'
import { SUBPROTOCOL } from '../../src/protocol.js'
import { apply, type View } from '../../static/js/models/apply.js'
import type { Step } from './checker.js'
import {
  isNumbered,
  readFrame,
  type Ack,
  type Frame,
  type Hello,
  type Joined,
  type NackFrame,
  type Numbered,
} from './frames.js'
import { openSocket, type TestSocket } from './test-socket.js'
import type { Visitor } from './visitor.js'

/** A request that was refused. */
export class Nack extends Error {
  override readonly name = 'Nack'
  readonly code: string
  readonly retry: boolean
  readonly frame: NackFrame

  constructor(frame: NackFrame) {
    super(`${frame.code}: ${frame.data}`)
    this.code = frame.code
    this.retry = frame.retry
    this.frame = frame
  }
}

/** Why what was asked for was refused. @throws what else came of it, or that it was granted. */
export async function refusalOf(asked: Promise<unknown>): Promise<Nack> {
  const error = await asked.then(
    () => new Error('it was granted'),
    (reason: unknown) => reason,
  )
  if (error instanceof Nack) return error
  throw error
}

export interface SayOptions {
  room?: string
  cid?: string
  reply_to?: number
}

/** A request as it leaves; whoever tests bad ones may put anything into it. */
export interface RequestFrame {
  type: string
  room?: string
  /** A random one, unless it is given. */
  cid?: string
  [field: string]: unknown
}

/** Where a person stands in a room, and what was applied there so far. */
interface Place {
  epoch: string
  at: number
  /** `at` of the event at that number. */
  mark?: number
  heard: Numbered[]
  /** What its page shows. */
  view: View
  /** Came too early. */
  held: Map<number, Numbered>
  /** A `sync` for what is missing is under way. */
  asked?: true
}

interface Waiting {
  resolve: (answer: Ack | Joined) => void
  reject: (error: Error) => void
}

/**
 * Somebody with a v1 client that keeps the client rules of the protocol: applies events by contiguous
 * numbers, asks for what is missing, and comes back to where it stood.
 */
export class Person {
  readonly name: string
  readonly user: Visitor['user']
  cookie: string
  /** Every frame that came, over all connections. */
  readonly frames: Frame[] = []
  /** Frames of the server that the protocol does not know: the world complains when it closes. */
  readonly faults: Error[] = []
  hello: Hello | undefined
  readonly #url: string
  readonly #headers: Record<string, string>
  readonly #record: (step: Step) => void
  readonly #places = new Map<string, Place>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #invoked = new Set<string>()
  readonly #heardListeners = new Set<() => void>()
  #socket: TestSocket | undefined

  /** @param record Takes each step of the history that the checker judges. */
  constructor(
    url: string,
    { cookie, user }: Visitor,
    { lang = 'en', record = () => {} }: { lang?: string; record?: (step: Step) => void } = {},
  ) {
    this.#url = url
    this.#headers = { 'accept-language': lang }
    this.#record = record
    this.name = user.name
    this.user = user
    this.cookie = cookie
  }

  /** Opens a connection; resolves with the server's `hello`. */
  async connect(): Promise<Hello> {
    const socket = await openSocket(this.#url, {
      cookie: this.cookie,
      protocols: [SUBPROTOCOL],
      headers: this.#headers,
    })
    this.#socket = socket
    socket.onText((text) => this.#take(text))
    void socket.closed.then(({ code }) => this.#lost(code))
    const hello = await this.next((frame) => frame.type === 'hello')
    if (hello.type !== 'hello') throw new Error('unreachable')
    return (this.hello = hello)
  }

  /** Comes into a room, or back to where it stood there. `anew`: as a page does that was just loaded. */
  async join(room = 'lobby', { anew = false } = {}): Promise<Joined> {
    if (anew) this.#places.delete(room)
    return this.#enter('join', room)
  }

  /** Reconnects, and takes up every room where it was left. */
  async comesBack(): Promise<void> {
    await this.connect()
    for (const room of this.#places.keys()) await this.join(room)
  }

  /** Says a line; resolves when it is durable. @throws {Nack} */
  says(data: string, { room = 'lobby', ...rest }: SayOptions = {}): Promise<Ack> {
    return this.request({ type: 'chat', room, data, ...rest })
  }

  /** Gives a message another text. @throws {Nack} */
  edits(message: number, data: string, { room = 'lobby', ...rest }: SayOptions = {}): Promise<Ack> {
    return this.request({ type: 'edit', room, message, data, ...rest })
  }

  /** Takes a message back. @throws {Nack} */
  recalls(message: number, { room = 'lobby', ...rest }: SayOptions = {}): Promise<Ack> {
    return this.request({ type: 'recall', room, message, ...rest })
  }

  /** Puts an emoji on a message, or takes it away. @throws {Nack} */
  reacts(message: number, data: string, on = true, room = 'lobby'): Promise<Ack> {
    return this.request({ type: 'react', room, message, data, on })
  }

  /** Chooses something under a message. @throws {Nack} */
  answers(message: number, ...choices: string[]): Promise<Ack> {
    return this.request({ type: 'answer', room: 'lobby', message, choices })
  }

  /** @throws {Nack} */
  pins(message: number, on = true, room = 'lobby'): Promise<Ack> {
    return this.request({ type: 'pin', room, message, on })
  }

  async leave(room: string): Promise<void> {
    await this.request({ type: 'leave', room })
    this.#places.delete(room)
    this.#record({ step: 'leave', client: this.name, room })
  }

  /** Sends a request, with a cid of its own unless it brings one. @throws {Nack} */
  async request(frame: RequestFrame): Promise<Ack> {
    const answer = await this.#ask(frame)
    if (answer.type === 'ack') return answer
    throw new Error(`${frame.type} was answered by ${answer.type}`)
  }

  /** Sends anything, without waiting for an answer. */
  sends(what: string | Buffer | object): void {
    this.socket.send(what)
  }

  /** What was said in a room since it came, `name: text`, once everything stored so far is here. */
  async hears(room = 'lobby'): Promise<string[]> {
    await this.#upTo(room, await this.#newest(room))
    return this.heard(room).map(({ user, data }) => `${user.name}: ${data}`)
  }

  /** What its page shows of a room, once everything up to a number is here. */
  async sees(upTo: number | undefined, room = 'lobby'): Promise<View> {
    await this.#upTo(room, upTo ?? 0)
    return this.#places.get(room)?.view ?? { items: [], pins: [], topic: '' }
  }

  /** The events that were applied in a room so far. */
  heard(room = 'lobby'): readonly Numbered[] {
    return this.#places.get(room)?.heard ?? []
  }

  /** The number at which it stands in a room. */
  standsAt(room = 'lobby'): number {
    return this.#places.get(room)?.at ?? 0
  }

  /** Names of a room's members, bots first. */
  async members(room = 'lobby'): Promise<string[]> {
    const { users = [] } = await this.request({ type: 'members', room })
    return users.map(({ name }) => name)
  }

  /** The first frame of this connection that matches and was not handed out before. */
  async next(matches: (frame: Frame) => boolean, within?: number): Promise<Frame> {
    const fits = (text: string) => {
      const frame = this.#read(text)
      return frame !== undefined && matches(frame)
    }
    return readFrame(await this.socket.next(fits, within))
  }

  get connected(): boolean {
    return this.#socket?.open ?? false
  }

  /** The connection of now. */
  get socket(): TestSocket {
    if (!this.#socket) throw new Error(`${this.name} is not connected`)
    return this.#socket
  }

  /** The connection breaks without a word. */
  async drop(): Promise<void> {
    await this.socket.drop()
  }

  async close(): Promise<void> {
    if (this.#socket && this.#socket.ws.readyState !== this.#socket.ws.CLOSED)
      await this.#socket.drop()
  }

  /** Tells the history where it stands in each room, once everything stored so far is here. */
  async recordPlaces(): Promise<void> {
    for (const room of this.#places.keys()) {
      await this.hears(room)
      this.#record({ step: 'stands', client: this.name, room, at: this.standsAt(room) })
    }
  }

  async #enter(type: 'join' | 'sync', room: string): Promise<Joined> {
    const { epoch, at, mark } = this.#places.get(room) ?? {}
    const position = { epoch, since: at, ...(type === 'join' && at !== 0 && { mark }) }
    const answer = await this.#ask({ type, room, ...position })
    if (answer.type === 'joined') return answer
    throw new Error(`${type} was answered by ${answer.type}`)
  }

  #ask(frame: RequestFrame): Promise<Ack | Joined> {
    if (!this.socket.open) return Promise.reject(new Error(`${this.name} is not connected`))
    const cid = frame.cid ?? randomUUID()
    const chat = frame.type === 'chat' && frame.room !== undefined
    const request = { author: this.user.id, room: frame.room ?? '', cid }
    if (chat && !this.#invoked.has(cid)) {
      this.#invoked.add(cid)
      this.#record({ step: 'invoke', client: this.name, ...request })
    }
    const answer = new Promise<Ack | Joined>((resolve, reject) => {
      this.#waiting.set(cid, { resolve, reject })
    })
    this.socket.send({ ...frame, cid })
    return chat ? this.#recorded(answer, request) : answer
  }

  async #recorded(
    answer: Promise<Ack | Joined>,
    request: { author: number; room: string; cid: string },
  ): Promise<Ack | Joined> {
    try {
      const granted = await answer
      if (granted.type === 'ack') {
        this.#record({ step: 'ok', ...request, seq: granted.seq ?? 0 })
      }
      return granted
    } catch (error) {
      const step = error instanceof Nack && !error.retry ? 'fail' : 'retry'
      // A conflict says that the cid is taken, so it is in the log, from another text.
      const conflict = error instanceof Nack && error.code === 'cid_conflict'
      if (!conflict) this.#record({ step, ...request })
      throw error
    }
  }

  #take(text: string): void {
    const frame = this.#read(text, this.faults)
    if (!frame) return
    this.frames.push(frame)
    if (frame.type === 'joined') this.#stand(frame)
    else if (isNumbered(frame)) this.#hear(frame)
    if (frame.type === 'ack' || frame.type === 'joined') this.#answer(frame.cid)?.resolve(frame)
    if (frame.type === 'nack') this.#answer(frame.cid)?.reject(new Nack(frame))
  }

  #read(text: string, faults: Error[] = []): Frame | undefined {
    try {
      return readFrame(text)
    } catch (error) {
      faults.push(new Error(`${this.name} got`, { cause: error }))
      return undefined
    }
  }

  #answer(cid: string | null): Waiting | undefined {
    const waiting = this.#waiting.get(cid ?? '')
    this.#waiting.delete(cid ?? '')
    return waiting
  }

  /** `resume`: on from where it stood; else it stands at the head, and what it was told is all it knows. */
  #stand({ room, epoch, mode, head, events, pins = [], settings }: Joined): void {
    const before = this.#places.get(room)
    const resumed = mode === 'resume' && before !== undefined
    const at = resumed ? before.at : head
    const mark = events.findLast(({ seq }) => seq === head)?.at
    this.#places.set(room, {
      epoch,
      at,
      heard: resumed ? before.heard : mode === 'snapshot' ? [...(before?.heard ?? [])] : [],
      view: resumed ? before.view : { items: events, pins, topic: settings.topic },
      held: new Map(),
      ...(resumed
        ? before.mark !== undefined && { mark: before.mark }
        : mark !== undefined && { mark }),
    })
    this.#record({ step: 'enter', client: this.name, room, epoch, at })
    const place = this.#places.get(room)
    if (resumed) events.forEach((event) => this.#hear(event))
    else place?.heard.push(...events.filter(({ seq }) => seq > (before?.at ?? 0)))
    this.#tellHeard()
  }

  #hear(event: Numbered): void {
    const { room, seq, cid, at, user } = event
    const seen = { seq, author: user.id, at, ...(cid !== undefined && { cid }) }
    this.#record({ step: 'event', client: this.name, room, ...seen })
    const place = this.#places.get(room)
    if (!place || seq <= place.at) return
    place.held.set(seq, event)
    this.#apply(place)
    if (place.held.size > 0 && !place.asked) {
      place.asked = true
      this.#enter('sync', room).catch(() => {}) // the connection is gone: it asks when it comes back
    }
    this.#tellHeard()
  }

  #apply(place: Place): void {
    for (let event; (event = place.held.get(place.at + 1));) {
      place.held.delete(event.seq)
      place.heard.push(event)
      place.view = apply(place.view, event, this.user.id)
      place.at = event.seq
      place.mark = event.at
    }
  }

  async #newest(room: string): Promise<number> {
    const { events = [] } = await this.request({ type: 'history', room, limit: 1 })
    return events.at(-1)?.seq ?? 0
  }

  /** Resolves when everything up to this number was applied. */
  #upTo(room: string, seq: number, within = 5_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const here = () => this.standsAt(room) >= seq
      if (here()) return resolve()
      const stop = () => {
        clearTimeout(deadline)
        this.#heardListeners.delete(listener)
      }
      const deadline = setTimeout(() => {
        stop()
        const stands = this.standsAt(room)
        reject(new Error(`${this.name} stands at ${stands} of ${room}, ${seq} did not come`))
      }, within)
      const listener = () => {
        if (!here()) return
        stop()
        resolve()
      }
      this.#heardListeners.add(listener)
    })
  }

  #tellHeard(): void {
    for (const listener of this.#heardListeners) listener()
  }

  #lost(code: number): void {
    for (const { reject } of this.#waiting.values())
      reject(new Error(`the connection of ${this.name} was closed with ${code}`))
    this.#waiting.clear()
  }
}
