import { fold } from './words.js'

/**
 * @typedef {'@' | ':' | '/' | ' '} Sign Of a person, an emoji, a command, and of whom a command is about.
 * @typedef {{sign: Sign, from: number, to: number, query: string, whole?: true}} Word What is being written, and where in the text.
 *   `whole`: it was written to its end, `:tada:`.
 */

/** `@` and `/`, of whatever width, and what the key of `/` types in Chinese: not the `@` of a mail address, and a command begins the line; `:` not the one of 12:30 or of http:. */
const BEGUN = [
  /(?<![a-z0-9._%+-])(?<sign>[@＠﹫])(?<query>[^\s@＠﹫]{0,20})$/iu,
  /(?<![\p{Script=Latin}\p{N}:/])(?<sign>:)(?<query>[a-z0-9_+-]{2,30})$/iu,
  /(?<![\p{Script=Latin}\p{N}:/])(?<sign>:)(?<query>[a-z0-9_+-]{1,30})(?<end>:)$/iu,
  /^(?<sign>[/／、])(?<query>\S{0,32})$/u,
]

/** Commands about somebody are followed by a name. */
const ABOUT = /^[/／、](?:mute|kick|ban|禁言|踢|请出|封禁?)\s+(?<query>[^\s@＠]{0,20})$/iu

/**
 * What is being written at the caret that could be finished for its author.
 * @param {string} text @param {number} caret @returns {Word | undefined}
 */
export function wordAt(text, caret) {
  const before = text.slice(0, caret)
  for (const begun of BEGUN) {
    const { sign, query = '', end = '' } = begun.exec(before)?.groups ?? {}
    const from = caret - query.length - end.length - 1
    if (sign)
      return {
        sign: /** @type {Sign} */ (sign === '、' ? '/' : sign.normalize('NFKC')),
        from,
        to: caret,
        query,
        ...(end && { whole: true }),
      }
  }
  const about = ABOUT.exec(before)?.groups?.query
  if (about === undefined) return undefined
  return { sign: ' ', from: caret - about.length, to: caret, query: about }
}

/**
 * Those that a query may mean, the best first: it is their name, their name begins with it, another word for them does (an alias, the
 * initials of a Chinese name), or it is somewhere in one of these: `xxn` finds 机器人小小鸟. Width and case do not matter.
 * @template T
 * @param {string} query @param {Iterable<T>} all @param {(one: T) => readonly string[]} wordsOf The name first.
 * @param {number} [most]
 * @returns {T[]}
 */
export function find(query, all, wordsOf, most = 8) {
  const wanted = fold(query)
  /** @type {T[][]} */
  const ranks = [[], [], [], []]
  for (const one of all) {
    const [name = '', ...words] = wordsOf(one).map(fold)
    if (name === wanted || words.includes(wanted)) ranks[0].push(one)
    else if (name.startsWith(wanted)) ranks[1].push(one)
    else if (words.some((word) => word.startsWith(wanted))) ranks[2].push(one)
    else if ([name, ...words].some((word) => word.includes(wanted))) ranks[3].push(one)
  }
  return ranks.flat().slice(0, most)
}
