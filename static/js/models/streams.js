/**
 * @typedef {import('./timeline.js').User} User
 * @typedef {{stream: string, user: User, cause?: number, at: number, offset: number, data: string, ended?: string}} Delta
 * @typedef {{stream: string, user: User, cause?: number, at: number, text: string, taken: number, since: number, heard: number}} Growing
 *   `at`: when it began, `taken`: when the last piece taken in was sent, in the server's milliseconds; `since`: when we first
 *   heard of it, `heard`: when last, in ours.
 */

/** A bot that has written nothing for so long is shown as thinking. */
const THINKING_MS = 1000
/** The end of a stream may be lost with the frame that told it: no bot thinks so long. */
const LOST_MS = 5 * 60_000
/** So many that are over are remembered, for a delta that comes late. */
const REMEMBERED = 50

/**
 * The texts that bots are writing just now, before they are messages. What is told of them may be lost, repeated or late,
 * so a piece is taken only where it fits; what is missing comes with the next whole text. Knows neither socket nor page.
 */
export class Streams {
  /** In the order in which they began. @type {Map<string, Growing>} */
  #growing = new Map()
  /** @type {Set<string>} */
  #over = new Set()

  /** What is being written as somebody comes into the room, or back: nothing else is. @param {readonly Delta[]} whole @param {number} now */
  joined(whole, now) {
    const running = new Set(whole.map(({ stream }) => stream))
    for (const stream of this.#growing.keys())
      if (!running.has(stream)) this.#growing.delete(stream)
    for (const delta of whole) this.heard(delta, now)
  }

  /**
   * Takes a piece of a text: what stands there beyond its offset is replaced. One that begins beyond the end of what is
   * here waits for the whole text.
   * @param {Delta} delta @param {number} now Milliseconds.
   */
  heard({ stream, user, cause, at, offset, data, ended }, now) {
    if (ended) return this.over(stream)
    if (this.#over.has(stream)) return

    const growing = this.#growing.get(stream) ?? begin({ stream, user, cause, at }, now)
    growing.heard = now
    this.#growing.set(stream, growing)
    // What was sent before the last piece would take something away.
    if (offset > growing.text.length || at < growing.taken) return
    growing.text = growing.text.slice(0, offset) + data
    growing.taken = at
  }

  /** It is a message now, or nothing was left of it. @param {string} stream */
  over(stream) {
    this.#growing.delete(stream)
    this.#over.add(stream)
    const [oldest] = this.#over
    if (this.#over.size > REMEMBERED && oldest !== undefined) this.#over.delete(oldest)
  }

  /** What is to be shown: texts, and who has been thinking for a while. @param {number} now @returns {Growing[]} */
  shown(now) {
    for (const [stream, { heard }] of this.#growing)
      if (now - heard > LOST_MS) this.#growing.delete(stream)
    return [...this.#growing.values()].filter(
      ({ text, since }) => text !== '' || now - since >= THINKING_MS,
    )
  }

  /** Milliseconds until somebody is to be shown as thinking; undefined: nobody yet. @param {number} now */
  untilThinking(now) {
    const waiting = [...this.#growing.values()].filter(({ text }) => text === '')
    const times = waiting.map(({ since }) => since + THINKING_MS - now).filter((ms) => ms > 0)
    return times.length > 0 ? Math.min(...times) : undefined
  }
}

/** @param {Pick<Growing, 'stream' | 'user' | 'at'> & {cause: number | undefined}} what @param {number} now @returns {Growing} */
const begin = ({ cause, ...what }, now) => ({
  ...what,
  ...(cause !== undefined && { cause }),
  text: '',
  taken: 0,
  since: now,
  heard: now,
})
