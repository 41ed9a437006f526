import { fill } from './words.js'

/** @typedef {{seconds: string, minutes: string, hours: string, days: string}} Words */

/** From the longest; how many of the next shorter one make it. @type {readonly [keyof Words, number][]} */
const UNITS = [
  ['days', 24],
  ['hours', 60],
  ['minutes', 60],
]

/** A length of time in at most two units, rounded up: 1 min 5 s. @param {number} ms @param {Words} words */
export function lengthOf(ms, words) {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  let size = 86_400
  for (const [unit, parts] of UNITS) {
    const less = size / parts
    const all = Math.ceil(seconds / less)
    if (all >= parts) return together(unit, Math.floor(all / parts), all % parts, words)
    size = less
  }
  return fill(words.seconds, { n: seconds })
}

/** @type {Record<string, keyof Words>} */
const SHORTER = { days: 'hours', hours: 'minutes', minutes: 'seconds' }

/** @param {keyof Words} unit @param {number} n @param {number} rest Of the next shorter unit. @param {Words} words */
function together(unit, n, rest, words) {
  const shorter = SHORTER[unit]
  const long = fill(words[unit], { n })
  return rest > 0 && shorter ? `${long} ${fill(words[shorter], { n: rest })}` : long
}
