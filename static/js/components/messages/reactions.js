import { el, fill, icon } from '../dom.js'

/** Names told of an emoji; the others are counted. */
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
  const { data, users, count } = reaction
  const names = users.slice(0, NAMED).flatMap((id) => nameOf(id) ?? [])
  const more = count - names.length
  const who = names.join(words.between) + (more > 0 ? fill(words.andMore, { n: more }) : '')
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
      title: who,
    },
    el('span', { class: 'reaction__emoji' }, data),
    String(count),
  )
}

/** @param {{users: readonly number[], mine?: true | undefined}} marked An emoji or a choice. @param {number} me */
export const isMine = ({ users, mine }, me) => mine === true || users.includes(me)
