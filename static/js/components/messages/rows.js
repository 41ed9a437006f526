import { clock, el, fill } from '../dom.js'
import { messageMaker } from './message.js'

/** @typedef {import('../../models/timeline.js').Row} Row */

/**
 * Makes the elements of the list, a kind of row each, and changes them where a row changed.
 * @param {{texts: any, base: string, lang: string, room: string}} page `room`: its title.
 */
export function rowMaker({ texts, base, lang, room }) {
  const words = texts.room
  const times = clock(lang, words)
  const message = messageMaker({ texts, base, times })

  return { build, change }

  /** @param {Row} row @returns {HTMLElement} */
  function build(row) {
    switch (row.kind) {
      case 'older':
        return older(row.failed)
      case 'beginning':
        return el('p', { class: 'mark' }, fill(words.beginning, { room }))
      case 'unread':
        return divider('divider divider--unread', words.unread)
      case 'day':
        return divider('divider', times.day(row.at))
      case 'presence':
        return el('p', { class: 'mark' }, presence(row))
      case 'notice':
        return el('p', { class: 'mark mark--notice' }, notice(row.item))
      default:
        return message.build(row)
    }
  }

  /** Brings a row's element to its new state. @param {HTMLElement} node @param {Row} was @param {Row} row @returns {boolean} Otherwise it is to be built anew. */
  function change(node, was, row) {
    if (was.kind === 'message' && row.kind === 'message') return message.change(node, was, row)
    if (was.kind === 'older' && row.kind === 'older') return was.failed === row.failed
    if (was.kind === 'presence' && row.kind === 'presence') return ids(was) === ids(row)
    return was.kind === row.kind
  }

  /** @param {boolean} failed */
  function older(failed) {
    if (!failed)
      return el('p', { class: 'mark mark--loading' }, el('i', { class: 'spinner' }), words.loading)
    const again = { type: 'button', class: 'link', 'data-older': true }
    return el('p', { class: 'mark' }, words.loadFailed, ' ', el('button', again, words.loadAgain))
  }

  /** @param {Extract<Row, {kind: 'presence'}>} row */
  function presence({ joined, left }) {
    return [told(words, 'joined', joined), told(words, 'left', left)]
      .filter(Boolean)
      .join(words.presenceBetween)
  }

  /** @param {import('../../models/timeline.js').Item} item */
  function notice(item) {
    const sentence = { topic: words.topic, pin: words.pinned }[item.type] ?? '{text}'
    return fill(sentence, { name: item.user.name, text: item.data })
  }
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
