import type { Clock } from '../../clock.js'
import { ChatError } from '../../errors.js'
import type { Logger } from '../../log.js'
import type { Role } from '../../protocol.js'
import type { RoomRow, Sanction, Store } from '../../store/store.js'
import type { Connection } from '../connection.js'
import type { Connections } from '../connections.js'
import type { Grant } from '../face.js'
import { anywhere, mayJudge, type Asking } from '../rights.js'
import type { Room } from '../room.js'
import type { Rooms } from '../rooms.js'
import type { Person } from './acts.js'
import type { Led, Roles } from './roles.js'
import { holds, Sanctions, type Bearer } from './sanctions.js'
import { SlowMode } from './slow-mode.js'

/** What the order needs to know about addresses and names; they are the web's and the people's business. */
export interface Judgement {
  /** What an address is barred by: itself, of IPv6 its /64. */
  areaOf: (address: string) => string
  /** Loopback, or a network in which a whole class may sit behind one address. */
  isNear: (address: string) => boolean
  /** What names are compared by. */
  skeleton: (name: string) => string
}

export interface OrderOptions extends Judgement {
  store: Pick<Store, 'roles' | 'sanctions' | 'audit' | 'reports' | 'sessions' | 'users'>
  roles: Roles
  connections: Connections
  /** Asked for late: the rooms ask for roles in their turn. */
  rooms: () => Rooms
  /** Told of who was sent out of the house: they are in no room of it. */
  gone: (userId: number) => void
  /** Told of who is kept out of a room from now on, or may come into it again. */
  ruled: (room: RoomRow, userId: number) => void
  /** Takes down which rooms somebody sees. @returns tells them what is otherwise since. */
  watchList: (userId: number) => () => void
  clock: Clock
  log: Logger
}

/** Somebody who comes in, or is in: as much as is known. */
export interface Comer {
  userId?: number | undefined
  name?: string | undefined
  device?: string | undefined
  address?: string | undefined
}

/** What a person may do in a room; `wait_ms`: in slow mode, until their next line. */
export interface Standing {
  role?: Role
  muted_until?: number
  wait_ms?: number
}

/** Who may what, as it is now; what the acts of moderators work with. */
export class Order {
  readonly roles: Roles
  readonly sanctions: Sanctions
  readonly slow: SlowMode
  readonly options: OrderOptions
  readonly #remembered = new WeakSet<Room>()
  readonly #since: number
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: OrderOptions) {
    const { roles, store, clock } = options
    this.options = options
    this.roles = roles
    this.sanctions = new Sanctions(store.sanctions, clock, (ban) => this.#ended(ban))
    this.slow = new SlowMode(clock.steady)
    this.#since = clock.now()
  }

  /** What the rules look at when this connection asks for something, in a room or anywhere. */
  asking(connection: Connection, room?: Room): Asking {
    const who = this.#who(connection, room)
    const mutedMs = this.sanctions.mutedMs(room?.id ?? null, who)
    return { role: who.role, room: room?.settings ?? anywhere, mutedMs }
  }

  /** A browser may have been another's before; who has a role is held by their own name alone. */
  #who({ user, device, grant }: Connection, room: Room | undefined) {
    const role = this.roleIn(room, user.id) ?? lent(grant, room)
    return { role, userId: user.id, device: role ? undefined : device }
  }

  /**
   * Counts a line of this connection in a room with slow mode; who has a role there need not wait.
   * @returns what takes it back: it was not stored after all. Undefined: it did not count.
   * @throws {ChatError} `slow_mode` with the time to wait.
   */
  pace({ user, device }: Connection, room: Room): (() => void) | undefined {
    const { slow_ms } = room.settings
    if (slow_ms === 0 || this.roleIn(room, user.id)) return undefined
    this.#remember(room)
    return this.slow.take(room.id, { userId: user.id, device }, slow_ms)
  }

  /** What a person is told of their own standing in a room. */
  standing(connection: Connection, room: Room): Standing {
    const { role, ...who } = this.#who(connection, room)
    const muted_until = this.sanctions.mutedUntil(room.id, who)
    const wait_ms = role ? 0 : this.#wait(connection, room)
    return {
      ...(role && { role }),
      ...(muted_until !== undefined && { muted_until }),
      ...(wait_ms > 0 && { wait_ms }),
    }
  }

  /** One act after the other: of two moderators at once, the later has the last word. */
  inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act)
    this.#last = done.catch(() => {})
    return done
  }

  /** The role of a user in a room; without one, everywhere. */
  roleIn(room: Led | undefined, userId: number): Role | undefined {
    return room ? this.roles.roleIn(room, userId) : this.roles.of(userId)
  }

  /**
   * How long somebody may not come in, everywhere or in a room; 0: may come, Infinity: never. The host is
   * never kept out, and moderators not by where they are.
   */
  bannedMs(room: Place | undefined, who: Comer): number {
    const bearer = this.sanctions.none ? undefined : this.#bearer(room, who)
    return bearer ? this.sanctions.bannedMs(room?.id ?? null, bearer) : 0
  }

  /** @throws {ChatError} `no_such_room`: who is banned from it learns no more of it than others. */
  admit(room: Room, connection: Connection): void {
    if (this.bannedMs(room, comer(connection)) > 0) throw new ChatError('no_such_room')
  }

  close(): void {
    this.sanctions.close()
  }

  /** What a ban may know somebody by; undefined: none holds them. */
  #bearer(room: Led | undefined, { userId, name, device, address }: Comer): Bearer | undefined {
    const role = userId === undefined ? undefined : this.roleIn(room, userId)
    if (role === 'host') return undefined
    const { areaOf, skeleton } = this.options
    return {
      ...(userId !== undefined && { userId }),
      ...(!role && device !== undefined && { device }),
      ...(!role && address !== undefined && { address: areaOf(address) }),
      ...(name !== undefined && { name: () => skeleton(name) }),
    }
  }

  /** Those whom a ban kept out of a room until now are told, as when it is lifted. */
  #ended(ban: Sanction): void {
    const { rooms, connections, ruled } = this.options
    const row = ban.roomId === null ? undefined : rooms().rowById(ban.roomId)
    if (!row) return
    const isHeld = (one: Connection) => {
      const bearer = this.#bearer(row, comer(one))
      return bearer !== undefined && holds(ban, bearer)
    }
    const held = [...connections].filter(isHeld).map(({ user }) => user.id)
    for (const userId of new Set(held)) ruled(row, userId)
  }

  #wait({ user, device }: Connection, room: Room): number {
    const { slow_ms } = room.settings
    if (slow_ms === 0) return 0
    this.#remember(room)
    return Math.ceil(this.slow.wait(room.id, { userId: user.id, device }, slow_ms))
  }

  /** Slow mode goes on where it was before a restart, as far as the last lines at hand tell. */
  #remember(room: Room): void {
    if (this.#remembered.has(room)) return
    this.#remembered.add(room)
    const { clock } = this.options
    for (const { user, at } of room.past.said())
      if (at < this.#since) this.slow.remember(room.id, user.id, clock.now() - at)
  }

  /**
   * The person that an act of this connection is about.
   * @throws {ChatError} `denied`: the asker may not act on them.
   */
  async judged(
    action: 'mute' | 'kick' | 'ban' | 'role',
    { connection, room, userId }: { connection: Connection; room?: Room; userId: number },
  ): Promise<Person> {
    const user = userId > 0 ? await this.options.store.users.byId(userId) : undefined
    const refusal = mayJudge(action, this.asking(connection, room), {
      self: userId === connection.user.id,
      person: user !== undefined,
      role: this.roleIn(room, userId),
    })
    if (refusal) throw refusal
    return { id: userId, name: user?.name ?? '' }
  }
}

/** A bot's program may keep order where its token is for. */
const lent = (grant: Grant | undefined, room: Room | undefined): Role | undefined => {
  if (!grant?.scopes.has('moderate') || room?.settings.kind === 'direct') return undefined
  return room || grant.rooms.length === 0 ? 'mod' : undefined
}

/** A room, opened or not. */
type Place = Led & { readonly id: number }

/** What is known of who is connected. */
export const comer = ({ user, device, address }: Connection): Comer => ({
  userId: user.id,
  name: user.name,
  device,
  address,
})
