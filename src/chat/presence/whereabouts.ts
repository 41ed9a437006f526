import type { User } from '../../protocol.js'
import type { Attention } from '../attention/attention.js'
import type { Order } from '../order/order.js'
import { GRACE_MS } from './presence.js'
import type { Room } from '../room.js'
import type { Rooms } from '../rooms.js'

/** Who has just come is first of all about to enter a room: the others are told this much later, in milliseconds. */
const SETTLED_MS = 1_000
/** So many are told with `joined`; of a larger crowd nobody reads the names. */
const MOST = 200

export interface WhereaboutsOptions {
  attention: Pick<Attention, 'placesOf' | 'belonging'>
  rooms: Pick<Rooms, 'openById'>
  order: Pick<Order, 'bannedMs'>
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

  /** Have they a connection now, whatever room it is in? */
  isHere(userId: number): boolean {
    return this.#here.get(userId)?.leaving === false
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
      if (!room || (elsewhere ? !this.#isElsewhere(room, user) : room.presence.has(user.id)))
        continue
      const status = { type: 'status', room: room.name, user: room.seen(user), elsewhere }
      room.tell(JSON.stringify(status))
    }
  }

  /** Who is kept out of a room is no news in it. */
  #isElsewhere(room: Room, { id, name }: User): boolean {
    if (room.presence.has(id)) return false
    return this.#options.order.bannedMs(room, { userId: id, name }) === 0
  }
}
