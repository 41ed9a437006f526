import { Draft } from './draft.js'

/**
 * @typedef {Pick<import('./timeline.js').Item, 'seq' | 'data'> & {user: {id?: number, name: string}}} Item What is
 *   answered, or stood in for.
 * @typedef {{kind: 'reply' | 'edit' | 'anew', item: Item, epoch?: string | undefined, line?: import('./outbox.js').Line}} Aim
 *   `anew`: it was to be an edit, or was not sent, and is said as a new line. `epoch`: in which the item has its number.
 *   `line`: taken out of the outbox for this.
 * @typedef {{text: string, aim?: Aim | undefined}} Piece
 */

const KINDS = new Set(['reply', 'edit', 'anew'])

/**
 * What is being written: the next line of the room, and over it what was taken up again before that one was sent. The
 * uppermost stands in the field, the others wait. All of it outlives the page, each with what it is meant for.
 */
export class Drafts {
  /** The next line first. @type {[Piece, ...Piece[]]} */
  #pieces
  #line
  #storage
  #key
  /** What lies there is of this page: another tab leaves it alone. */
  #ours = false

  /** @param {{storage: import('./outbox.js').KeyValues | undefined, server: string, room: string}} options */
  constructor({ storage, server, room }) {
    this.#storage = storage
    this.#line = new Draft({ storage, server, room })
    this.#key = `chat-room/aims/${server}/${encodeURIComponent(room)}`
    const { text } = this.#line
    const [base, ...over] = parse(storage?.getItem(this.#key))
    this.#ours = base !== undefined
    // Another tab may have gone on with the line: it answers what it answered only if it is still the same.
    this.#pieces = [{ text, aim: base?.text === text ? base.aim : undefined }, ...over]
  }

  get text() {
    return this.#top.text
  }

  /** What it is meant for, if not to be the next line. */
  get aim() {
    return this.#top.aim
  }

  /** Something else waits until this is sent, or given up. */
  get over() {
    return this.#pieces.length > 1
  }

  /** @param {string} text @returns {boolean} The browser kept it. */
  write(text) {
    this.#top.text = text
    return this.#keep()
  }

  /** It is meant for something else now. @param {Aim} [aim] */
  mean(aim) {
    this.#top.aim = aim
    this.#keep()
  }

  /** Something is of the next line, as what was typed before the page was there to keep it. @param {string} text */
  begin(text) {
    const [line] = this.#pieces
    line.text = [line.text, text].filter(Boolean).join('\n')
    this.#keep()
  }

  /** What is written waits, and something else stands before it. @param {Piece} piece */
  take(piece) {
    this.#pieces.push(piece)
    this.#keep()
  }

  /** An edit that waits, however deep, is taken up again before what was begun since. @param {number} seq Of its message. @returns {boolean} There is one. */
  raise(seq) {
    const at = this.#pieces.findLastIndex(({ aim }) => aim?.kind === 'edit' && aim.item.seq === seq)
    if (at < 1) return false
    this.#pieces.push(...this.#pieces.splice(at, 1))
    this.#keep()
    return true
  }

  /**
   * Given up: what waited is there again. Of an answer only that is given up that it is one: unless its text is kept elsewhere,
   * it is of the next line then.
   * @returns {Aim | undefined}
   */
  giveUp() {
    const { aim, text } = this.#top
    if (this.over && aim?.kind === 'reply' && !aim.line) this.begin(text)
    return this.leave()
  }

  /** Sent: what waited is there again. The next line stays, without what it was meant for. @returns {Aim | undefined} */
  leave() {
    const { aim } = this.#top
    if (this.over) this.#pieces.pop()
    else this.#top.aim = undefined
    this.#keep()
    return aim
  }

  /** The room is not as it was: what was meant for something that is gone can only be said. @param {(aim: Aim) => boolean} isThere */
  check(isThere) {
    const gone = this.#pieces.filter(({ aim }) => aim && aim.kind !== 'anew' && !isThere(aim))
    for (const piece of gone) {
      const isNext = piece === this.#pieces[0]
      piece.aim = isNext || !piece.aim ? undefined : { ...piece.aim, kind: 'anew' }
    }
    if (gone.length > 0) this.#keep()
  }

  get #top() {
    return this.#pieces.at(-1) ?? this.#pieces[0]
  }

  /** The next line lies where the list of rooms looks for it. */
  #keep() {
    const [{ text, aim }] = this.#pieces
    const aims = aim !== undefined || this.over
    try {
      if (aims) this.#storage?.setItem(this.#key, JSON.stringify(this.#pieces))
      else if (this.#ours) this.#storage?.removeItem(this.#key)
      this.#ours = aims
    } catch {
      return false
    }
    return this.#line.keep(text)
  }
}

/** @param {string | null | undefined} json @returns {Piece[]} */
function parse(json) {
  try {
    const kept = JSON.parse(json ?? '[]')
    return kept.filter(isPiece).map(restored)
  } catch {
    return []
  }
}

/** @param {any} piece As the browser kept it. @returns {piece is Piece} */
export const isPiece = (piece) =>
  typeof piece?.text === 'string' &&
  (piece.aim === undefined ||
    (KINDS.has(piece.aim.kind) &&
      typeof piece.aim.item?.data === 'string' &&
      typeof piece.aim.item.user?.name === 'string'))

/** A line that waited to be sent does so no more: nobody knows what became of it meanwhile. @param {Piece} piece @returns {Piece} */
function restored({ text, aim }) {
  if (!aim?.line) return { text, aim }
  return { text, aim: { ...aim, line: { ...aim.line, state: 'failed' } } }
}
