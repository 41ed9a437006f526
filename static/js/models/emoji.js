import { find } from './suggestions.js'
import { fold } from './words.js'

/**
 * @typedef {[emoji: string, name: string, words: string, codes: string, group: number]} EmojiRow
 * @typedef {{emoji: string, name: string, words: string[], codes: string[], group: number}} Emoji
 * @typedef {[words: string, emoji: string]} EverydayRow What people say, with commas between, and what they mean by it, the
 *   best first.
 */

const RECENT = 24
const KEY = 'chat-room/emoji'

/** All emoji of a language, and which of them a person takes most lately. */
export class EmojiBook {
  /** @type {Emoji[]} */
  all
  #storage
  /** What people say, and what they mean by it. @type {{said: string, meant: Emoji[]}[]} */
  #everyday

  /** @param {readonly EmojiRow[]} rows @param {readonly EverydayRow[]} everyday @param {Storage | undefined} storage */
  constructor(rows, everyday, storage) {
    this.all = rows.map(([emoji, name, words, codes, group]) => ({
      emoji,
      name,
      words: words.split(' ').filter(Boolean),
      codes: codes.split(' ').filter(Boolean),
      group,
    }))
    this.#storage = storage
    const known = new Map(this.all.map((one) => [one.emoji, one]))
    this.#everyday = everyday.flatMap(([words, emoji]) => {
      const meant = emoji.split(' ').flatMap((one) => known.get(one) ?? [])
      return words.split(', ').map((said) => ({ said, meant }))
    })
  }

  /** From now on they are found by the words of another language, too. @param {readonly EmojiRow[]} rows */
  learn(rows) {
    const known = new Map(this.all.map((one) => [one.emoji, one]))
    for (const [emoji, name, words] of rows)
      known.get(emoji)?.words.push(name, ...words.split(' ').filter(Boolean))
  }

  /**
   * By what people say, by a word of its language or a shortcode; by several words, if it has all of them.
   * @param {string} query @param {number} [most]
   */
  find(query, most = Infinity) {
    const wanted = fold(query).trim()
    const named = (/** @type {string} */ word) => find(word, this.all, wordsOf, Infinity)
    const [first = '', ...more] = wanted.split(/\s+/)
    const others = more.map((word) => new Set(named(word)))
    const whole = others.length > 0 ? named(wanted) : []
    const ofAll = named(first).filter((one) => others.every((found) => found.has(one)))
    const said = [this.#said(wanted), this.#begun(wanted)]
    return firstOf(most, ...said, whole, ofAll, this.#within(wanted))
  }

  /** By the beginning of a shortcode, as it is typed, or of what people say. @param {string} query @param {number} [most] */
  byCode(query, most = 8) {
    const wanted = fold(query)
    const byCodes = find(query, this.all, ({ codes }) => [codes[0] ?? '', ...codes.slice(1)], most)
    const exact = byCodes.filter(({ codes }) => codes.includes(wanted))
    return firstOf(most, exact, this.#said(wanted), byCodes, this.#begun(wanted))
  }

  /** @param {string} wanted @returns {Emoji[]} */
  #said(wanted) {
    return this.#meant((said) => said === wanted)
  }

  /** @param {string} wanted @returns {Emoji[]} */
  #begun(wanted) {
    return this.#meant((said) => said.startsWith(wanted))
  }

  /** Chinese has no spaces between its words. @param {string} wanted @returns {Emoji[]} */
  #within(wanted) {
    return this.#meant((said) => HAN.test(said) && wanted.includes(said))
  }

  /** @param {(said: string) => boolean} fits */
  #meant(fits) {
    return this.#everyday.flatMap(({ said, meant }) => (fits(said) ? meant : []))
  }

  /** The one with just this shortcode. @param {string} code */
  ofCode(code) {
    const asked = code.toLowerCase()
    return this.all.find(({ codes }) => codes.includes(asked))
  }

  /** Taken last, the latest first. @returns {Emoji[]} */
  get recent() {
    const kept = parse(this.#storage?.getItem(KEY))
    return kept.flatMap((emoji) => this.all.find((one) => one.emoji === emoji) ?? [])
  }

  /** @param {string} emoji */
  took(emoji) {
    const kept = [emoji, ...parse(this.#storage?.getItem(KEY)).filter((one) => one !== emoji)]
    try {
      this.#storage?.setItem(KEY, JSON.stringify(kept.slice(0, RECENT)))
    } catch {
      // A full storage forgets what was taken, no more.
    }
  }
}

/** @param {Emoji} one */
const wordsOf = ({ name, words, codes }) => [name, ...words, ...codes]

/** A word of it, and no single character, which is in many. */
const HAN = /^\p{Script=Han}{2,}$/u

/** @param {number} most @param {...readonly Emoji[]} lists */
const firstOf = (most, ...lists) => [...new Set(lists.flat())].slice(0, most)

/** @param {string | null | undefined} json @returns {string[]} */
function parse(json) {
  try {
    const kept = JSON.parse(json ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
