import { ChatError } from '../errors.js'
import type { Role } from '../protocol.js'
import { isOfTwo, roomName } from '../room-name.js'
import type { Beginning, FreshRoom, RoomRow, RoomStore } from '../store/store.js'
import { Turns } from '../turns.js'
import { mayMake } from './rights.js'
import { Room, type RoomDeps } from './room.js'

const HOUR_MS = 3_600_000
const ROOMS_PER_HOUR = 10

export interface RoomsOptions extends RoomDeps {
  rooms: RoomStore
  /** `[rooms] create`: who makes a room by joining a name that is free. */
  create: 'anyone' | 'host' | 'nobody'
  /** How a new room is kept, until its moderators say otherwise. */
  fresh: FreshRoom
  /** The role that a user has everywhere. */
  roleOf: (userId: number) => Role | undefined
}

/** The rooms that this node has opened. */
export class Rooms {
  readonly #options: RoomsOptions
  readonly #open = new Map<string, Room>()
  readonly #openById = new Map<number, Room>()
  readonly #known = new Map<string, RoomRow>()
  readonly #names = new Map<number, string>()
  readonly #opening = new Map<string, Promise<Room | undefined>>()
  readonly #making = new Turns<number>()

  constructor(options: RoomsOptions) {
    this.#options = options
  }

  /** Learns which rooms there are; called once, at the start. */
  async load(): Promise<void> {
    for (const row of await this.#options.rooms.all()) this.#learn(row)
  }

  /** A room that is open on this node. */
  open(name: string): Room | undefined {
    return this.#open.get(name)
  }

  openById(id: number): Room | undefined {
    return this.#openById.get(id)
  }

  /** Every room there is, opened by now or not; where an open one stands, it says itself. */
  rows(): Iterable<RoomRow> {
    return this.#known.values()
  }

  /** How the room of this name is kept, opened or not. */
  row(name: string): RoomRow | undefined {
    return this.#known.get(name)
  }

  /** How a room is kept, opened or not. */
  rowById(id: number): RoomRow | undefined {
    return this.#openById.get(id)?.row ?? this.#known.get(this.#names.get(id) ?? '')
  }

  /** The name of a room by its row in the store. */
  nameOf(id: number): string | undefined {
    return this.#names.get(id)
  }

  all(): IterableIterator<Room> {
    return this.#open.values()
  }

  /** The room of this name, opened if need be; undefined if there is none. */
  async find(raw: string): Promise<Room | undefined> {
    const known = this.#open.get(raw)
    if (known) return known
    const name = roomName(raw)
    if (name === undefined) return undefined
    return this.#open.get(name) ?? this.#read(name, () => this.#options.rooms.byName(name))
  }

  /** The room of a row that was just read, opened if need be. */
  async reach(row: RoomRow): Promise<Room> {
    const room = this.#open.get(row.name) ?? (await this.#read(row.name, async () => row))
    if (!room) throw new ChatError('no_such_room')
    return room
  }

  /** A room is kept in another way now, or is new. */
  changed(row: RoomRow): void {
    this.#learn(row)
    this.#open.get(row.name)?.changed(row)
  }

  /** Makes sure that a room exists, as the configuration asks. The lobby is open to everybody from the start. */
  async ensure(name: string, title: string, topic?: string): Promise<Room> {
    const { rooms, fresh, clock } = this.#options
    const kept = name !== 'lobby' && { kept: fresh }
    const made = { name, title, at: clock.now(), ...(topic && { topic }) }
    return this.reach(await rooms.ensure({ ...made, ...kept }))
  }

  /** This name, or with a number behind it, the first that no room has. */
  freeName(name: string): string {
    for (let number = 1; ; number++) {
      const free = number === 1 ? name : `${name}-${number}`
      if (!this.#known.has(free)) return free
    }
  }

  /** May this person make a room of this name by joining it? */
  mayMake(name: string, userId: number): boolean {
    const { create, roleOf } = this.#options
    return mayMake(create, roleOf(userId)) && !isOfTwo(name)
  }

  /**
   * Makes a room for somebody who may; if another made it meanwhile, that one.
   * @param name As {@link roomName} has it.
   * @param wish How the maker wants it, where it is new.
   * @throws {ChatError} `too_many` rooms made within an hour.
   */
  async make(name: string, userId: number, wish: Beginning = { title: '' }): Promise<Room> {
    const { rooms, fresh: kept, clock } = this.#options
    // Of many at once each counts those before it.
    const row = await this.#making.take(userId, async () => {
      const now = clock.now()
      await this.#countMade(userId, now)
      return rooms.ensure({ ...wish, name, at: now, by: userId, kept })
    })
    return this.reach(row)
  }

  close(): void {
    for (const room of this.#open.values()) room.close()
  }

  async #countMade(userId: number, now: number): Promise<void> {
    const made = await this.#options.rooms.madeSince(userId, now - HOUR_MS, 'room')
    if (made >= ROOMS_PER_HOUR)
      throw new ChatError('too_many', { values: { limit: ROOMS_PER_HOUR } })
  }

  /** Opens a room once, however many ask for it at the same time. */
  #read(name: string, row: () => Promise<RoomRow | undefined>): Promise<Room | undefined> {
    const under = this.#opening.get(name)
    if (under) return under
    const opening = this.#load(name, row).finally(() => this.#opening.delete(name))
    this.#opening.set(name, opening)
    return opening
  }

  async #load(name: string, read: () => Promise<RoomRow | undefined>): Promise<Room | undefined> {
    const known = this.#open.get(name)
    if (known) return known
    const row = await read()
    if (!row) return undefined
    this.#learn(row)
    const room = await Room.open(row, this.#options)
    this.#open.set(name, room)
    this.#openById.set(room.id, room)
    return room
  }

  #learn(row: RoomRow): void {
    this.#known.set(row.name, row)
    this.#names.set(row.id, row.name)
  }
}
