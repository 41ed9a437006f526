/** How much a bot answers. 0: no limit. */
export interface BudgetOptions {
  /** Answers in a minute, in one room and to one person. */
  perRoom: number
  perPerson: number
  /** Tokens in a day, questions and answers together. */
  tokensADay: number
  /** Milliseconds since 1970. */
  now?: () => number
}

/** Why it does not answer now. */
export interface Refusal {
  why: 'room' | 'person' | 'day'
  /** After how many seconds it will. */
  seconds: number
  /** The first of its kind: the others are refused in silence, or the refusals would be the flood. */
  first: boolean
}

const MINUTE_MS = 60_000

/** Counts the answers of a bot, and the tokens of its day. Kept in memory: a restart begins anew. */
export class Budget {
  readonly #options: BudgetOptions
  readonly #now: () => number
  readonly #rooms = new Recent()
  readonly #persons = new Recent()
  #day = ''
  #tokens = 0
  #dayTold = false

  constructor(options: BudgetOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** Takes one answer for this person in this room. @returns why there is none to take. */
  take(room: string, person: number): Refusal | undefined {
    const now = this.#now()
    const { perRoom, perPerson } = this.#options
    if (this.left() === 0) return this.#overForToday()
    const refusal =
      this.#persons.refuse(String(person), perPerson, now, 'person') ??
      this.#rooms.refuse(room, perRoom, now, 'room')
    if (refusal) return refusal
    this.#persons.add(String(person), now)
    this.#rooms.add(room, now)
    return undefined
  }

  spend(tokens: number): void {
    this.#turnPage()
    this.#tokens += tokens
  }

  /** Tokens that are left today. */
  left(): number {
    const { tokensADay } = this.#options
    this.#turnPage()
    return tokensADay === 0 ? Infinity : Math.max(0, tokensADay - this.#tokens)
  }

  #overForToday(): Refusal {
    const first = !this.#dayTold
    this.#dayTold = true
    return { why: 'day', seconds: 0, first }
  }

  /** A day of the computer's own time zone. */
  #turnPage(): void {
    const day = new Date(this.#now()).toDateString()
    if (day === this.#day) return
    this.#day = day
    this.#tokens = 0
    this.#dayTold = false
  }
}

/** What happened within the last minute, by key. */
class Recent {
  readonly #times = new Map<string, number[]>()
  readonly #told = new Set<string>()

  refuse(key: string, limit: number, now: number, why: Refusal['why']): Refusal | undefined {
    const times = (this.#times.get(key) ?? []).filter((time) => time > now - MINUTE_MS)
    if (limit === 0 || times.length < limit) return undefined
    const first = !this.#told.has(key)
    this.#told.add(key)
    return { why, seconds: Math.ceil(((times.at(-limit) ?? now) + MINUTE_MS - now) / 1000), first }
  }

  add(key: string, now: number): void {
    if (this.#times.size > 1_000) this.#forget(now)
    const times = (this.#times.get(key) ?? []).filter((time) => time > now - MINUTE_MS)
    this.#times.set(key, [...times, now])
    this.#told.delete(key)
  }

  #forget(now: number): void {
    for (const [key, times] of this.#times) {
      if ((times.at(-1) ?? 0) <= now - MINUTE_MS) this.#times.delete(key)
    }
  }
}
