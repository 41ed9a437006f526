import type { Answers, Skill, Tongue } from '../turn.js'
import { placeIn } from './places.js'

export interface ClockOptions {
  /** IANA name of the room's time zone; undefined: the system's. */
  zone: string | undefined
  /** Milliseconds since 1970. */
  now: () => number
}

/**
 * Tells the time, the date and the day of the week in the room's zone, and the time in places it knows.
 * @throws {RangeError} when there is no such zone.
 */
export function clock({
  zone,
  now,
}: ClockOptions): Record<'time' | 'date' | 'day' | 'place', Skill> {
  const own = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  const tell = (kind: keyof typeof formats, tongue: Tongue, timeZone = own) =>
    new Intl.DateTimeFormat(tongue === 'zh' ? 'zh-CN' : 'en-GB', { ...formats[kind], timeZone })
      .format(now())
      .replace('24:', '00:')
      .replace(/(?<=\p{Script=Han})(?=\d\d:)/u, ' ')

  const there = (asked: string, tongue: Tongue): Answers => {
    const place = placeIn(asked)
    return place && words[tongue].there(place.names[tongue], tell('there', tongue, place.zone))
  }

  return {
    time: ({ text, tongue }) =>
      there(text, tongue) ?? words[tongue].time(tell('time', tongue), own),
    date: ({ tongue }) => words[tongue].date(tell('date', tongue)),
    day: ({ tongue }) => words[tongue].day(tell('day', tongue), tell('date', tongue)),
    place: ({ text, tongue }) => there(text, tongue),
  }
}

/** Whether there is such a time zone; an empty name stands for the system's. */
export function isZone(zone: string): boolean {
  try {
    return zone === '' || Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

const formats = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  day: { weekday: 'long' },
  there: { weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const words = {
  zh: {
    time: (time: string, zone: string) => [
      `现在是 ${time}（${zone}）。`,
      `我看了看太阳的位置，又看了看钟：${time}（${zone}）。`,
      `${time} 啦（${zone}）。`,
    ],
    date: (date: string) => [`今天是${date}。`, `翻了翻小日历：${date}。`],
    day: (day: string, date: string) => [`今天${day}。`, `${day}，准确地说是${date}。`],
    there: (place: string, time: string) => [`${place}现在是${time}。`, `${place}那边：${time}。`],
  },
  en: {
    time: (time: string, zone: string) => [
      `It is ${time} (${zone}).`,
      `I looked at the sun and then at the clock: ${time} (${zone}).`,
      `${time}, by the room's clock (${zone}).`,
    ],
    date: (date: string) => [`Today is ${date}.`, `My little calendar says ${date}.`],
    day: (day: string, date: string) => [`Today is ${day}.`, `My little calendar says: ${date}.`],
    there: (place: string, time: string) => [
      `In ${place} it is ${time}.`,
      `${place}? ${time} over there.`,
    ],
  },
}
