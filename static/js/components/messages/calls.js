import { callsIn } from '../../models/calls.js'
import { el } from '../dom.js'

/** What stands in these is no talk. */
const CLOSED = 'a, button, pre, code, .formula'

/**
 * A text in which whoever is called can be pressed.
 * @param {readonly (Node | string)[]} nodes @param {readonly import('../../models/calls.js').Called[]} called
 * @param {number} me @returns {(Node | string)[]}
 */
export function withCalls(nodes, called, me) {
  if (called.length === 0) return [...nodes]
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return callsIn(node, called).map((piece) => pieceOf(piece, me))
    if (node instanceof Text) return withCalls([node.data], called, me)
    if (node instanceof Element && !node.matches(CLOSED))
      node.replaceChildren(...withCalls([...node.childNodes], called, me))
    return [node]
  })
}

/** @param {import('../../models/calls.js').Piece} piece @param {number} me */
function pieceOf({ text, id }, me) {
  if (id === undefined) return text
  if (id === 'all') return el('span', { class: 'call call--me' }, text)
  return el(
    'button',
    {
      type: 'button',
      class: id === me ? 'call call--me' : 'call',
      'data-act': 'person',
      'data-user': id,
      'aria-haspopup': 'menu',
    },
    text,
  )
}
