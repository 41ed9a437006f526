import type { Role, RoomSettings } from '../../protocol.js'
import type { RoleStore } from '../../store/store.js'

/** What a room says about who leads it. */
export interface Led {
  /** Who made it, by id; null: the configuration. */
  readonly madeBy: number | null
  readonly settings: Pick<RoomSettings, 'kind'>
}

/** Who is host or moderator, in memory after the start: each question is a look into a map. */
export class Roles {
  readonly #store: RoleStore
  readonly #everywhere = new Map<number, Role>()

  constructor(store: RoleStore) {
    this.#store = store
  }

  /** Reads what was given before; called once, at the start. */
  async load(): Promise<void> {
    for (const { userId, role } of await this.#store.all()) this.#everywhere.set(userId, role)
  }

  /** The role of a user that holds everywhere. */
  of(userId: number): Role | undefined {
    return this.#everywhere.get(userId)
  }

  /** The role in a room: the one that holds everywhere, or who made it is its moderator. A room of two has none. */
  roleIn({ madeBy, settings }: Led, userId: number): Role | undefined {
    if (settings.kind === 'direct') return undefined
    return this.of(userId) ?? (madeBy === userId ? 'mod' : undefined)
  }

  /** Gives a role that holds everywhere, or takes it. @param at ms since 1970 UTC. */
  async give(userId: number, role: Role | undefined, at: number): Promise<void> {
    await this.#store.set(userId, role, at)
    if (role) this.#everywhere.set(userId, role)
    else this.#everywhere.delete(userId)
  }
}
