import * as chrono from 'chrono-node'
import { instantOf, wallAt } from './zone.js'

/** So many characters may name the time: the library takes 650 ms for 8,000 that are made for it. */
const HEARD = 500

/**
 * The time that a sentence names, in a time zone, and what is left of the sentence.
 * @param now Milliseconds since 1970 UTC.
 * @returns undefined if it names none.
 */
export function timeIn(
  text: string,
  { now, zone }: { now: number; zone: string },
): { at: number; what: string } | undefined {
  const all = text.normalize('NFKC').replace(OLD, (char) => NEW[OLD_CHARS.indexOf(char)] ?? char)
  const words = all.slice(0, HEARD)
  const here = onOurClock(wallAt(now, zone))
  const parser = /\p{Script=Han}/u.test(words) ? [chrono.zh.hans, chrono.en] : [chrono.en]
  for (const each of parser) {
    const [found] = each.parse(words, here, { forwardDate: true })
    if (!found) continue
    const { start, index, text } = found
    const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
    const time = [start.get('hour'), start.get('minute'), start.get('second')]
    const [hour, minute, second] = time.map((part) => part ?? 0)
    const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour, minute, second)
    const offset = start.get('timezoneOffset')
    const named = ZONE.test(text) && offset !== null
    const at = named ? wall - offset * 60_000 : instantOf(wall, zone)
    return { at, what: withoutAsking(all.slice(0, index), all.slice(index + text.length)) }
  }
  return undefined
}

/** A date on which this program's own clock shows what another one's does. */
function onOurClock(wall: number): Date {
  const date = new Date(wall)
  return new Date(
    ...([date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()] as const),
    ...([date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()] as const),
  )
}

/** What is to be said: the sentence without its time, and without `remind me to`. */
function withoutAsking(before: string, after: string): string {
  const rest = [before, after].map((part) => part.replace(/^@\S+\s+/, '').trim()).join(' ')
  return rest
    .replace(
      /(?:请|麻烦)?(?:记得)?提醒(?:一下)?我?|(?:please\s+)?remind me(?:\s+(?:to|that|about))?/i,
      ' ',
    )
    .replace(/^[\s,，.。:：;；]*(?:(?:to|that|about)\s+)?/i, '')
    .replace(/(?<![\s,，])[\s,，]+$/, '')
    .replace(/\s{2,}/g, ' ')
}

/** A zone of the sentence's own: 8:00 UTC, 8 PM EST, 8:00+09:00. */
const ZONE = /\d\s?(?:[AP]M\s?)?(?:[A-Z]{2,4}T|UTC|GMT)\b|[+-]\d{1,2}:\d{2}\b/

/** Traditional signs in words of time, which the parser reads in their simplified form. */
const OLD_CHARS = '點後鐘兩週個時'
const NEW = '点后钟两周个时'
const OLD = new RegExp(`[${OLD_CHARS}]`, 'g')
