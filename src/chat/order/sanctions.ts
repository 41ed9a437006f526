import type { Clock } from '../../clock.js'
import type {
  AuditEntry,
  NewSanction,
  Sanction,
  SanctionKind,
  SanctionStore,
  SanctionTarget,
} from '../../store/store.js'

/** What is known of somebody who speaks or comes in. */
export interface Bearer {
  userId?: number
  /** Hash of the browser's id. */
  device?: string | undefined
  /** The address, of IPv6 its /64. */
  address?: string
  /** Skeleton of the name; asked for only if a name is barred at all. */
  name?: () => string
}

interface Held {
  sanction: Sanction
  /** When it ends, of the steady clock: who turns the machine's clock does not end a mute. */
  endsAt: number
}

/** Who is muted and banned, in memory after the start: each question is a few looks into a map. */
export class Sanctions {
  readonly #store: SanctionStore
  readonly #clock: Clock
  readonly #all = new Map<number, Held>()
  readonly #byTarget = new Map<string, Set<Held>>()
  #names = 0

  constructor(store: SanctionStore, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** Reads what holds; called once, at the start. */
  async load(): Promise<void> {
    for (const sanction of await this.#store.active(this.#clock.now())) this.#hold(sanction)
  }

  /** How long somebody may not speak in a room, in milliseconds; 0: may speak. */
  mutedMs(roomId: number | null, who: Bearer): number {
    return this.#longest('mute', roomId, who)
  }

  /** Until when, in ms since 1970 UTC; undefined: may speak. */
  mutedUntil(roomId: number | null, who: Bearer): number | undefined {
    const times = this.#holding('mute', roomId, who).map(
      ({ sanction }) => sanction.until ?? Infinity,
    )
    return times.length > 0 ? Math.max(...times) : undefined
  }

  /** How long somebody may not come in: everywhere (null) or in a room; 0: may come, Infinity: never. */
  bannedMs(roomId: number | null, who: Bearer): number {
    return this.#longest('ban', roomId, who)
  }

  /** Those that hold now, oldest first. */
  active(kind: SanctionKind): Sanction[] {
    this.#forgetEnded()
    return [...this.#all.values()]
      .map(({ sanction }) => sanction)
      .filter((sanction) => sanction.kind === kind)
  }

  byId(id: number): Sanction | undefined {
    const held = this.#all.get(id)
    return held && held.endsAt > this.#clock.steady() ? held.sanction : undefined
  }

  /** Holds somebody from now on, over restarts, in the place of older ones. */
  async add(
    sanction: NewSanction,
    lifting: readonly number[],
    entry: AuditEntry,
  ): Promise<Sanction> {
    const id = await this.#store.add(sanction, lifting, entry)
    for (const old of lifting) this.#drop(old)
    const kept = { ...sanction, id }
    this.#forgetEnded()
    this.#hold(kept)
    return kept
  }

  async lift(ids: readonly number[], entry: AuditEntry): Promise<void> {
    await this.#store.lift(ids, entry)
    for (const id of ids) this.#drop(id)
  }

  #longest(kind: SanctionKind, roomId: number | null, who: Bearer): number {
    const now = this.#clock.steady()
    return Math.max(0, ...this.#holding(kind, roomId, who).map(({ endsAt }) => endsAt - now))
  }

  /** What holds somebody now. */
  #holding(kind: SanctionKind, roomId: number | null, who: Bearer): Held[] {
    if (this.#all.size === 0) return []
    const now = this.#clock.steady()
    return keysOf(who, this.#names > 0)
      .flatMap((key) => [...(this.#byTarget.get(key) ?? [])])
      .filter(({ sanction: { kind: its, roomId: where }, endsAt }) => {
        return its === kind && (where === null || where === roomId) && endsAt > now
      })
  }

  #hold(sanction: Sanction): void {
    const { until } = sanction
    const left = until === null ? Infinity : until - this.#clock.now()
    const held = { sanction, endsAt: this.#clock.steady() + left }
    this.#all.set(sanction.id, held)
    for (const target of sanction.targets) {
      const key = keyOf(target)
      const others = this.#byTarget.get(key)
      if (others) others.add(held)
      else this.#byTarget.set(key, new Set([held]))
      if (target.target === 'name') this.#names++
    }
  }

  #drop(id: number): void {
    const held = this.#all.get(id)
    if (!held) return
    this.#all.delete(id)
    for (const target of held.sanction.targets) {
      const others = this.#byTarget.get(keyOf(target))
      others?.delete(held)
      if (others?.size === 0) this.#byTarget.delete(keyOf(target))
      if (target.target === 'name') this.#names--
    }
  }

  #forgetEnded(): void {
    const now = this.#clock.steady()
    for (const [id, { endsAt }] of this.#all) if (endsAt <= now) this.#drop(id)
  }
}

const keyOf = ({ target, value }: SanctionTarget): string => `${target}:${value}`

function keysOf({ userId, device, address, name }: Bearer, names: boolean): string[] {
  return [
    ...(userId === undefined ? [] : [`user:${userId}`]),
    ...(device === undefined ? [] : [`device:${device}`]),
    ...(address === undefined ? [] : [`address:${address}`]),
    ...(name && names ? [`name:${name()}`] : []),
  ]
}
