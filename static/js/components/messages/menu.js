import { plainText } from '../../models/plain-text.js'
import { el, icon } from '../dom.js'
import { actionsOf, mayReact, mayReply, quickChoices } from './actions.js'

/** A finger that rests so long wants the menu. */
const LONG_PRESS_MS = 450
/** So much of a message is named on top of its menu, in UTF-16 units: more than a line. */
const EXCERPT = 200

/**
 * The menu of a message: by its button, by a resting finger, or as `open` says.
 * @param {{log: HTMLElement, list: import('./list.js').MessageList, texts: any, can: () => import('./actions.js').Can,
 *   open: (menu: import('../menu.js').Menu) => unknown, act: Record<string, import('../../room/acts.js').Act>}} page
 */
export function messageMenu({ log, list, texts, can, open, act }) {
  bringTools()
  pressLong()
  list.element.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    const message = list.messageOf(target)
    const button = target.closest('button')
    const { act: name } = button?.dataset ?? {}
    const face = target.closest('.message__face')
    if (message && button && name) act[name]?.(message.row, button)
    else if (message && button?.matches('.message__more')) openFor(button, message.row)
    else if (message && face instanceof HTMLElement) act['person']?.(message.row, face)
  })

  return { open: openFor, act }

  /** @param {HTMLElement} anchor @param {import('./actions.js').MessageRow} row @param {{x: number, y: number}} [at] */
  function openFor(anchor, row, at) {
    const run = (/** @type {string} */ name, /** @type {string} */ emoji) =>
      act[name]?.(row, anchor, emoji)
    const node = anchor.closest('.message') ?? anchor
    open({
      anchor,
      at,
      about: { node, name: row.user.name, text: plainText(row.text).slice(0, EXCERPT) },
      label: texts.message.actions,
      strip: quickChoices(row, texts.message, can(), run),
      choices: actionsOf(row, texts.message, can(), run),
    })
  }

  /** Three buttons for all messages, brought to the one that is pointed at: nine hundred would cost each frame. */
  function bringTools() {
    const tool = (/** @type {string} */ name) =>
      el(
        'button',
        {
          type: 'button',
          class: 'message__tool',
          tabindex: -1,
          'data-act': name,
          'aria-label': texts.message[name],
          title: texts.message[name],
        },
        icon(name),
      )
    const more = el(
      'button',
      {
        type: 'button',
        class: 'message__tool message__more',
        tabindex: -1,
        'aria-haspopup': 'menu',
        'aria-label': texts.message.actions,
      },
      icon('more'),
    )
    const react = tool('react')
    const reply = tool('reply')
    const tools = el('span', { class: 'message__tools' }, react, reply, more)
    list.element.addEventListener('pointerover', ({ target, pointerType }) => {
      const message =
        target instanceof Element && pointerType !== 'touch' ? list.messageOf(target) : undefined
      const side = message?.node.querySelector('.message__side')
      if (!message || !side) return
      const now = can()
      react.hidden = !mayReact(message.row, now)
      reply.hidden = !mayReply(message.row, now)
      if (tools.parentNode !== side) side.append(tools)
    })
  }

  /** On a message its menu, on one of its emoji those who put it there. */
  function pressLong() {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer
    let opened = false
    const cancel = () => clearTimeout(timer)
    list.element.addEventListener(
      'pointerdown',
      ({ target, pointerType, clientX: x, clientY: y }) => {
        cancel()
        const pressed = target instanceof Element ? target.closest('.bubble, [data-emoji]') : null
        const message = list.messageOf(pressed)
        if (pointerType !== 'touch' || !message || !(pressed instanceof HTMLElement)) return
        timer = setTimeout(() => {
          opened = true
          if (pressed.dataset.emoji) act['who']?.(message.row, pressed)
          else openFor(message.node, message.row, { x, y })
        }, LONG_PRESS_MS)
      },
    )
    // The finger that rested presses nothing when it lifts: neither the emoji nor what has opened under it.
    const swallow = (/** @type {MouseEvent} */ event) => {
      if (opened && event.detail > 0) event.stopPropagation()
    }
    window.addEventListener('click', swallow, { capture: true })
    window.addEventListener('pointerdown', () => (opened = false), { capture: true })
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'])
      list.element.addEventListener(type, cancel)
    log.addEventListener('scroll', cancel, { passive: true })
    list.element.addEventListener('contextmenu', (event) => {
      if (opened || openForMouse(event)) event.preventDefault()
    })
  }

  /** The browser's own menu stays for links and for what is marked; and with Shift. @param {MouseEvent} event */
  function openForMouse({ target, button, shiftKey, clientX: x, clientY: y }) {
    const bubble = target instanceof Element ? target.closest('.bubble') : null
    const message = list.messageOf(bubble)
    const native = target instanceof Element && target.closest('a, summary') !== null
    const marked = document.getSelection()?.isCollapsed === false
    if (button !== 2 || shiftKey || native || marked || !bubble || !message) return false
    openFor(/** @type {HTMLElement} */ (bubble), message.row, { x, y })
    return true
  }
}
