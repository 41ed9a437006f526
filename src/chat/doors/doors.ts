import type { Clock } from '../../clock.js'
import { ChatError } from '../../errors.js'
import type { Logger } from '../../log.js'
import type { User } from '../../protocol.js'
import { nameFor, roomName } from '../../room-name.js'
import type { Beginning, Door, Entering, RoomRow, Standing, Store } from '../../store/store.js'
import { access, admitsBot, asBotRoom, type Access } from './access.js'
import type { Attention } from '../attention/attention.js'
import type { Telling } from '../attention/telling.js'
import { Behind } from '../behind.js'
import type { Connections } from '../connections.js'
import { leave } from '../enter.js'
import type { Grant } from '../face.js'
import type { Guesses } from './guesses.js'
import { hashToken } from './invites.js'
import type { Order } from '../order/order.js'
import { isPasscode } from './passcode.js'
import type { Policies } from '../bots/policies.js'
import type { Room } from '../room.js'
import type { Rooms } from '../rooms.js'

/** Under which somebody's coming into a room waits to be written down. */
const entryOf = (userId: number, roomId: number): string => `${userId} ${roomId}`

export interface DoorsOptions {
  store: Pick<Store, 'people' | 'invites' | 'users'>
  rooms: Rooms
  order: Pick<Order, 'roles' | 'bannedMs'>
  attention: Attention
  telling: Telling
  connections: Connections
  guesses: Guesses
  policies: Pick<Policies, 'modeOf' | 'mayLookBack'>
  /** Told of who belongs to a room from now on, or no more, while they may be elsewhere. */
  look: (room: Room, userId: number) => void
  clock: Clock
  log: Logger
}

/** Who asks to come in, and from where. */
export interface Asker {
  user: User
  address: string
  device?: string | undefined
  /** They came by a bot's token. */
  grant?: Grant | undefined
}

/** What is behind a name for one person. `free`: nothing, and they may make a room there. */
export type Found =
  { access: Exclude<Access, 'closed'>; row: RoomRow } | { access: 'free'; name: string } | Closed
interface Closed {
  access: 'closed'
}
const closed: Closed = { access: 'closed' }

/**
 * The doors of the rooms: who may read and enter, and how one is let in. For who may not, a room is not there:
 * both are answered alike, after the same questions to the store.
 */
export class Doors {
  readonly #options: DoorsOptions
  /** Who came into a room that is open to all: nobody waits until it is written down. */
  readonly #entering: Behind<Entering>

  constructor(options: DoorsOptions) {
    const { store, log } = options
    this.#options = options
    this.#entering = new Behind({
      write: (people) => store.people.put(people, 'in', true),
      wait: 0,
      failed: (error) => log.error({ err: error }, 'who came in was not kept'),
    })
  }

  /** What is behind a name: of the store one question, unless the person belongs to the room. */
  async find(raw: string, asker: Asker): Promise<Found> {
    const { rooms, attention, store } = this.#options
    const { id } = asker.user
    const name = roomName(raw)
    if (name === undefined) return closed
    const known = rooms.row(name)
    if (asker.grant) return this.#ofBot(known, asker.user, asker.grant)
    const isIn = known && attention.place(id, known.id)?.standing === 'in'
    const door: Door = isIn ? { room: known, standing: 'in' } : await store.people.door(name, id)
    return this.#behind(name, door, asker)
  }

  /**
   * Comes into a room, or makes it.
   * @throws {ChatError} `no_such_room` for an absent and for a forbidden one; `waiting`; `denied` to who was turned
   * away; `rate_limited`; `too_many` rooms made.
   */
  async enter(raw: string, asker: Asker, passcode?: string): Promise<Room> {
    const found =
      passcode === undefined || asker.grant
        ? await this.find(raw, asker)
        : await this.unlock(raw, asker, passcode)
    switch (found.access) {
      case 'in':
        return this.#come(await this.#options.rooms.reach(found.row), asker)
      case 'knock':
        await this.knock(found.row, asker.user)
        throw new ChatError('waiting')
      case 'waits':
        throw new ChatError('waiting')
      case 'away':
        throw new ChatError('denied', { why: 'turnedAway' })
      case 'free':
        return this.#make(found.name, asker)
      case 'closed':
        throw new ChatError('no_such_room')
    }
  }

  /**
   * Makes a room under a name that is free.
   * @throws {ChatError} `denied`; `too_many` rooms made.
   */
  async make(wish: Beginning, asker: Asker): Promise<Room> {
    const { rooms } = this.#options
    const name = rooms.freeName(nameFor(wish.title))
    if (!rooms.mayMake(name, asker.user.id)) throw new ChatError('denied', { why: 'noRooms' })
    const room = await rooms.make(name, asker.user.id, wish)
    // Somebody else was faster, and it is theirs.
    return room.madeBy === asker.user.id ? this.#opened(room, asker) : this.make(wish, asker)
  }

  /** The name as it would be made, by whom this may be; nothing is said of whether somebody has it. */
  mayMake(raw: string, userId: number): string | undefined {
    const name = roomName(raw)
    return name !== undefined && this.#options.rooms.mayMake(name, userId) ? name : undefined
  }

  /**
   * Tries a passcode. A name that nobody has is as closed as a wrong passcode, and takes as long.
   * @throws {ChatError} `rate_limited`
   */
  async unlock(raw: string, asker: Asker, passcode: string): Promise<Found> {
    const { store, guesses, clock } = this.#options
    const { user, address } = asker
    const found = await this.find(raw, asker)
    if (found.access !== 'closed' && found.access !== 'free') return found
    await guesses.take(user.id, address)
    const { room } = await store.people.door(roomName(raw) ?? '', user.id)
    const right = await isPasscode(passcode, room?.passcodeHash ?? null)
    if (!right || !room || this.#isBanned(room, asker)) return closed

    await guesses.giveBack(user.id, address)
    const standing: Standing = room.settings.approval ? 'waits' : 'in'
    const entering = { userId: user.id, roomId: room.id, at: clock.now(), read: room.seq }
    await store.people.put([entering], standing, true)
    await this.#stands(user.id, room, standing)
    if (standing === 'waits') this.#tellKnock(room, user)
    return { access: standing, row: room }
  }

  /** Asks the moderators to be let in; they are told once. */
  async knock(row: RoomRow, user: User): Promise<void> {
    const { store, clock } = this.#options
    const entering = { userId: user.id, roomId: row.id, at: clock.now(), read: row.seq }
    if ((await store.people.put([entering], 'waits')) === 0) return
    await this.#stands(user.id, row, 'waits')
    this.#tellKnock(row, user)
  }

  /**
   * A moderator lets somebody in, or turns them away.
   * @returns whether that changed anything.
   * @throws {ChatError} `no_such_user`
   */
  async approve(room: Room, userId: number, on: boolean): Promise<boolean> {
    const { store, clock, connections, telling, look } = this.#options
    if (userId <= 0 || !(await store.users.byId(userId))) throw new ChatError('no_such_user')
    const standing: Standing = on ? 'in' : 'away'
    const entering = { userId, roomId: room.id, at: clock.now(), read: room.head }
    await this.#entering.drop(entryOf(userId, room.id))
    const changed = (await store.people.put([entering], standing, true)) > 0
    if (!changed) return false
    const wasIn = this.#options.attention.place(userId, room.id)?.standing === 'in'
    await this.#stands(userId, room.row, standing)
    if (!on) this.#sendOut(room, userId)
    look(room, userId)
    if (wasIn) telling.unlist(room.row, userId)
    for (const connection of connections.listeningTo(userId)) {
      connection.send({ type: 'approved', room: room.name, on })
    }
    return true
  }

  /** Lets somebody in who shows an invite's token; undefined: it opens nothing. */
  async invited(token: string, asker: Asker): Promise<RoomRow | undefined> {
    const { store, clock } = this.#options
    const { id } = asker.user
    const mayCome = (room: RoomRow) => !this.#isBanned(room, asker)
    const row = await store.invites.use(hashToken(token), id, clock.now(), mayCome)
    if (!row) return undefined
    await this.#stands(id, row, 'in')
    return row
  }

  /** What an invite's token would open, and who made it; for somebody who is not signed in yet. */
  invitation(token: string) {
    const { store, clock } = this.#options
    return store.invites.look(hashToken(token), clock.now())
  }

  /** Somebody belongs to a room no more, and is sent out of it. */
  async forget(room: Room, userId: number): Promise<void> {
    const { store, attention, telling, look } = this.#options
    await this.#entering.drop(entryOf(userId, room.id))
    await store.people.remove(userId, room.id)
    await attention.remove(userId, room.id)
    this.#sendOut(room, userId)
    look(room, userId)
    telling.unlist(room.row, userId)
    telling.abandoned(room.row)
  }

  /** The rooms whose past somebody who is here may read and search, been there or not. */
  readable(asker: Asker): RoomRow[] {
    const { rooms, attention, order, policies } = this.#options
    const { user, grant } = asker
    const { id } = user
    if (grant)
      return [...rooms.rows()].filter(
        (row) => this.#ofBot(row, user, grant).access === 'in' && policies.mayLookBack(row, id),
      )
    const places = attention.placesOf(id)
    return [...rooms.rows()].filter((row) => {
      const standing = places.get(row.id)?.standing
      const role = order.roles.roleIn(row, id)
      const found = standing === 'in' || role || !row.settings.unlisted
      return found && access(row, role, standing) === 'in' && !this.#isBanned(row, asker)
    })
  }

  /** For how long somebody may not come into the lobby; 0: they may. That there is one everybody knows. */
  keptOutMs({ user, device, address }: Asker): number {
    const { rooms, order } = this.#options
    const who = { userId: user.id, name: user.name, device, address }
    const lobby = rooms.row('lobby')
    return lobby ? order.bannedMs(lobby, who) : 0
  }

  async close(): Promise<void> {
    await this.#entering.close()
  }

  #behind(name: string, { room, standing }: Door, asker: Asker): Found {
    const { rooms, order } = this.#options
    const { id } = asker.user
    if (!room) return rooms.mayMake(name, id) ? { access: 'free', name } : closed
    const found = access(room, order.roles.roleIn(room, id), standing)
    if (found === 'closed' || this.#isBanned(room, asker)) return closed
    return { access: found, row: room }
  }

  /** For a bot's program there are the rooms that its bot is in, its token is for, and it is not turned off in. */
  #ofBot(row: RoomRow | undefined, { id }: User, { rooms }: Grant): Found {
    const isIn = row && admitsBot(id, rooms, asBotRoom(row))
    if (!isIn || this.#options.policies.modeOf(row, id) === 'off') return closed
    return { access: 'in', row }
  }

  #isBanned(room: RoomRow, { user, device, address }: Asker): boolean {
    const who = { userId: user.id, name: user.name, device, address }
    return this.#options.order.bannedMs(room, who) > 0
  }

  /** If another was faster, it is theirs, and its door is theirs too. */
  async #make(name: string, asker: Asker): Promise<Room> {
    const room = await this.#options.rooms.make(name, asker.user.id)
    return room.madeBy === asker.user.id ? this.#opened(room, asker) : this.enter(name, asker)
  }

  async #opened(room: Room, asker: Asker): Promise<Room> {
    await this.#come(room, asker)
    this.#options.telling.relist(undefined, room.row)
    return room
  }

  /** Whoever comes in for the first time belongs to it from then on. */
  async #come(room: Room, { user, grant }: Asker): Promise<Room> {
    const { attention, clock } = this.#options
    const { id } = user
    if (grant) return room
    if (attention.place(id, room.id)?.standing === 'in') return room
    const entering = { userId: id, roomId: room.id, at: clock.now(), read: room.head }
    this.#entering.put(entryOf(id, room.id), entering)
    await this.#stands(id, room.row, 'in')
    return room
  }

  /** Takes down where somebody stands now; from within, the room is in their list. */
  async #stands(userId: number, row: RoomRow, standing: Standing): Promise<void> {
    const { attention, telling, rooms } = this.#options
    const read = rooms.open(row.name)?.head ?? row.seq
    const before = attention.place(userId, row.id)?.standing
    const place = await attention.stand(userId, row, standing, { read })
    if (place && standing === 'in' && before !== 'in') telling.list(row, place)
  }

  #sendOut(room: Room, userId: number): void {
    for (const connection of this.#options.connections.ofUser(userId)) {
      leave(connection, room.name, { atOnce: true })
    }
  }

  #tellKnock(row: RoomRow, user: User): void {
    const { connections, order } = this.#options
    for (const connection of connections) {
      if (!connection.greeted || !order.roles.roleIn(row, connection.user.id)) continue
      connection.send({ type: 'knock', room: row.name, user })
    }
  }
}
