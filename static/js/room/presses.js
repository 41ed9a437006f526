/** @typedef {import('../components/messages/list.js').MessageList} List */

/**
 * Presses in the list that are meant for a row itself; what is meant for a message, components/messages/menu.js hears.
 * @param {{list: List, again: (seq: number) => unknown, unfold: (node: HTMLElement, row: import('../models/rows.js').MessageRow) => void,
 *   openFold: (key: string) => void}} room `again`: a recalled line is taken up again. `unfold`: a long one is shown whole.
 *   `openFold`: lines of a bot that were put together.
 */
export function listPresses({ list, again, unfold, openFold }) {
  list.element.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const seq = target.closest('[data-again]')?.getAttribute('data-again')
    const message = target.closest('[data-unfold]') && list.messageOf(target)
    const fold = target.closest('[data-opens]')?.getAttribute('data-opens')
    if (seq) again(Number(seq))
    if (message) unfold(message.node, message.row)
    if (fold) openFold(fold)
  })
}
