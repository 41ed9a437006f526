import type { Connection } from '../connection.js'
import { anywhere, type Asking } from '../rights.js'
import type { Room } from '../room.js'
import type { Roles } from './roles.js'

export interface OrderOptions {
  roles: Roles
}

/** Who may what, as it is now. */
export class Order {
  readonly roles: Roles

  constructor({ roles }: OrderOptions) {
    this.roles = roles
  }

  /** What the rules look at when this connection asks for something, in a room or anywhere. */
  asking({ user }: Connection, room?: Room): Asking {
    return {
      role: room ? this.roles.roleIn(room, user.id) : this.roles.of(user.id),
      room: room?.settings ?? anywhere,
      mutedMs: 0,
    }
  }
}
