import { el, fill, icon } from '../dom.js'

/** Names told of an emoji that is pointed at. */
const NAMED = 12

/** @typedef {import('../../models/apply.js').Reaction} Reaction */

/**
 * The emoji that people put on a message: pressed, mine goes on or off.
 * @param {readonly Reaction[]} reactions
 * @param {{me: () => number, nameOf: (id: number) => string | undefined, words: any}} page `words`: `texts.message`.
 */
export function reactionBar(reactions, page) {
  const { words } = page
  const add = {
    type: 'button',
    class: 'reaction reaction--add',
    'data-act': 'react',
    'aria-haspopup': 'dialog',
    'aria-label': words.react,
    title: words.react,
  }
  const chips = reactions.map((reaction) => chip(reaction, page))
  return el('div', { class: 'reactions' }, ...chips, el('button', add, icon('react')))
}

/** @param {Reaction} reaction @param {Parameters<typeof reactionBar>[1]} page */
function chip(reaction, { me, nameOf, words }) {
  const { data, count } = reaction
  const mine = isMine(reaction, me())
  return el(
    'button',
    {
      type: 'button',
      class: 'reaction',
      'data-act': 'react',
      'data-emoji': data,
      'aria-pressed': String(mine),
      'aria-label': fill(words.reacted, { emoji: data, n: count }),
      title: whoIn(reaction, { nameOf, words, most: NAMED }),
    },
    el('span', { class: 'reaction__emoji' }, data),
    String(count),
  )
}

/**
 * The names of those who put it there; the others are counted.
 * @param {Reaction} reaction @param {{nameOf: (id: number) => string | undefined, words: any, most?: number | undefined}} options
 */
export function whoIn({ users, count }, { nameOf, words, most }) {
  const names = users.slice(0, most).flatMap((id) => nameOf(id) ?? [])
  const n = count - names.length
  if (names.length === 0) return fill(words.unnamed, { n })
  return names.join(words.between) + (n > 0 ? fill(words.andMore, { n }) : '')
}

/** @param {{users: readonly number[], mine?: true | undefined}} marked An emoji or a choice. @param {number} me */
export const isMine = ({ users, mine }, me) => mine === true || users.includes(me)
