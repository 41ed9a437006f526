import type { Clock } from '../../clock.js'
import { PLAIN_POLICY, type BotPolicy, type User } from '../../protocol.js'
import type { PowerStore } from '../../store/store.js'
import type { BotRules, Unheard } from '../face.js'
import type { Roles } from '../order/roles.js'
import type { Rooms } from '../rooms.js'

export interface PoliciesOptions {
  store: PowerStore
  roles: Roles
  /** Asked for late: the rooms are made after this. */
  rooms: () => Rooms
  clock: Clock
}

/** What moderators let each bot do in each room, in memory after the start: the path to the bots asks of every line. */
export class Policies implements BotRules {
  readonly #options: PoliciesOptions
  readonly #rooms = new Map<number, Map<number, BotPolicy>>()

  constructor(options: PoliciesOptions) {
    this.#options = options
  }

  /** Reads what was set before; called once, at the start. */
  async load(): Promise<void> {
    for (const { roomId, botId, policy } of await this.#options.store.policies()) {
      this.#put(roomId, botId, policy)
    }
  }

  /** As it was set. */
  of(roomId: number, botId: number): BotPolicy {
    return this.#rooms.get(roomId)?.get(botId) ?? PLAIN_POLICY
  }

  /** Do the quiet hours hold now? */
  isQuiet({ quiet }: BotPolicy): boolean {
    if (!quiet) return false
    const now = timeOfDay(this.#options.clock.now())
    const { from, until } = quiet
    return from < until ? from <= now && now < until : from <= now || now < until
  }

  modeOf(room: { id: number }, botId: number): BotPolicy['mode'] {
    const policy = this.#rooms.get(room.id)?.get(botId)
    if (!policy) return 'active'
    return policy.mode === 'active' && this.isQuiet(policy) ? 'called' : policy.mode
  }

  refusal(room: { id: number }, botId: number, by: User): Unheard | undefined {
    const { mode, callers } = this.of(room.id, botId)
    if (mode === 'off') return 'off'
    return this.#mayCall(room, callers, by) ? undefined : 'forModerators'
  }

  /** May a bot's program read what was said to others? Only where it may hear everybody. */
  mayLookBack(room: { id: number }, botId: number): boolean {
    return this.modeOf(room, botId) === 'active' && this.of(room.id, botId).callers === 'everybody'
  }

  async set(roomId: number, botId: number, policy: BotPolicy): Promise<void> {
    await this.#options.store.setPolicy({ roomId, botId, policy })
    this.#put(roomId, botId, policy)
  }

  #mayCall({ id }: { id: number }, callers: BotPolicy['callers'], by: User): boolean {
    if (callers === 'everybody') return true
    if (callers === 'members') return by.kind === 'person'
    const room = this.#options.rooms().openById(id)
    return room !== undefined && this.#options.roles.roleIn(room, by.id) !== undefined
  }

  #put(roomId: number, botId: number, policy: BotPolicy): void {
    const room = this.#rooms.get(roomId) ?? new Map<number, BotPolicy>()
    this.#rooms.set(roomId, room.set(botId, policy))
  }
}

/** `HH:MM` on this machine's clock: the server's time zone. */
const timeOfDay = (at: number): string => {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes()].map((n) => String(n).padStart(2, '0')).join(':')
}
