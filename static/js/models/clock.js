import { serverNow } from '../server-time.js'
import { fill } from './words.js'

const DAY_MS = 86_400_000

/**
 * How times and days are written.
 * @param {string} lang
 * @param {{today: string, yesterday: string, moment: {today: string, yesterday: string, tomorrow: string, day: string}}} words
 */
export function clock(lang, words) {
  const day = format(lang, { month: 'long', day: 'numeric', weekday: 'long' })
  const year = format(lang, { dateStyle: 'full' })
  // As Intl writes it in our languages; to make its first format would be a tenth of what opening a room costs.
  const time = (/** @type {number} */ at) => new Date(at).toTimeString().slice(0, 5)
  const date = format(lang, { month: 'long', day: 'numeric' })
  const longDate = format(lang, { dateStyle: 'long' })
  return {
    time,
    full: format(lang, { dateStyle: 'full', timeStyle: 'short' }),
    /** A day and a time in a few words, outside the talk. */
    moment: (/** @type {number} */ at) => {
      const { today, yesterday, tomorrow, day: other } = words.moment
      const sentence = { '-1': yesterday, 0: today, 1: tomorrow }[daysFromNow(at)] ?? other
      return fill(sentence, { time: time(at), day: (isThisYear(at) ? date : longDate)(at) })
    },
    day(/** @type {number} */ at) {
      const midnight = new Date(serverNow()).setHours(0, 0, 0, 0)
      if (at >= midnight) return words.today
      if (at >= midnight - DAY_MS) return words.yesterday
      return (isThisYear(at) ? day : year)(at)
    },
  }
}

/** @param {number} at */
const isThisYear = (at) => new Date(at).getFullYear() === new Date(serverNow()).getFullYear()

/** Of the calendar; rounded, for a day may have an hour more or less. @param {number} at */
const daysFromNow = (at) =>
  Math.round(
    (new Date(at).setHours(0, 0, 0, 0) - new Date(serverNow()).setHours(0, 0, 0, 0)) / DAY_MS,
  )

/** Made when it is first wanted: all of them together would be a tenth of what opening a page costs. @param {string} lang @param {Intl.DateTimeFormatOptions} options */
function format(lang, options) {
  /** @type {Intl.DateTimeFormat | undefined} */
  let made
  return (/** @type {number} */ at) => {
    made ??= new Intl.DateTimeFormat(lang, options)
    return made.format(at)
  }
}
