import { el, fill, icon, textNodes } from '../dom.js'

/** @typedef {import('../../models/timeline.js').MessageRow} MessageRow */

/**
 * Makes one message: face, head, bubble, and what stands beside and below it.
 * @param {{texts: any, base: string, times: ReturnType<typeof import('../dom.js').clock>}} page
 */
export function messageMaker({ texts, base, times }) {
  return { build, change }

  /** @param {MessageRow} row @returns {HTMLElement} */
  function build(row) {
    const { user, at, first } = row
    const time = times.time(at)
    const node = el(
      'article',
      {
        class: `message${kind(row)}${first ? ' message--first' : ''}`,
        tabindex: -1,
        'aria-label': fill(texts.room.sentAt, { name: user.name, time }),
      },
      first ? face(user) : undefined,
      el(
        'div',
        { class: 'message__body' },
        first ? head(row, time) : undefined,
        el('div', { class: 'message__line' }, bubble(row), side(row, time)),
      ),
    )
    patch(node, row)
    return node
  }

  /** @param {HTMLElement} node @param {MessageRow} was @param {MessageRow} row @returns {boolean} */
  function change(node, was, row) {
    if (!same(was, row)) return false
    if (was.state !== row.state || was.fault !== row.fault || was.newest !== row.newest)
      patch(node, row)
    return true
  }

  /** @param {import('../../models/timeline.js').User} user */
  function face({ imageid, kind: who }) {
    return el('img', {
      class: who === 'bot' ? 'avatar avatar--bot message__face' : 'avatar message__face',
      src: `${base}/static/images/${encodeURIComponent(imageid)}.jpg`,
      alt: '',
      width: 40,
      height: 40,
      decoding: 'async',
    })
  }

  /** @param {MessageRow} row @param {string} time */
  function head({ user, own, at, whisper }, time) {
    const badge =
      user.kind === 'bot' ? el('span', { class: 'badge' }, icon('bird'), texts.bot) : undefined
    return el(
      'header',
      { class: 'message__head' },
      own ? undefined : el('bdi', { class: 'message__name' }, user.name),
      badge,
      el('time', { datetime: new Date(at).toISOString(), title: times.full(at) }, time),
      whisper ? el('span', { class: 'message__aside' }, texts.room.whisper) : undefined,
    )
  }

  /** @param {MessageRow} row */
  function bubble({ text, item }) {
    if (item?.recalled) return el('div', { class: 'bubble bubble--gone' }, texts.room.recalled)
    const look = onlyEmoji(text) ? ' bubble--emoji' : PILED.test(text) ? ' bubble--piled' : ''
    return el('div', { class: `bubble${look}`, dir: 'auto' }, ...textNodes(text))
  }

  /** @param {MessageRow} row @param {string} time */
  function side({ first, own, at }, time) {
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

  /** What changes during the life of an own line: its state. @param {HTMLElement} node @param {MessageRow} row */
  function patch(node, { state, fault, newest }) {
    node.classList.toggle('is-newest', newest)
    if (node.dataset.state === state && node.dataset.fault === fault) return
    node.dataset.state = state
    node.dataset.fault = fault
    if (!state) return

    const { message } = texts
    const drawing = { waiting: 'clock', sending: 'clock', sent: 'check', failed: 'alert' }[state]
    const mark = node.querySelector('.message__state')
    mark?.replaceChildren(icon(drawing), el('span', { class: 'hidden' }, message[state]))
    mark?.setAttribute('title', message[state])

    node.querySelector('.message__fault')?.remove()
    const body = node.querySelector('.message__body')
    if (state === 'failed') body?.append(failure(fault))
    else if (state === 'waiting' && fault) body?.append(el('p', { class: 'message__fault' }, fault))
  }

  /** @param {string} fault */
  function failure(fault) {
    const { message } = texts
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
}

/** @param {MessageRow} row */
const kind = ({ own, whisper, user }) => {
  if (own) return ' message--own'
  if (whisper) return ' message--whisper'
  return user.kind === 'bot' ? ' message--bot' : ''
}

/** Whether a row can keep its node. What a state changes is patched. @param {MessageRow} a @param {MessageRow} b */
const same = (a, b) =>
  a.first === b.first &&
  a.text === b.text &&
  a.user.name === b.user.name &&
  a.user.imageid === b.user.imageid &&
  a.item?.recalled === b.item?.recalled

const EMOJI =
  /^(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\uFE0F|\u200D|\p{Emoji_Modifier})*){1,8}$/u
/** More marks over one letter than any language needs. */
const PILED = /\p{M}{4}/u
/** A few emoji and nothing else are shown large. @param {string} text */
const onlyEmoji = (text) => text.length <= 32 && EMOJI.test(text.trim())
