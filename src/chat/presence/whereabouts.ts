import type { User } from '../../protocol.js'
import type { Attention } from '../attention/attention.js'
import type { Connections } from '../connections.js'
import { comer, type Order } from '../order/order.js'
import { GRACE_MS } from './presence.js'
import type { Room } from '../room.js'
import type { Rooms } from '../rooms.js'

/** Who has just come is first of all about to enter a room: the others are told this much later, in milliseconds. */
const SETTLED_MS = 1_000
/** So many are told with `joined`; of a larger crowd nobody reads the names. */
const MOST = 200

export interface WhereaboutsOptions {
  attention: Pick<Attention, 'place' | 'placesOf' | 'belonging'>
  rooms: Pick<Rooms, 'openById'>
  order: Pick<Order, 'bannedMs'>
  connections: Pick<Connections, 'ofUser'>
}

interface Here {
  user: User
  /** Their rooms know of it. */
  settled: boolean
  timer: NodeJS.Timeout | undefined
  /** Their last connection went; a moment later they are gone. */
  leaving: boolean
}

/**
 * Who is on the server at all. In a room is only who looks at it; of the others that belong to it, it is told here
 * whether they are in another one.
 */
export class Whereabouts {
  readonly #options: WhereaboutsOptions
  readonly #here = new Map<number, Here>()

  constructor(options: WhereaboutsOptions) {
    this.#options = options
  }

  /** Somebody has a connection. */
  came(user: User): void {
    const here = this.#here.get(user.id)
    if (!here) {
      const comes: Here = { user, settled: false, timer: undefined, leaving: false }
      comes.timer = setTimeout(() => this.#settle(comes), SETTLED_MS).unref()
      this.#here.set(user.id, comes)
    } else if (here.leaving) {
      here.leaving = false
      clearTimeout(here.timer)
      if (!here.settled) this.#settle(here)
    }
  }

  /** Their last connection went: perhaps to come back, as with each page that they open. */
  went(userId: number): void {
    const here = this.#here.get(userId)
    if (!here) return
    clearTimeout(here.timer)
    here.leaving = true
    here.timer = setTimeout(() => this.gone(userId), GRACE_MS).unref()
  }

  /** They went for good: signed out, or sent away. */
  gone(userId: number): void {
    const here = this.#here.get(userId)
    if (!here) return
    clearTimeout(here.timer)
    this.#here.delete(userId)
    if (here.settled) this.#tell(here.user, false)
  }

  /** They have another name or face. */
  renamed(user: User): void {
    const here = this.#here.get(user.id)
    if (!here) return
    here.user = user
    if (here.settled) this.#tell(user, true)
  }

  /** Somebody who is not in a room is let into it, or kept out, from now on: who is in it is told whether they count as elsewhere. */
  look(room: Room, userId: number): void {
    const here = this.#here.get(userId)
    if (!here?.settled || isToldBy(room, userId)) return
    const elsewhere = this.#belongs(room, userId) && this.#isElsewhere(room, here.user)
    tellOf(here.user, room, elsewhere)
  }

  /**
   * Does somebody belong to a room and have a connection now, and not there?
   * @param inRoom It has to be in another room: whose page was sent out has a connection a moment longer.
   */
  isElsewhere(room: Room, userId: number, inRoom: boolean): boolean {
    const here = this.#here.get(userId)
    if (!here || here.leaving || !this.#belongs(room, userId)) return false
    const connections = this.#options.connections.ofUser(userId)
    if (inRoom && connections.every(({ memberships }) => memberships.size === 0)) return false
    return this.#isElsewhere(room, here.user)
  }

  /** Who belongs to a room and is in another one now. */
  of(room: Room): User[] {
    const found: User[] = []
    for (const { userId } of this.#options.attention.belonging(room.id)) {
      const here = this.#here.get(userId)
      if (!here?.settled || !this.#isElsewhere(room, here.user)) continue
      found.push(room.seen(here.user))
      if (found.length === MOST) break
    }
    return found
  }

  /** Is anybody who belongs to a room outside it, also if they have just come or may be back in a moment? */
  anyOutside(room: Room): boolean {
    for (const { userId } of this.#options.attention.belonging(room.id)) {
      const here = this.#here.get(userId)
      if (here && this.#isElsewhere(room, here.user)) return true
    }
    return false
  }

  close(): void {
    for (const { timer } of this.#here.values()) clearTimeout(timer)
  }

  #settle(here: Here): void {
    here.settled = true
    here.timer = undefined
    this.#tell(here.user, true)
  }

  #tell(user: User, elsewhere: boolean): void {
    const { attention, rooms } = this.#options
    for (const { standing, row } of attention.placesOf(user.id).values()) {
      const room = standing === 'in' ? rooms.openById(row.id) : undefined
      // Who is kept out of it by now may have been told of as online before.
      if (!room || isToldBy(room, user.id)) continue
      if (elsewhere && !this.#isElsewhere(room, user)) continue
      tellOf(user, room, elsewhere)
    }
  }

  #belongs(room: Room, userId: number): boolean {
    return this.#options.attention.place(userId, room.id)?.standing === 'in'
  }

  /** Who is kept out of a room, by whatever they are known again by, is no news in it. */
  #isElsewhere(room: Room, { id, name }: User): boolean {
    if (room.presence.has(id)) return false
    const { order, connections } = this.#options
    if (order.bannedMs(room, { userId: id, name }) > 0) return false
    const theirs = connections.ofUser(id)
    return theirs.length === 0 || theirs.some((one) => order.bannedMs(room, comer(one)) === 0)
  }
}

/** Who is in the room, or has just left it: `left` says where they are then. */
const isToldBy = ({ presence }: Room, userId: number): boolean =>
  presence.has(userId) || presence.isGoing(userId)

function tellOf(user: User, room: Room, elsewhere: boolean): void {
  const status = { type: 'status', room: room.name, user: room.seen(user), elsewhere }
  room.tell(JSON.stringify(status))
}
