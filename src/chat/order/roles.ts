import type { Role, RoomSettings } from '../../protocol.js'
import type { AuditEntry, RoleStore } from '../../store/store.js'

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

  /** Every host, whether they can still come in or not. */
  hosts(): number[] {
    return [...this.#everywhere].flatMap(([id, role]) => (role === 'host' ? [id] : []))
  }

  /** The role in a room: the one that holds everywhere, or who made it is its moderator. A room of two has none. */
  roleIn({ madeBy, settings }: Led, userId: number): Role | undefined {
    if (settings.kind === 'direct') return undefined
    return this.of(userId) ?? (madeBy === userId ? 'mod' : undefined)
  }

  /** Makes the bearer of a link's token host. @returns false: it is unknown, over or used up. */
  async claim(hash: string, userId: number, entry: AuditEntry): Promise<boolean> {
    const claimed = await this.#store.claimLink(hash, userId, entry)
    if (claimed) this.#everywhere.set(userId, 'host')
    return claimed
  }

  /** Gives a role that holds everywhere, or takes it. */
  async give(userId: number, role: Role | undefined, entry: AuditEntry): Promise<void> {
    await this.#store.set(userId, role, entry)
    if (role) this.#everywhere.set(userId, role)
    else this.#everywhere.delete(userId)
  }
}
