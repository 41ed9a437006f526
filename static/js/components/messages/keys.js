import { composing, keepForm } from '../dom.js'

/**
 * The messages by keyboard: arrows, Home and End move; Enter opens the menu, C copies, Escape leaves.
 * @param {{log: HTMLElement, list: import('./list.js').MessageList, menu: ReturnType<typeof import('./menu.js').messageMenu>,
 *   bottom: () => unknown, leave: () => void}} page
 */
export function messageKeys({ log, list, menu, bottom, leave }) {
  log.addEventListener('keydown', (event) => {
    keepForm(event) // that of a card
    if (writesInto(event.target) && event.key !== 'Escape') return
    if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return
    if (move(event) || act(event)) event.preventDefault()
  })

  /** @param {KeyboardEvent} event */
  function move({ key }) {
    const { nodes } = list
    const index = nodes.findIndex((node) => node === document.activeElement)
    const step = { ArrowUp: (index < 0 ? nodes.length : index) - 1, ArrowDown: index + 1 }[key]
    if (step !== undefined) focus(nodes[Math.max(0, step)])
    else if (key === 'Home') focus(nodes[0])
    else if (key === 'End') bottom()
    else if (key === 'Escape') leave()
    else return false
    return true
  }

  /** Keys of the message that has the focus itself, not of a button in it. @param {KeyboardEvent} event */
  function act({ key, target }) {
    const message =
      target === document.activeElement ? list.messageOf(document.activeElement) : undefined
    if (!message || message.node !== target) return false
    if (key === 'Enter' || key === 'ContextMenu') menu.open(message.node, message.row)
    else if (key.toLowerCase() === 'c') menu.act['copy']?.(message.row)
    else return false
    return true
  }
}

/** In a field of a form keys are the field's. @param {EventTarget | null} target */
const writesInto = (target) =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select')

/** @param {HTMLElement | undefined} node */
function focus(node) {
  node?.focus({ preventScroll: true })
  node?.scrollIntoView({ block: 'nearest' })
}
