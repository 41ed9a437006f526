import { framesIn } from '../../src/chat/wire.js'
import type { Visitor } from '../../src/chat/face.js'
import type { Step } from '../helpers/checker.js'
import { isNumbered, type Frame, type Joined, type Numbered } from '../helpers/frames.js'
import type { Line } from './line.js'

/** Its opcode (RFC 6455 §11.8). */
const PING = 9

interface Place {
  epoch: string
  at: number
  mark?: number
}

/** A client by the rules of the protocol, on a line that may break. What it does and hears is recorded. */
export class Client {
  readonly visitor: Visitor
  readonly rooms: readonly string[]
  /** What has no final answer, by cid. */
  readonly outbox = new Map<string, object & { room: string; type: string }>()
  readonly #acked: (object & { cid: string; room: string })[] = []
  readonly #own: { room: string; seq: number }[] = []
  readonly #places = new Map<string, Place>()
  readonly #asked = new Map<string, number | undefined>()
  readonly #here = new Set<string>()
  readonly #invoked = new Set<string>()
  readonly #record: (step: Step) => void
  #line: Line | undefined
  #count = 0

  constructor(visitor: Visitor, rooms: readonly string[], record: (step: Step) => void) {
    this.visitor = visitor
    this.rooms = rooms
    this.#record = record
  }

  get name(): string {
    return this.visitor.user.name
  }

  get connected(): boolean {
    return this.#line !== undefined
  }

  /** In all its rooms, with nothing to wait for. */
  get calm(): boolean {
    return this.#here.size === this.rooms.length && this.outbox.size === 0
  }

  standsAt(room: string): number {
    return this.#places.get(room)?.at ?? 0
  }

  comes(line: Line): void {
    this.#line = line
  }

  says(room: string): void {
    const data = `${this.name} says ${this.#count}`
    this.#asks({ type: 'chat', room, data })
  }

  /** Takes back something that it said. */
  recalls(which: number): void {
    const own = this.#own[which % Math.max(this.#own.length, 1)]
    if (own) this.#asks({ type: 'recall', room: own.room, message: own.seq })
  }

  /** Sends something once more, acknowledged or not. */
  repeats(which: number): void {
    const all = [...this.outbox.entries()].map(([cid, frame]) => ({ ...frame, cid }))
    const sent = [...all, ...this.#acked].filter(({ cid }) => this.#invoked.has(cid))
    const frame = sent[which % Math.max(sent.length, 1)]
    if (frame && this.#here.has(frame.room)) this.#send(frame)
  }

  resendsAll(): void {
    for (const [cid, frame] of this.outbox)
      if (this.#here.has(frame.room)) this.#send({ ...frame, cid })
  }

  syncs(room: string): void {
    if (this.#here.has(room)) this.#enter('sync', room)
  }

  /** Takes what arrives next. @returns false: nothing does. */
  hears(): boolean {
    const line = this.#line
    const what = line?.arriveDown()
    if (!line || what === undefined) return false
    if (!Buffer.isBuffer(what)) this.breaks(true)
    else for (const frame of framesIn(what)) this.#reads(line, frame)
    return true
  }

  #reads(line: Line, { opcode, payload }: { opcode: number; payload: Buffer }): void {
    if (opcode === PING) line.up.push('pong')
    else this.#take(JSON.parse(payload.toString()))
  }

  breaks(told: boolean): void {
    this.#line?.break(told)
    this.#line = undefined
    this.#here.clear()
    this.#asked.clear()
  }

  #asks(what: { type: string; room: string; [field: string]: unknown }): void {
    const cid = `${this.name}-${(this.#count += 1)}-00000000`
    this.outbox.set(cid, what)
    if (this.#here.has(what.room)) this.#send({ ...what, cid })
  }

  #send(frame: object & { cid: string; room: string }): void {
    const { cid, room } = frame
    const author = this.visitor.user.id
    if (!this.#invoked.has(cid))
      this.#record({ step: 'invoke', client: this.name, author, room, cid })
    this.#invoked.add(cid)
    this.#line?.up.push({ text: JSON.stringify(frame) })
  }

  #enter(type: 'join' | 'sync', room: string): void {
    const cid = `${type}-${(this.#count += 1)}-00000000`
    const { epoch, at: since, mark } = this.#places.get(room) ?? {}
    this.#asked.set(cid, since)
    this.#line?.up.push({ text: JSON.stringify({ type, cid, room, epoch, since, mark }) })
  }

  #take(frame: Frame): void {
    if (frame.type === 'hello') for (const room of this.rooms) this.#enter('join', room)
    else if (frame.type === 'joined') this.#stand(frame)
    else if (isNumbered(frame)) this.#hear(frame)
    else if (frame.type === 'ack') this.#granted(frame.cid, frame.seq)
    else if (frame.type === 'nack') this.#refused(frame.cid ?? '', frame.retry)
  }

  #stand({ cid, room, epoch, mode, head, events }: Joined): void {
    const since = this.#asked.get(cid)
    const at = mode === 'resume' ? (since ?? 0) : head
    const mark = events.find(({ seq }) => seq === at)?.at
    this.#places.set(room, {
      ...(mode === 'resume' && this.#places.get(room)),
      epoch,
      at,
      ...(mode !== 'resume' && mark !== undefined && { mark }),
    })
    this.#record({ step: 'enter', client: this.name, room, epoch, at })
    if (mode === 'resume') for (const event of events) this.#hear(event)
    this.#here.add(room)
    for (const [own, frame] of this.outbox)
      if (frame.room === room) this.#send({ ...frame, cid: own })
  }

  #hear({ room, seq, cid, at, user }: Numbered): void {
    const seen = { seq, author: user.id, at, ...(cid !== undefined && { cid }) }
    this.#record({ step: 'event', client: this.name, room, ...seen })
    const place = this.#places.get(room)
    if (place && seq === place.at + 1) this.#places.set(room, { ...place, at: seq, mark: at })
  }

  #granted(cid: string, seq: number | undefined): void {
    const frame = this.outbox.get(cid) ?? this.#acked.find((one) => one.cid === cid)
    if (!frame) return
    const { room } = frame
    if (this.outbox.delete(cid)) this.#acked.push({ ...frame, cid })
    if (seq === undefined) return // nothing was to be changed
    if ('type' in frame && frame.type === 'chat') this.#own.push({ room, seq })
    this.#record({ step: 'ok', author: this.visitor.user.id, room, cid, seq })
  }

  #refused(cid: string, retry: boolean): void {
    if (this.#asked.has(cid)) return this.breaks(true) // it comes back
    const room = this.outbox.get(cid)?.room
    if (room === undefined) return
    this.#record({ step: retry ? 'retry' : 'fail', author: this.visitor.user.id, room, cid })
    if (!retry) this.outbox.delete(cid)
  }
}
