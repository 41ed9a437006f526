const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Where a day begins for who asks. */
export interface Clock {
  /** Milliseconds since 1970 UTC. */
  now: number
  /** Minutes east of UTC; absent: the server's own time zone. */
  offset?: number | undefined
}

/**
 * The first moment of a day, month or year: `2026-11-01`, `2026/11/1`, `2026年11月1日`, `2026-11`, `2026`,
 * `today`, `昨天`. Signs of full width are fine.
 * @returns milliseconds since 1970 UTC; undefined when there is no such day.
 */
export function firstMoment(text: string, clock: Clock): number | undefined {
  const word = text.normalize('NFKC').toLowerCase()
  const back = DAYS_BACK.get(word)
  const parts = back === undefined ? written(word) : dayBefore(clock, back)
  return parts && moment(parts, clock)
}

const DAYS_BACK = new Map([
  ['today', 0],
  ['今天', 0],
  ['yesterday', 1],
  ['昨天', 1],
])

type Day = [year: number, month: number, day: number]

function written(word: string): Day | undefined {
  const [, year, month = '1', day = '1'] = DATE.exec(word) ?? []
  if (year === undefined) return undefined
  const parts: Day = [Number(year), Number(month), Number(day)]
  return isDay(parts) ? parts : undefined
}

const DATE = /^((?:19|20|21)\d\d)(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?)?年?$/

/** February has no 30th. */
function isDay([year, month, day]: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function dayBefore({ now, offset }: Clock, days: number): Day {
  const then = now - days * DAY_MS
  const date = new Date(offset === undefined ? then : then + offset * MINUTE_MS)
  return offset === undefined
    ? [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    : [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}

const moment = ([year, month, day]: Day, { offset }: Clock): number =>
  offset === undefined
    ? new Date(year, month - 1, day).getTime()
    : Date.UTC(year, month - 1, day) - offset * MINUTE_MS
