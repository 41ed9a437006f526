import { el } from '../dom.js'
import { clock } from '../../models/clock.js'
import { fill, isolate } from '../../models/words.js'
import { doneBy, noticeText } from '../../models/notices.js'
import { plainText } from '../../models/plain-text.js'
import { messageMaker } from './message.js'

/** So much of a folded line is shown, in UTF-16 units. */
const EXCERPT = 120

/** @typedef {import('../../models/rows.js').Row} Row */

/**
 * Makes the elements of the list, a kind of row each, and changes them where a row changed.
 * @param {{texts: any, facePicture: typeof import('../../room/faces.js').facePicture, lang: string, beginning: () => string, me: () => number, nameOf: (id: number) => string | undefined,
 *   kept: (seq: number) => boolean, math: () => boolean, still: () => boolean, held: () => string,
 *   calledBy: (item: import('../../models/timeline.js').Item) => import('../../models/calls.js').Called[]}} page `beginning`:
 *   what stands above the first line. `nameOf`: of who is known here. `kept`: the text of an own recalled line can be had again. `math`: `$…$` is a
 *   formula here. `still`: nothing here can be changed. `held`: why I may neither answer a card nor react for now, if so. `calledBy`: whom a message calls, under all their names.
 */
export function rowMaker(page) {
  const { texts, facePicture, lang, beginning, me, kept } = page
  const words = texts.room
  const times = clock(lang, words)
  const message = messageMaker({ ...page, times })

  return { build, change, unfold: message.unfold, hold: message.hold }

  /** @param {Row} row @returns {HTMLElement} */
  function build(row) {
    switch (row.kind) {
      case 'older':
        return older(row.failed)
      case 'beginning':
        return el('p', { class: 'mark' }, beginning())
      case 'unread':
        return divider('divider divider--unread', words.unread)
      case 'day':
        return divider('divider', times.day(row.at))
      case 'presence':
        return el('p', { class: 'mark' }, presence(row))
      case 'recalled':
        return recalled(row.items)
      case 'folded':
        return folded(row)
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
    if (was.kind === 'folded' && row.kind === 'folded') return false
    if (was.kind === 'notice' && row.kind === 'notice') return notice(was.item) === notice(row.item)
    if (was.kind === 'recalled' && row.kind === 'recalled')
      return was.items.length === row.items.length
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

  /** Nothing of it is read out: whoever wants to hear it opens it. @param {import('../../models/folds.js').Fold} row */
  function folded({ key, level, rows }) {
    const names = [...new Set(rows.map(({ user }) => user.name))].map(isolate)
    const said = { name: names.join(texts.volume.and), n: rows.length }
    const quiet = { class: `mark fold fold--${level}`, 'aria-live': 'off' }
    const button = { type: 'button', class: 'link', 'data-opens': key }
    if (level === 'muted')
      return el(
        'p',
        quiet,
        fill(texts.volume.hidden, said),
        ' ',
        el('button', button, texts.volume.show),
      )
    const last = plainText(rows.at(-1)?.text ?? '')
      .replaceAll(/\s+/g, ' ')
      .slice(0, EXCERPT)
    return el(
      'p',
      quiet,
      el(
        'button',
        { ...button, class: 'fold__row' },
        facePicture(rows[0]?.user ?? { id: 0, imageid: 'bot' }, {
          class: 'avatar avatar--bot fold__face',
          width: 24,
          height: 24,
        }),
        el('strong', {}, fill(texts.volume.folded, said)),
        el('bdi', { class: 'fold__text' }, last),
      ),
    )
  }

  /** @param {import('../../models/timeline.js').Item[]} items */
  function recalled(items) {
    const [first] = items
    const last = items.at(-1)
    const names = new Set(items.map(({ user }) => user.name))
    const by = items.some(({ recalled_by }) => recalled_by !== undefined)
    const mine = first?.user.id === me()
    const alone = items.length === 1
    const one = alone ? words.goneOne : words.goneSome
    const own = alone ? words.goneOwn : words.goneOwnSome
    const sentence = names.size > 1 ? words.goneMany : by ? words.goneByMod : mine ? own : one
    const again = { type: 'button', class: 'link', 'data-again': last?.seq }
    return el(
      'p',
      { class: 'mark', tabindex: -1 },
      fill(sentence, { name: isolate(first?.user.name ?? ''), n: items.length }),
      ...(last && kept(last.seq) ? [' ', el('button', again, words.editAgain)] : []),
    )
  }

  /** @param {import('../../models/timeline.js').Item} item */
  function notice(item) {
    const sentence = { topic: words.topic, pin: words.pinned }[item.type]
    return sentence
      ? fill(sentence, { name: doneBy(item, texts, isolate), text: item.data })
      : noticeText(item, texts, isolate)
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

/** @param {string} cls @param {string} text */
const divider = (cls, text) =>
  el('div', { class: cls, role: 'separator', 'aria-label': text }, el('span', {}, text))
