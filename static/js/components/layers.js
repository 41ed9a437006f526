import { hasKeyboard } from './dom.js'

/**
 * What lies over the talk: drawers, dialogs, and the sheets of a phone. Where hands have a Back, it takes away the topmost
 * of them, and leaves the room only when none is left.
 *
 * Each adds an entry to the history. One that closes by itself leaves its entry there: going back for it could undo a way
 * that leads elsewhere, just begun. The next layer takes that entry over, or Back walks through it.
 */

/** How to close them, from the lowest to the topmost. @type {(() => void)[]} */
const open = []
/** So many entries of ours lie under where we are; at least one for each layer. */
let depth = depthOf(history.state) ?? 0

window.addEventListener('popstate', ({ state }) => {
  const next = depthOf(state)
  const back = next !== undefined && next < depth
  depth = next ?? 0
  if (!back) return // forward, or to a place in this page
  if (open.length === 0) return history.go(-depth - 1)
  do open.pop()?.()
  while (open.length > depth)
})

/**
 * Something was laid over the talk.
 * @param {() => void} close Takes it away, and says so with what is returned.
 * @returns {() => void} To be called when it is gone, whoever closed it.
 */
export function layer(close) {
  // Who has a keyboard closes with Escape, and keeps what lies ahead in the history.
  if (hasKeyboard()) return () => undefined
  open.push(close)
  if (depth === 0) history.replaceState({ layers: 0 }, '')
  if (depth < open.length) history.pushState({ layers: ++depth }, '')
  return () => {
    const place = open.indexOf(close)
    if (place >= 0) open.splice(place, 1)
  }
}

/** @param {unknown} state @returns {number | undefined} None: the entry is not one of ours. */
function depthOf(state) {
  return /** @type {{layers?: number} | null} */ (state)?.layers
}
