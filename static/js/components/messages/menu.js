import { el, icon } from '../dom.js'
import { actionsOf } from './actions.js'

/** A finger that rests so long wants the menu. */
const LONG_PRESS_MS = 450

/**
 * The menu of a message: by its button, by a resting finger, or as `open` says.
 * @param {{log: HTMLElement, list: import('./list.js').MessageList, texts: any,
 *   open: (menu: import('../menu.js').Menu) => unknown, act: Record<string, import('../../room/acts.js').Act>}} page
 */
export function messageMenu({ log, list, texts, open, act }) {
  bringButton()
  pressLong()
  list.element.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const message = list.messageOf(target)
    const name = target.closest('[data-act]')?.getAttribute('data-act')
    const button = target.closest('.message__more')
    if (message && name) act[name]?.(message.row)
    else if (message && button instanceof HTMLElement) openFor(button, message.row)
  })

  return { open: openFor, act }

  /** @param {HTMLElement} anchor @param {import('./actions.js').MessageRow} row */
  function openFor(anchor, row) {
    const choices = actionsOf(row, texts.message, (name) => act[name]?.(row))
    open({ anchor, label: texts.message.actions, choices })
  }

  /** One button for all messages, brought to the one that is pointed at: three hundred would cost each frame. */
  function bringButton() {
    const more = el(
      'button',
      {
        type: 'button',
        class: 'message__more',
        tabindex: -1,
        'aria-haspopup': 'menu',
        'aria-label': texts.message.actions,
      },
      icon('more'),
    )
    list.element.addEventListener('pointerover', ({ target, pointerType }) => {
      const side =
        target instanceof Element && pointerType !== 'touch'
          ? target.closest('.message')?.querySelector('.message__side')
          : undefined
      if (side && more.parentNode !== side) side.append(more)
    })
  }

  function pressLong() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer
    let opened = false
    const cancel = () => clearTimeout(timer)
    list.element.addEventListener('pointerdown', ({ target, pointerType }) => {
      cancel()
      opened = false
      const bubble = target instanceof Element ? target.closest('.bubble') : null
      const message = list.messageOf(bubble)
      if (pointerType !== 'touch' || !message) return
      timer = setTimeout(() => {
        opened = true
        openFor(message.node, message.row)
      }, LONG_PRESS_MS)
    })
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'])
      list.element.addEventListener(type, cancel)
    log.addEventListener('scroll', cancel, { passive: true })
    list.element.addEventListener('contextmenu', (event) => {
      if (opened) event.preventDefault()
    })
  }
}
