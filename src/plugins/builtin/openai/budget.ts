import type { BotRest } from '../../../plugin.js'

/** How much a bot answers. 0: no limit. */
export interface BudgetOptions {
  /** Answers in a minute, in one room and to one person. */
  perRoom: number
  perPerson: number
  /** Tokens in a day, questions and answers together: of all, of one room, of one person. */
  tokensADay: number
  tokensADayRoom: number
  tokensADayPerson: number
  /** Milliseconds since 1970. */
  now?: () => number
}

/** Who asks, and where. */
export interface Asker {
  room: string
  /** Id of the person. */
  person: number
}

/** Why it does not answer now: which budget is used up, how much of it there was, and until when. */
export interface Refusal {
  why: 'person' | 'room' | 'tokens' | 'tokens-room' | 'tokens-person'
  used: number
  limit: number
  /** After how many seconds there is more. */
  seconds: number
  /** To be told: the first in a minute, or the refusals would be the flood. */
  tell: boolean
}

const MINUTE_MS = 60_000

/** Counts the answers of a bot, and the tokens of its day. Kept in memory: a restart begins anew. */
export class Budget {
  readonly #options: BudgetOptions
  readonly #now: () => number
  readonly #rooms = new Recent()
  readonly #persons = new Recent()
  readonly #told = new Recent()
  #day = ''
  #tokens = new Map<string, number>()

  constructor(options: BudgetOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** Takes one answer for this person in this room. @returns why there is none to take. */
  take(asker: Asker): Refusal | undefined {
    const { perPerson, perRoom } = this.#options
    const [person, room] = [String(asker.person), asker.room]
    const now = this.#now()
    const refused =
      this.#tokensOver(asker, now) ??
      refusal('person', this.#persons.of(person, now), perPerson, now) ??
      refusal('room', this.#rooms.of(room, now), perRoom, now)
    if (refused) return { ...refused, tell: this.#isFirst(refused.why, asker, now) }
    this.#persons.add(person, now)
    this.#rooms.add(room, now)
    return undefined
  }

  spend(tokens: number, asker: Asker): void {
    this.#turnPage()
    for (const { key } of this.#days(asker)) {
      this.#tokens.set(key, (this.#tokens.get(key) ?? 0) + tokens)
    }
  }

  /** Tokens that are left today for this person in this room. */
  left(asker: Asker): number {
    this.#turnPage()
    return Math.min(...this.#days(asker).map(({ left }) => left))
  }

  /** What is left for this person in this room, of what is limited; counts alone, and takes nothing. */
  rest({ room, person }: Asker): BotRest[] {
    const { perPerson, perRoom } = this.#options
    const now = this.#now()
    this.#turnPage()
    const answers = (of: BotRest['of'], limit: number, times: readonly number[]): BotRest[] =>
      limit === 0
        ? []
        : [{ of, what: 'answers', in: 'minute', left: Math.max(0, limit - times.length), limit }]
    const tokens = this.#days({ room, person }).flatMap(({ of, limit, left }): BotRest[] =>
      limit === 0 ? [] : [{ of, what: 'tokens', in: 'day', left, limit }],
    )
    return [
      ...answers('person', perPerson, this.#persons.of(String(person), now)),
      ...answers('room', perRoom, this.#rooms.of(room, now)),
      ...tokens,
    ]
  }

  #tokensOver(asker: Asker, now: number): Omit<Refusal, 'tell'> | undefined {
    this.#turnPage()
    const over = this.#days(asker).find(({ left }) => left === 0)
    if (!over) return undefined
    const { why, used, limit } = over
    return { why, used, limit, seconds: Math.ceil((midnightAfter(now) - now) / 1_000) }
  }

  /** The budgets of the day that this question belongs to. */
  #days({ room, person }: Asker) {
    const { tokensADay, tokensADayRoom, tokensADayPerson } = this.#options
    const day = (of: BotRest['of'], why: Refusal['why'], key: string, limit: number) => {
      const used = this.#tokens.get(key) ?? 0
      return { of, why, key, used, limit, left: limit === 0 ? Infinity : Math.max(0, limit - used) }
    }
    return [
      day('all', 'tokens', '', tokensADay),
      day('room', 'tokens-room', `room:${room}`, tokensADayRoom),
      day('person', 'tokens-person', `person:${person}`, tokensADayPerson),
    ]
  }

  /** A full room is told as a whole; what concerns one person, that person. */
  #isFirst(why: Refusal['why'], { room, person }: Asker, now: number): boolean {
    const key = why === 'room' ? `${why}:${room}` : `${why}:${room}:${person}`
    if (this.#told.of(key, now).length > 0) return false
    this.#told.add(key, now)
    return true
  }

  /** A day of the computer's own time zone. */
  #turnPage(): void {
    const day = new Date(this.#now()).toDateString()
    if (day === this.#day) return
    this.#day = day
    this.#tokens = new Map()
  }
}

/** @param times When the last ones were taken, oldest first, within the minute. */
function refusal(why: Refusal['why'], times: readonly number[], limit: number, now: number) {
  if (limit === 0 || times.length < limit) return undefined
  const free = (times.at(-limit) ?? now) + MINUTE_MS
  return { why, used: times.length, limit, seconds: Math.ceil((free - now) / 1_000) }
}

const midnightAfter = (now: number): number => new Date(now).setHours(24, 0, 0, 0)

/** What happened within the last minute, by key. */
class Recent {
  readonly #times = new Map<string, number[]>()

  of(key: string, now: number): number[] {
    return (this.#times.get(key) ?? []).filter((time) => time > now - MINUTE_MS)
  }

  add(key: string, now: number): void {
    if (this.#times.size > 1_000) this.#forget(now)
    this.#times.set(key, [...this.of(key, now), now])
  }

  #forget(now: number): void {
    for (const [key, times] of this.#times) {
      if ((times.at(-1) ?? 0) <= now - MINUTE_MS) this.#times.delete(key)
    }
  }
}
