/**
 * @typedef {import('../../models/rows.js').Row} Row
 * @typedef {import('../../models/rows.js').MessageRow} MessageRow
 */

/** So near the end, in pixels, counts as being there. */
const NEAR = 56
/** History is asked for when so little is left above or below. */
const AHEAD = 900
/** Whoever reads the newest needs few rows above them: each costs with every frame. */
const SHOWN = 30
/** The page opens with so many, about a phone's screen; more come with the next frame, above them. */
const FIRST = 12
/** More at once than this are a page of history: not read out. */
const NEWS = 10
/** Rows are let go so many at a time, since all that stay move up; and they come back so many at a time. */
const STEP = 20
/** They go in a frame of their own, so long after the new ones, in milliseconds; but past so many at once. */
const GO_MS = 50
const MOST = 60
/** A line moves in if nothing was said for so long, in milliseconds: in a flood it would only cost. */
const CALM_MS = 300
/** So many frames in a row that each bring a line, before the last one had stood CALM_MS, are a flood. */
const FLOOD = 6
/** In a flood the list is drawn so seldom, in milliseconds: a frame costs much the same for one line as for five. */
const PACE_MS = 80

/**
 * The messages on the page: plain elements, changed once a frame. Whoever reads the newest stays there; whoever reads
 * above keeps the line under their eyes where it is, whatever comes, goes or grows.
 *
 * The log is a live region, so a screen reader reads what is added: a new line, once. Rows that are no news (history, and
 * what comes back on the way up) are added while the log is busy. A line that grows is to be busy itself until it ends,
 * so that it is read once and whole.
 */
export class MessageList {
  /** The newest line is in view, and stays so. */
  following = true
  /** What holds the rows. @type {HTMLElement} */
  element

  #log
  #make
  #read
  #on
  /** What stands on the page, of all rows there are. @type {readonly Row[]} */
  #rows = []
  /** So many rows above these are at hand. */
  #hidden = 0
  #most = SHOWN
  #wanted = false
  /** Number of a line to be brought into view. @type {number | undefined} */
  #sought
  #arrived = 0
  /** So many frames in a row brought news. */
  #run = 0
  #drawn = 0
  /** @type {Map<string, {row: Row, node: HTMLElement, stale?: true}>} */
  #shown = new Map()
  /** @type {WeakMap<Element, MessageRow>} */
  #messages = new WeakMap()
  #due = false
  #going = false
  /** The last frame that something was done in. */
  #worked = 0
  #atHead = true
  /** @type {{node: Element, top: number} | undefined} */
  #anchor
  #settled = false
  #lastTop = 0
  /** The size of the log when its place was held last. */
  #size = ''

  /**
   * @param {{log: HTMLElement, list: HTMLElement, rows: ReturnType<typeof import('./rows.js').rowMaker>,
   *   read: () => {rows: readonly Row[], atHead: boolean},
   *   on: {older: () => unknown, newer: () => unknown, following: (following: boolean) => void}}} options
   *   `rows`: makes and changes elements. `read`: all rows, and whether they end with the newest.
   */
  constructor({ log, list, rows, read, on }) {
    this.#log = log
    this.element = list
    this.#make = rows
    this.#read = read
    this.#on = on
    log.addEventListener('scroll', () => this.#scrolled(), { passive: true })
    list.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[data-older]')) on.older()
    })
    const sizes = new ResizeObserver(() => this.#refit())
    sizes.observe(log)
    sizes.observe(list)
  }

  /** Something changed: the coming frame shows it, in a flood one a little later. */
  show() {
    if (this.#due) return
    this.#due = true
    const wait = this.#run < FLOOD ? 0 : this.#drawn + PACE_MS - performance.now()
    const draw = () => this.#frame((now) => this.#draw(now))
    if (wait > 0) setTimeout(draw, wait)
    else draw()
  }

  /** The coming frame, or the one after it, if there is something to do in that already. @param {(now: number) => void} work */
  #frame(work) {
    requestAnimationFrame((now) => {
      if (now === this.#worked) return this.#frame(work)
      this.#worked = now
      work(now)
    })
  }

  /** What rows are made of has changed, beside the rows. @param {(row: Row) => boolean} [of] */
  remake(of = () => true) {
    for (const one of this.#shown.values()) if (of(one.row)) one.stale = true
    this.show()
  }

  /** The coming frame shows the end. The newest rows are at hand, though not yet on the page. */
  toBottom() {
    this.#atHead = true
    this.#follow(true)
    this.show()
  }

  /** The coming frame brings the line of this number into view, and points it out. @param {number} seq */
  reveal(seq) {
    this.#follow(false)
    this.#sought = seq
    this.show()
  }

  /** The messages on the page, from the top. @returns {HTMLElement[]} */
  get nodes() {
    return [...this.element.querySelectorAll('.message')].filter(
      (node) => node instanceof HTMLElement,
    )
  }

  /** The same, each with its row. */
  get messages() {
    return this.nodes.flatMap((node) => this.messageOf(node) ?? [])
  }

  /** The message that an element is, or stands in. @param {Element | null} element */
  messageOf(element) {
    const node = element?.closest('.message')
    const row = node ? this.#messages.get(node) : undefined
    return row && node instanceof HTMLElement ? { node, row } : undefined
  }

  /** Moves the focus to the last message. */
  focusLast() {
    this.nodes.at(-1)?.focus()
  }

  /** @param {number} now */
  #draw(now) {
    this.#due = false
    this.#drawn = now
    const { rows, atHead } = this.#read()
    this.#rows = this.#part(rows)
    this.#atHead = atHead
    const anchor = this.following ? undefined : this.#firstVisible()
    const busy = this.#rows.length - this.#shown.size > NEWS
    if (busy) this.#log.setAttribute('aria-busy', 'true')
    this.#reconcile(now)
    if (busy) requestAnimationFrame(() => this.#log.removeAttribute('aria-busy'))
    const sought = this.#point()
    this.#anchor = sought ?? anchor ?? this.#anchor
    this.#hold()
    if (sought && this.#atHead && this.#isNear()) this.#follow(true) // one of the last lines
    this.#settled = true
    this.#ask()
    if (this.#tooMany > STEP && !this.#going) {
      this.#going = true
      setTimeout(() => this.#frame(() => this.#letGo()), GO_MS)
    }
  }

  /** Rows that nobody sees who follows. */
  get #tooMany() {
    return this.following ? this.#rows.length - this.#most : 0
  }

  /** A frame that brings lines and lets others go would be a long one. */
  #letGo() {
    this.#going = false
    const count = this.#tooMany
    if (count <= STEP) return
    for (const { key } of this.#rows.slice(0, count)) {
      this.#shown.get(key)?.node.remove()
      this.#shown.delete(key)
    }
    this.#rows = this.#rows.slice(count)
    this.#hidden += count
    this.#hold()
  }

  /** Who follows sees the last rows; who reads above gets more of them back. @param {readonly Row[]} rows */
  #part(rows) {
    const places = new Map(rows.map(({ key }, place) => [key, place]))
    const first = this.#rows.find(({ key }) => places.has(key))
    let start = this.#hidden === 0 ? 0 : (places.get(first?.key ?? '') ?? rows.length)
    if (this.#wanted) start -= STEP
    if (this.#sought !== undefined) start = Math.min(start, this.#place(rows, this.#sought) - STEP)
    const [few, most] = this.#shown.size > 0 ? [this.#most, this.#most + MOST] : [FIRST, FIRST]
    if (start === rows.length || (this.following && rows.length - start > most))
      start = rows.length - few
    this.#wanted = false
    this.#hidden = Math.max(0, start)
    return rows.slice(this.#hidden)
  }

  /** @param {readonly Row[]} rows @param {number} seq */
  #place(rows, seq) {
    const place = rows.findIndex((row) => tells(row, seq))
    return place < 0 ? rows.length : place
  }

  /** The line that is sought stands in the upper third. */
  #point() {
    const row = this.#rows.find((one) => tells(one, this.#sought))
    const node = row && this.#shown.get(row.key)?.node
    this.#sought = undefined
    if (!node) return undefined
    node.classList.remove('is-sought')
    void node.offsetWidth // from the start, also when it is pointed out again
    node.classList.add('is-sought')
    node.focus({ preventScroll: true })
    return { node, top: this.#log.clientHeight / 3 }
  }

  /** Walks both lists once; a node is made only for a row that is new, and changed only where it differs. @param {number} now */
  #reconcile(now) {
    const keys = new Set(this.#rows.map(({ key }) => key))
    for (const [key, { node }] of this.#shown) {
      if (keys.has(key)) continue
      node.remove()
      this.#shown.delete(key)
    }

    const pause = now - this.#arrived
    const calm = this.#settled && this.following && pause > CALM_MS
    if (pause > CALM_MS) this.#run = 0
    let place = this.element.firstElementChild
    for (const row of this.#rows) {
      const before = this.#shown.get(row.key)?.node
      const node = this.#node(row, calm)
      if (!before && row.kind === 'message' && this.#arrived !== now) {
        this.#arrived = now
        this.#run += 1
      }
      if (before === place && before) place = node // it may have been made anew, in the same place
      if (node === place) place = place.nextElementSibling
      else this.element.insertBefore(node, place)
    }
  }

  /** @param {Row} row @param {boolean} calm @returns {HTMLElement} */
  #node(row, calm) {
    const shown = this.#shown.get(row.key)
    const kept = shown && !shown.stale && this.#make.change(shown.node, shown.row, row)
    const node = kept ? shown.node : this.#make.build(row)
    if (shown && !kept) takePlace(node, shown.node)
    else if (!shown && !this.following) node.classList.add('is-far')
    else if (!shown && calm && row.kind === 'message') node.classList.add('is-new')
    this.#shown.set(row.key, { row, node })
    if (row.kind === 'message') this.#messages.set(node, row)
    return node
  }

  #scrolled() {
    const { scrollTop } = this.#log
    // The field below grew, or the window was turned: told of first, though nobody scrolled.
    if (this.#sizeNow !== this.#size) return this.#refit()
    // Growing content moves the end away too; only who scrolls up wants to leave it.
    if (this.#sought !== undefined)
      this.#follow(false) // the last frame's scrolling, told after a jump began
    else if (this.#isNear() && this.#atHead) this.#follow(true)
    else if (!this.#atHead || scrollTop < this.#lastTop - 1) this.#follow(false)
    // Told of a scroll of our own: what was measured since, as it came near, must not push the line away.
    if (Math.abs(scrollTop - this.#lastTop) < 1 && this.#anchor && !this.following) this.#hold()
    else this.#anchor = this.following ? undefined : this.#firstVisible()
    this.#lastTop = this.#log.scrollTop
    this.#ask()
  }

  /** Something has another size: the reader stays, and may see the end now. */
  #refit() {
    this.#hold()
    if (this.#sought === undefined && this.#atHead && this.#isNear()) this.#follow(true)
  }

  get #sizeNow() {
    return `${this.#log.clientWidth} ${this.#log.clientHeight}`
  }

  #isNear() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log
    return scrollHeight - scrollTop - clientHeight < NEAR
  }

  #ask() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log
    const [first] = this.#rows
    if (this.#hidden > 0 && scrollTop < AHEAD) {
      // A tall window, and short lines.
      if (this.following && this.#rows.length >= this.#most) this.#most += STEP
      this.#wanted = true
      this.show()
    } else if (first?.kind === 'older' && !first.failed && scrollTop < AHEAD) this.#on.older()
    if (!this.#atHead && scrollHeight - scrollTop - clientHeight < AHEAD) this.#on.newer()
  }

  /** @param {boolean} following */
  #follow(following) {
    if (this.following === following) return
    this.following = following
    this.#on.following(following)
  }

  /** Keeps the end, or the line under the reader's eyes, where it is. */
  #hold() {
    if (this.following) {
      this.#log.scrollTop = this.#log.scrollHeight
    } else if (this.#anchor?.node.isConnected) {
      const moved = this.#top(this.#anchor.node) - this.#anchor.top
      if (Math.abs(moved) >= 1) this.#log.scrollTop += moved
    }
    this.#lastTop = this.#log.scrollTop
    this.#size = this.#sizeNow
  }

  /** The first row in view, by halving: rows stand one under the other. */
  #firstVisible() {
    const nodes = this.element.children
    let low = 0
    let high = nodes.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      const node = nodes[middle]
      if (this.#top(node) + node.getBoundingClientRect().height > 0) high = middle
      else low = middle + 1
    }
    const node = nodes[low]
    return node && { node, top: this.#top(node) }
  }

  /** @param {Element} node */
  #top(node) {
    return node.getBoundingClientRect().top - this.#log.getBoundingClientRect().top
  }
}

/** Does a row stand for this line, alone or with others that were recalled? @param {Row} row @param {number | undefined} seq */
const tells = (row, seq) =>
  row.kind === 'recalled'
    ? row.items.some((item) => item.seq === seq)
    : 'item' in row && row.item?.seq === seq

/** One line instead of another that was made of the same row. @param {HTMLElement} node @param {HTMLElement} was */
function takePlace(node, was) {
  const focused = document.activeElement === was
  node.classList.toggle('is-sought', was.classList.contains('is-sought'))
  was.replaceWith(node)
  if (focused) node.focus({ preventScroll: true })
}
