import { clock, composing, el, fill, icon, textNodes } from './dom.js'

/**
 * @typedef {import('../models/timeline.js').Row} Row
 * @typedef {Extract<Row, {kind: 'message'}>} MessageRow
 */

/** So near the end, in pixels, counts as being there. */
const NEAR = 56
/** History is asked for when so little is left above or below. */
const AHEAD = 900
/** Whoever reads the newest needs few rows above them: each costs with every frame. */
const SHOWN = 60
/** Rows are let go so many at a time, since all that stay move up; and they come back so many at a time. */
const STEP = 30
/** A line moves in if nothing was said for so long, in milliseconds: in a flood it would only cost. */
const CALM_MS = 300
/** A finger that rests so long wants the menu. */
const LONG_PRESS_MS = 450

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

  #log
  #list
  #texts
  #base
  #read
  #on
  #clock
  /** What stands on the page, of all rows there are. @type {readonly Row[]} */
  #rows = []
  /** So many rows above these are at hand. */
  #hidden = 0
  #most = SHOWN
  #wanted = false
  #arrived = 0
  /** @type {Map<string, {row: Row, node: HTMLElement}>} */
  #shown = new Map()
  /** @type {WeakMap<Element, MessageRow>} */
  #messages = new WeakMap()
  #frame = 0
  #atHead = true
  /** @type {{node: Element, top: number} | undefined} */
  #anchor
  #settled = false
  #lastTop = 0

  /**
   * @param {{log: HTMLElement, list: HTMLElement, lang: string, base: string, room: string, texts: any,
   *   read: () => {rows: readonly Row[], atHead: boolean},
   *   on: {older: () => unknown, newer: () => unknown, following: (following: boolean) => void, act: (name: string, row: MessageRow) => unknown,
   *   menu: (menu: import('./menu.js').Menu) => unknown, leave: () => void, bottom: () => unknown}}} options
   *   `read`: all rows, and whether they end with the newest. `act`: copy, mention, retry, edit or remove was chosen.
   */
  constructor({ log, list, lang, base, room, texts, read, on }) {
    this.#log = log
    this.#list = list
    this.#texts = texts
    this.#base = base
    this.#read = read
    this.#on = on
    this.room = room
    this.#clock = clock(lang, texts.room)
    log.addEventListener('scroll', () => this.#scrolled(), { passive: true })
    log.addEventListener('keydown', (event) => this.#key(event))
    list.addEventListener('click', (event) => this.#click(event))
    this.#pressLong()
    this.#bringMore()
    const sizes = new ResizeObserver(() => this.#hold())
    sizes.observe(log)
    sizes.observe(list)
  }

  /** Something changed: the coming frame shows it. */
  show() {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#draw(now))
  }

  toBottom() {
    this.#follow(true)
    this.#hold()
  }

  /** Moves the focus to the last message. */
  focusLast() {
    this.#messageNodes().at(-1)?.focus()
  }

  /** @param {number} now */
  #draw(now) {
    this.#frame = 0
    const { rows, atHead } = this.#read()
    this.#rows = this.#part(rows)
    this.#atHead = atHead
    const anchor = this.following ? undefined : this.#firstVisible()
    const busy = this.#rows.length - this.#shown.size > 10
    if (busy) this.#log.setAttribute('aria-busy', 'true') // a page of history is not news
    this.#reconcile(now)
    if (busy) requestAnimationFrame(() => this.#log.removeAttribute('aria-busy'))
    this.#anchor = anchor ?? this.#anchor
    this.#hold()
    this.#settled = true
    this.#ask()
  }

  /** Who follows sees the last rows; who reads above gets more of them back. @param {readonly Row[]} rows */
  #part(rows) {
    const places = new Map(rows.map(({ key }, place) => [key, place]))
    const first = this.#rows.find(({ key }) => places.has(key))
    let start = this.#hidden === 0 ? 0 : (places.get(first?.key ?? '') ?? rows.length)
    if (this.#wanted) start -= STEP
    if (start === rows.length || (this.following && rows.length - start > this.#most + STEP))
      start = rows.length - this.#most
    this.#wanted = false
    this.#hidden = Math.max(0, start)
    return rows.slice(this.#hidden)
  }

  /** Walks both lists once; a node is made only for a row that is new, and changed only where it differs. @param {number} now */
  #reconcile(now) {
    const keys = new Set(this.#rows.map(({ key }) => key))
    for (const [key, { node }] of this.#shown) {
      if (keys.has(key)) continue
      node.remove()
      this.#shown.delete(key)
    }

    const calm = this.#settled && this.following && now - this.#arrived > CALM_MS
    let place = this.#list.firstElementChild
    for (const row of this.#rows) {
      const before = this.#shown.get(row.key)?.node
      const node = this.#node(row, calm)
      if (!before && row.kind === 'message') this.#arrived = now
      if (before === place && before) place = node // it may have been made anew, in the same place
      if (node === place) place = place.nextElementSibling
      else this.#list.insertBefore(node, place)
    }
  }

  /** @param {Row} row @param {boolean} calm @returns {HTMLElement} */
  #node(row, calm) {
    const shown = this.#shown.get(row.key)
    if (shown && same(shown.row, row)) {
      if (row.kind === 'message') this.#keep(shown.node, shown.row, row)
      shown.row = row
      return shown.node
    }

    const node = this.#build(row)
    if (shown) shown.node.replaceWith(node)
    else if (!this.following) node.classList.add('is-far')
    else if (calm && row.kind === 'message') node.classList.add('is-new')
    this.#shown.set(row.key, { row, node })
    return node
  }

  /** @param {Row} row @returns {HTMLElement} */
  #build(row) {
    const { room } = this.#texts
    switch (row.kind) {
      case 'older':
        return this.#older(row.failed)
      case 'beginning':
        return el('p', { class: 'mark' }, fill(room.beginning, { room: this.room }))
      case 'unread':
        return divider('divider divider--unread', room.unread)
      case 'day':
        return divider('divider', this.#clock.day(row.at))
      case 'presence':
        return el('p', { class: 'mark' }, this.#presence(row))
      case 'notice':
        return el('p', { class: 'mark mark--notice' }, this.#notice(row.item))
      default:
        return this.#message(row)
    }
  }

  /** @param {boolean} failed */
  #older(failed) {
    const { loading, loadFailed, loadAgain } = this.#texts.room
    if (!failed)
      return el('p', { class: 'mark mark--loading' }, el('i', { class: 'spinner' }), loading)
    return el(
      'p',
      { class: 'mark' },
      loadFailed,
      ' ',
      el('button', { type: 'button', class: 'link', 'data-older': true }, loadAgain),
    )
  }

  /** @param {Extract<Row, {kind: 'presence'}>} row */
  #presence({ joined, left }) {
    const { room } = this.#texts
    return [told(room, 'joined', joined), told(room, 'left', left)]
      .filter(Boolean)
      .join(room.presenceBetween)
  }

  /** @param {import('../models/timeline.js').Item} item */
  #notice(item) {
    const { room } = this.#texts
    const sentence = { topic: room.topic, pin: room.pinned }[item.type] ?? '{text}'
    return fill(sentence, { name: item.user.name, text: item.data })
  }

  /** @param {MessageRow} row */
  #message(row) {
    const { user, own, at, first } = row
    const bot = user.kind === 'bot'
    const time = this.#clock.time(at)
    const kind = own
      ? ' message--own'
      : row.whisper
        ? ' message--whisper'
        : bot
          ? ' message--bot'
          : ''
    const node = el(
      'article',
      {
        class: `message${kind}${first ? ' message--first' : ''}`,
        tabindex: -1,
        'aria-label': fill(this.#texts.room.sentAt, { name: user.name, time }),
      },
      first ? this.#face(user) : undefined,
      el(
        'div',
        { class: 'message__body' },
        first ? this.#head(row, time) : undefined,
        el('div', { class: 'message__line' }, this.#bubble(row), this.#side(row, time)),
      ),
    )
    this.#patch(node, row)
    return node
  }

  /** @param {import('../models/timeline.js').User} user */
  #face({ imageid, kind }) {
    return el('img', {
      class: kind === 'bot' ? 'avatar avatar--bot message__face' : 'avatar message__face',
      src: `${this.#base}/static/images/${encodeURIComponent(imageid)}.jpg`,
      alt: '',
      width: 40,
      height: 40,
      decoding: 'async',
    })
  }

  /** @param {MessageRow} row @param {string} time */
  #head({ user, own, at, whisper }, time) {
    const badge =
      user.kind === 'bot'
        ? el('span', { class: 'badge' }, icon('bird'), this.#texts.bot)
        : undefined
    return el(
      'header',
      { class: 'message__head' },
      own ? undefined : el('bdi', { class: 'message__name' }, user.name),
      badge,
      el('time', { datetime: new Date(at).toISOString(), title: this.#clock.full(at) }, time),
      whisper ? el('span', { class: 'message__aside' }, this.#texts.room.whisper) : undefined,
    )
  }

  /** @param {MessageRow} row */
  #bubble({ text, item }) {
    if (item?.recalled)
      return el('div', { class: 'bubble bubble--gone' }, this.#texts.room.recalled)
    const kind = onlyEmoji(text) ? ' bubble--emoji' : PILED.test(text) ? ' bubble--piled' : ''
    return el('div', { class: `bubble${kind}`, dir: 'auto' }, ...textNodes(text))
  }

  /** @param {MessageRow} row @param {string} time */
  #side({ first, own, at }, time) {
    const late = {
      class: 'message__late',
      datetime: new Date(at).toISOString(),
      'aria-hidden': 'true',
    }
    return el(
      'div',
      { class: 'message__side' },
      own ? el('span', { class: 'message__state' }) : undefined,
      first ? undefined : el('time', late, time),
    )
  }

  /** One button for all messages, brought to the one that is pointed at: three hundred would cost each frame. */
  #bringMore() {
    const more = el(
      'button',
      {
        type: 'button',
        class: 'message__more',
        tabindex: -1,
        'aria-haspopup': 'menu',
        'aria-label': this.#texts.message.actions,
      },
      icon('more'),
    )
    this.#list.addEventListener('pointerover', ({ target, pointerType }) => {
      const side =
        target instanceof Element && pointerType !== 'touch'
          ? target.closest('.message')?.querySelector('.message__side')
          : undefined
      if (side && more.parentNode !== side) side.append(more)
    })
  }

  /** @param {HTMLElement} node @param {Row} was @param {MessageRow} row */
  #keep(node, was, row) {
    this.#messages.set(node, row)
    if (was.kind !== 'message') return
    if (was.state !== row.state || was.fault !== row.fault || was.newest !== row.newest)
      this.#patch(node, row)
  }

  /** What changes during the life of an own line: its state. @param {HTMLElement} node @param {MessageRow} row */
  #patch(node, row) {
    const { state, fault } = row
    this.#messages.set(node, row)
    node.classList.toggle('is-newest', row.newest)
    if (node.dataset.state === state && node.dataset.fault === fault) return
    node.dataset.state = state
    node.dataset.fault = fault
    if (!state) return

    const { message } = this.#texts
    const drawing = { waiting: 'clock', sending: 'clock', sent: 'check', failed: 'alert' }[state]
    const mark = node.querySelector('.message__state')
    if (drawing)
      mark?.replaceChildren(icon(drawing), el('span', { class: 'hidden' }, message[state]))
    if (drawing) mark?.setAttribute('title', message[state])

    node.querySelector('.message__fault')?.remove()
    if (state === 'failed') node.querySelector('.message__body')?.append(this.#fault(fault))
    else if (state === 'waiting' && fault)
      node.querySelector('.message__body')?.append(el('p', { class: 'message__fault' }, fault))
  }

  /** @param {string} fault */
  #fault(fault) {
    const { message } = this.#texts
    const button = (/** @type {string} */ name) =>
      el('button', { type: 'button', class: 'link', 'data-act': name }, message[name])
    return el(
      'p',
      { class: 'message__fault', role: 'alert' },
      el('span', {}, fault || message.failed),
      ' ',
      button('retry'),
      ' ',
      button('edit'),
      ' ',
      button('remove'),
    )
  }

  /** @param {MouseEvent} event */
  #click({ target }) {
    if (!(target instanceof Element)) return
    if (target.closest('[data-older]')) return this.#on.older()
    const row = this.#messages.get(target.closest('.message') ?? target)
    const act = target.closest('[data-act]')?.getAttribute('data-act')
    const more = target.closest('.message__more')
    if (row && act) this.#on.act(act, row)
    else if (row && more instanceof HTMLElement) this.#menu(more, row)
  }

  /** @param {HTMLElement} anchor @param {MessageRow} row @param {{x: number, y: number}} [at] */
  #menu(anchor, row, at) {
    const { message } = this.#texts
    const run = (/** @type {string} */ name) => () => this.#on.act(name, row)
    const unsent = row.state === 'failed' || row.state === 'waiting'
    this.#on.menu({
      anchor,
      label: message.actions,
      ...(at && { at }),
      choices: [
        ...(row.item?.recalled ? [] : [{ label: message.copy, icon: 'copy', run: run('copy') }]),
        ...(row.own
          ? []
          : [
              {
                label: fill(message.mention, { name: row.user.name }),
                icon: 'at',
                run: run('mention'),
              },
            ]),
        ...(unsent
          ? [
              ...(row.state === 'failed'
                ? [{ label: message.retry, icon: 'again', run: run('retry') }]
                : []),
              { label: message.edit, icon: 'edit', run: run('edit') },
              { label: message.remove, icon: 'bin', danger: true, run: run('remove') },
            ]
          : []),
      ],
    })
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return
    const nodes = this.#messageNodes()
    const index = nodes.findIndex((node) => node === document.activeElement)
    const row = index < 0 ? undefined : this.#messages.get(nodes[index])
    const step = { ArrowUp: (index < 0 ? nodes.length : index) - 1, ArrowDown: index + 1 }[
      event.key
    ]
    const onMessage = event.target === document.activeElement && row !== undefined

    if (step !== undefined) move(nodes[Math.max(0, step)])
    else if (event.key === 'Home') move(nodes[0])
    else if (event.key === 'End') this.#on.bottom()
    else if (event.key === 'Escape') this.#on.leave()
    else if (onMessage && (event.key === 'Enter' || event.key === 'ContextMenu'))
      this.#menu(nodes[index], row)
    else if (onMessage && event.key.toLowerCase() === 'c') this.#on.act('copy', row)
    else return
    event.preventDefault()
  }

  #pressLong() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer
    let opened = false
    const cancel = () => clearTimeout(timer)
    this.#list.addEventListener('pointerdown', (event) => {
      cancel()
      opened = false
      const bubble = event.target instanceof Element ? event.target.closest('.bubble') : null
      const node = bubble?.closest('.message')
      const row = node && this.#messages.get(node)
      if (event.pointerType !== 'touch' || !row || !(node instanceof HTMLElement)) return
      timer = setTimeout(() => {
        opened = true
        this.#menu(node, row)
      }, LONG_PRESS_MS)
    })
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'])
      this.#list.addEventListener(type, cancel)
    this.#log.addEventListener('scroll', cancel, { passive: true })
    this.#list.addEventListener('contextmenu', (event) => {
      if (opened) event.preventDefault()
    })
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log
    const near = scrollHeight - scrollTop - clientHeight < NEAR
    // Growing content moves the end away too; only who scrolls up wants to leave it.
    if (near && this.#atHead) this.#follow(true)
    else if (!this.#atHead || scrollTop < this.#lastTop - 1) this.#follow(false)
    this.#lastTop = scrollTop
    this.#anchor = this.following ? undefined : this.#firstVisible()
    this.#ask()
  }

  #ask() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log
    const [first] = this.#rows
    if (this.#hidden > 0 && scrollTop < AHEAD) {
      if (this.following) this.#most += STEP // a tall window, and short lines
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
  }

  /** The first row in view, by halving: rows stand one under the other. */
  #firstVisible() {
    const nodes = this.#list.children
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

  /** @returns {HTMLElement[]} */
  #messageNodes() {
    return [...this.#list.querySelectorAll('.message')].filter(
      (node) => node instanceof HTMLElement,
    )
  }
}

/** Whether a row can keep its node. What a state changes is patched. @param {Row} a @param {Row} b */
function same(a, b) {
  if (a.kind !== b.kind) return false
  if (a.kind === 'message' && b.kind === 'message') {
    return (
      a.first === b.first &&
      a.text === b.text &&
      a.user.name === b.user.name &&
      a.user.imageid === b.user.imageid &&
      a.item?.recalled === b.item?.recalled
    )
  }
  if (a.kind === 'older' && b.kind === 'older') return a.failed === b.failed
  if (a.kind === 'presence' && b.kind === 'presence') return ids(a) === ids(b)
  return true
}

/** @param {Extract<Row, {kind: 'presence'}>} row */
const ids = ({ joined, left }) =>
  [joined, left].map((users) => users.map(({ id }) => id).join()).join('/')

/** @param {Record<string, string>} texts @param {'joined' | 'left'} what @param {{name: string}[]} users */
function told(texts, what, users) {
  const [a, b] = users
  if (!a) return ''
  const many = users.length === 1 ? 'One' : users.length === 2 ? 'Two' : 'Many'
  return fill(texts[what + many] ?? '', {
    a: isolate(a.name),
    b: isolate(b?.name ?? ''),
    n: users.length,
  })
}

/** A name that is written from right to left must not turn the sentence around it. @param {string} name */
const isolate = (name) => `\u2068${name}\u2069`

/** @param {string} cls @param {string} text */
const divider = (cls, text) =>
  el('div', { class: cls, role: 'separator', 'aria-label': text }, el('span', {}, text))

const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\uFE0F|\u200D|\p{Emoji_Modifier})*){1,8}$/u
/** More marks over one letter than any language needs. */
const PILED = /\p{M}{4}/u
/** A few emoji and nothing else are shown large. @param {string} text */
const onlyEmoji = (text) => text.length <= 32 && EMOJI.test(text.trim())

/** @param {HTMLElement | undefined} node */
const move = (node) => {
  node?.focus({ preventScroll: true })
  node?.scrollIntoView({ block: 'nearest' })
}
