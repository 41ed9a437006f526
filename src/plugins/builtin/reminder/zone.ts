/** Wall clocks of a time zone, by its IANA name. */

/** Is there a time zone of this name? */
export const isZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** What the wall clock shows at an instant, as if that were UTC: ms since 1970. */
export function wallAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const day = [part('year'), part('month') - 1, part('day')] as const
  return Date.UTC(...day, part('hour'), part('minute'), part('second'))
}

/** The instant at which the wall clock shows this; one that is skipped in spring is an hour later. */
export function instantOf(wall: number, zone: string): number {
  const guess = wall - (wallAt(wall, zone) - wall)
  return wall - (wallAt(guess, zone) - guess)
}

/** An instant as people there write it, to the minute. @param at Milliseconds since 1970 UTC. */
export const inZone = (at: number, zone: string, lang: 'zh-CN' | 'en'): string =>
  new Intl.DateTimeFormat(lang, {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
