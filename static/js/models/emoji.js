import { find } from './suggestions.js'

/**
 * @typedef {[emoji: string, name: string, words: string, codes: string, group: number]} EmojiRow
 * @typedef {{emoji: string, name: string, words: string[], codes: string[], group: number}} Emoji
 */

const RECENT = 24
const KEY = 'chat-room/emoji'

/** All emoji of a language, and which of them a person takes most lately. */
export class EmojiBook {
  /** @type {Emoji[]} */
  all
  #storage

  /** @param {readonly EmojiRow[]} rows @param {Storage | undefined} storage */
  constructor(rows, storage) {
    this.all = rows.map(([emoji, name, words, codes, group]) => ({
      emoji,
      name,
      words: words.split(' ').filter(Boolean),
      codes: codes.split(' ').filter(Boolean),
      group,
    }))
    this.#storage = storage
  }

  /** From now on they are found by the words of another language, too. @param {readonly EmojiRow[]} rows */
  learn(rows) {
    const known = new Map(this.all.map((one) => [one.emoji, one]))
    for (const [emoji, name, words] of rows)
      known.get(emoji)?.words.push(name, ...words.split(' ').filter(Boolean))
  }

  /** By a word of its language or a shortcode. @param {string} query @param {number} [most] */
  find(query, most) {
    const wordsOf = (/** @type {Emoji} */ one) => [one.name, ...one.words, ...one.codes]
    return find(query, this.all, wordsOf, most)
  }

  /** By the beginning of a shortcode, as it is typed. @param {string} query @param {number} [most] */
  byCode(query, most) {
    return find(query, this.all, ({ codes }) => [codes[0] ?? '', ...codes.slice(1)], most)
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

/** @param {string | null | undefined} json @returns {string[]} */
function parse(json) {
  try {
    const kept = JSON.parse(json ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}
