import { el, icon } from '../dom.js'
import { fill } from '../../models/words.js'

/** Names told of an emoji or a choice that is pointed at; the others are counted. */
export const NAMED = 12

/** @typedef {import('../../models/apply.js').Reaction} Reaction */

/**
 * The emoji that people put on a message: pressed, mine goes on or off; where they stay as they are, it tells who did.
 * @param {readonly Reaction[]} reactions
 * @param {{me: () => number, nameOf: (id: number) => string | undefined, words: any, still: () => boolean}} page `words`:
 *   `texts.message`. `still`: they cannot be changed, here or by me.
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
  const more = page.still() ? [] : [el('button', add, icon('react'))]
  return el('div', { class: 'reactions' }, ...chips, ...more)
}

/** @param {Reaction} reaction @param {Parameters<typeof reactionBar>[1]} page */
function chip(reaction, { me, nameOf, words, still }) {
  const { data, count } = reaction
  const mine = isMine(reaction, me())
  const press = still()
    ? { 'data-act': 'who', 'aria-haspopup': 'dialog' }
    : { 'data-act': 'react', 'aria-pressed': String(mine) }
  return el(
    'button',
    {
      type: 'button',
      class: mine ? 'reaction is-mine' : 'reaction',
      ...press,
      'data-emoji': data,
      'aria-label': fill(words.reacted, { emoji: data, n: count }),
      title: whoIn(reaction, { nameOf, words, most: NAMED }),
    },
    el('span', { class: 'reaction__emoji' }, data),
    String(count),
  )
}

/**
 * The names of those who put it there; the others are counted.
 * @param {Pick<Reaction, 'users' | 'count'>} chosen @param {{nameOf: (id: number) => string | undefined, words: any, most?: number | undefined}} options
 */
export function whoIn({ users, count }, { nameOf, words, most }) {
  const names = users.slice(0, most).flatMap((id) => nameOf(id) ?? [])
  const n = count - names.length
  if (names.length === 0) return n === 1 ? words.unnamedOne : fill(words.unnamed, { n })
  return names.join(words.between) + (n > 0 ? fill(words.andMore, { n }) : '')
}

/** @param {{users: readonly number[], mine?: true | undefined}} marked An emoji or a choice. @param {number} me */
export const isMine = ({ users, mine }, me) => mine === true || users.includes(me)
