import { LONGEST_TIMER_MS, type Clock } from '../../clock.js'
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
  readonly #ended: (ban: Sanction) => void
  readonly #all = new Map<number, Held>()
  readonly #byTarget = new Map<string, Set<Held>>()
  #names = 0
  /** For the soonest end of a ban that anybody is told of. */
  #end: NodeJS.Timeout | undefined

  /**
   * @param ended Told of a ban from a room that ended by itself. Nobody need be told of other ends: how long a mute lasts
   * was told with it, and whom a ban keeps out of the house is not here.
   */
  constructor(store: SanctionStore, clock: Clock, ended: (ban: Sanction) => void = () => {}) {
    this.#store = store
    this.#clock = clock
    this.#ended = ended
  }

  /** Reads what holds; called once, at the start. */
  async load(): Promise<void> {
    for (const sanction of await this.#store.active(this.#clock.now())) this.#hold(sanction)
    this.#awaitEnd()
  }

  /** Nobody is muted or banned: nothing has to be known of anybody. */
  get none(): boolean {
    return this.#all.size === 0
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
    this.#hold(kept)
    this.#forgetEnded()
    return kept
  }

  async lift(ids: readonly number[], entry: AuditEntry): Promise<void> {
    await this.#store.lift(ids, entry)
    for (const id of ids) this.#drop(id)
    this.#awaitEnd()
  }

  close(): void {
    clearTimeout(this.#end)
  }

  #longest(kind: SanctionKind, roomId: number | null, who: Bearer): number {
    const now = this.#clock.steady()
    return Math.max(0, ...this.#holding(kind, roomId, who).map(({ endsAt }) => endsAt - now))
  }

  /** What holds somebody now. */
  #holding(kind: SanctionKind, roomId: number | null, who: Bearer): Held[] {
    if (this.none) return []
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
    const ended = [...this.#all.values()].filter(({ endsAt }) => endsAt <= now)
    for (const { sanction } of ended) this.#drop(sanction.id)
    this.#awaitEnd()
    for (const { sanction } of ended) if (isOfRoom(sanction)) this.#ended(sanction)
  }

  #awaitEnd(): void {
    clearTimeout(this.#end)
    const ends = [...this.#all.values()].map((held) =>
      isOfRoom(held.sanction) ? held.endsAt : Infinity,
    )
    const left = Math.min(...ends) - this.#clock.steady()
    if (left === Infinity) return
    this.#end = setTimeout(() => this.#forgetEnded(), Math.min(left, LONGEST_TIMER_MS)).unref()
  }
}

const isOfRoom = ({ kind, roomId }: Sanction): boolean => kind === 'ban' && roomId !== null

/** Is somebody among those whom a sanction holds? */
export const holds = ({ targets }: Sanction, who: Bearer): boolean => {
  const known = new Set(keysOf(who, true))
  return targets.some((target) => known.has(keyOf(target)))
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
