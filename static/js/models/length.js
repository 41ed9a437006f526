import { fill } from '../components/dom.js'

/** A length of time in a few words, rounded up. @param {number} ms @param {{seconds: string, minutes: string, hours: string}} words */
export function lengthOf(ms, words) {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 90) return fill(words.seconds, { n: seconds })
  return seconds < 5400
    ? fill(words.minutes, { n: Math.ceil(seconds / 60) })
    : fill(words.hours, { n: Math.ceil(seconds / 3600) })
}
