import { composing, el, icon } from './dom.js'
import { layer } from './layers.js'
import { serverNow } from '../server-time.js'
import { LONGEST_MS } from '../timers.js'

/**
 * @typedef {{label: string, icon?: string, run: () => void, danger?: boolean, checked?: boolean, group?: string,
 *   kind?: 'item' | 'radio' | 'check', separate?: boolean, lang?: string, until?: number, over?: string}} Choice `separate`:
 *   a line stands before it. `until`: from this moment of the server's on it cannot be chosen any more, and reads `over`.
 * @typedef {{node?: Element, name: string, text: string}} About What a menu is for: `node` is marked while it is open, and
 *   the rest stands on top of the sheet of a phone, which may lie over it.
 * @typedef {{anchor: HTMLElement, label: string, choices: Choice[], strip?: Choice[], at?: {x: number, y: number}, about?: About}} Menu
 *   `strip`: choices that stand beside each other, over the others.
 */

/** @type {(() => void) | undefined} */
let closeOpen

/**
 * Opens a menu beside what was pressed: arrows, Home, End and first letters move, Enter and space choose,
 * Escape and Tab close; focus goes back where it came from. On a phone it is a sheet at the bottom.
 * @param {Menu} menu
 */
export function openMenu({ anchor, label, choices: listed, strip = [], at, about }) {
  closeOpen?.()
  const ears = new AbortController()
  const { signal } = ears
  const came = document.activeElement
  // Only to whom goes by keys the first choice looks like the one that is meant.
  const byKeys = came?.matches(':focus-visible:not(input, textarea)') ?? false
  const choices = [...strip, ...listed]
  const beside = strip.map(small)
  const items = [...beside, ...listed.map(item)]
  const menu = el(
    'div',
    { class: byKeys ? 'menu menu--keys' : 'menu', role: 'menu', 'aria-label': label },
    ...(about ? [heading(about)] : []),
    ...(beside.length > 0
      ? [el('div', { class: 'menu__strip', role: 'presentation' }, ...beside)]
      : []),
    ...parts(listed, items.slice(strip.length)),
  )
  const scrim = el('div', { class: 'menu-scrim' })
  const landmark = anchor.closest('nav, main, aside') ?? document.body
  landmark.append(scrim, menu)
  anchor.setAttribute('aria-expanded', 'true')
  about?.node?.classList.add('is-meant')
  place(menu, anchor, at)
  goTo(items[0])

  /** The finger that rested to open it is no choice when it lifts. */
  let pressed = false
  menu.addEventListener('pointerdown', () => (pressed = true), { signal })
  menu.addEventListener('keydown', onKey, { signal })
  menu.addEventListener('click', onClick, { signal })
  scrim.addEventListener(
    'pointerdown',
    (event) => {
      event.preventDefault()
      close()
    },
    { signal },
  )
  // The keyboard of a phone goes when the menu takes the focus: no reason to close.
  window.addEventListener('resize', () => place(menu, anchor, at), { signal })
  window.addEventListener('blur', close, { signal })
  closeOpen = close
  const gone = layer(close)
  choices.forEach((choice, index) => endInTime(choice, items[index], signal))

  function close() {
    gone()
    ears.abort()
    menu.remove()
    scrim.remove()
    anchor.removeAttribute('aria-expanded')
    about?.node?.classList.remove('is-meant')
    closeOpen = undefined
    if (came instanceof HTMLElement && came.isConnected) came.focus({ preventScroll: true })
  }

  /** @param {MouseEvent} event Of the keyboard, and of programs for who cannot press, it has no `detail`. */
  function onClick({ target, detail }) {
    if (detail > 0 && !pressed) return
    const index = items.findIndex((one) => target instanceof Node && one.contains(target))
    if (index < 0 || items[index]?.hasAttribute('aria-disabled')) return
    close()
    choices[index]?.run()
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (composing(event)) return
    menu.classList.add('menu--keys')
    const index = items.findIndex((one) => one === document.activeElement)
    const step = steps(index)[event.key]
    event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') close()
    else if (step !== undefined) goTo(items.at(step % items.length))
    else if (event.key.length === 1 && event.key !== ' ')
      goTo(startingWith(event.key, index) ?? items[index])
    else return
    event.preventDefault()
  }

  /** A low window shows a part of the choices: the others come into view as they are come to. @param {HTMLElement | undefined} one */
  function goTo(one) {
    for (const item of items) item.tabIndex = item === one ? 0 : -1
    one?.focus({ preventScroll: true })
    one?.scrollIntoView({ block: 'nearest' })
  }

  /** Up and down leave the strip, left and right move in it. @param {number} index @returns {Record<string, number>} */
  function steps(index) {
    const inStrip = index < strip.length
    return {
      ArrowDown: inStrip ? strip.length : index + 1,
      ArrowUp: inStrip ? items.length - 1 : index - 1,
      Home: 0,
      End: items.length - 1,
      ...(inStrip && { ArrowRight: (index + 1) % strip.length, ArrowLeft: index - 1 }),
    }
  }

  /** @param {string} letter @param {number} index */
  function startingWith(letter, index) {
    const turned = [...items.slice(index + 1), ...items.slice(0, index + 1)]
    return turned.find((one) =>
      one.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()),
    )
  }
}

/** @param {About} about */
const heading = ({ name, text }) =>
  el(
    'div',
    { class: 'menu__about', 'aria-hidden': 'true' },
    el('bdi', { class: 'menu__author' }, name),
    el('bdi', { class: 'menu__quote' }, text),
  )

/** @param {Choice} choice */
function item({ label, icon: drawing, danger, checked, kind = 'item', lang }) {
  const role = { item: 'menuitem', radio: 'menuitemradio', check: 'menuitemcheckbox' }[kind]
  return el(
    'button',
    {
      type: 'button',
      class: danger ? 'menu__item menu__item--danger' : 'menu__item',
      role,
      tabindex: -1,
      lang,
      'aria-checked': kind === 'item' ? undefined : String(Boolean(checked)),
    },
    drawing ? icon(drawing) : el('span', { class: 'icon' }),
    el('span', { class: 'menu__label' }, label),
    ...(checked ? [icon('check')] : []),
  )
}

/**
 * It stays where it is: what stood under it would come under the finger.
 * @param {Choice} choice @param {HTMLElement | undefined} node @param {AbortSignal} signal Of the menu.
 */
function endInTime({ until = Infinity, over = '' }, node, signal) {
  const wait = until - serverNow()
  if (!node || wait > LONGEST_MS) return
  const timer = setTimeout(() => {
    node.setAttribute('aria-disabled', 'true')
    node.querySelector('.menu__label')?.replaceChildren(over)
  }, wait)
  signal.addEventListener('abort', () => clearTimeout(timer))
}

/** @param {Choice} choice */
const small = ({ label, icon: drawing }) =>
  el(
    'button',
    {
      type: 'button',
      class: 'menu__small',
      role: 'menuitem',
      tabindex: -1,
      'aria-label': label,
      title: label,
    },
    drawing ? icon(drawing) : label,
  )

/** @param {Choice[]} choices @param {HTMLElement[]} items */
function parts(choices, items) {
  /** @type {HTMLElement[]} */
  const out = []
  /** @type {HTMLElement | undefined} */
  let group
  choices.forEach((choice, index) => {
    if (choice.separate) out.push(el('div', { class: 'menu__line', role: 'separator' }))
    const one = items[index]
    if (!choice.group) {
      group = undefined
      out.push(one)
      return
    }
    if (group?.getAttribute('aria-label') !== choice.group) {
      group = el('div', { role: 'group', 'aria-label': choice.group })
      group.append(el('span', { class: 'menu__group', 'aria-hidden': 'true' }, choice.group))
      out.push(group)
    }
    group.append(one)
  })
  return out
}

/** Beside the anchor, within the window; the sheet of a phone is placed by CSS. @param {HTMLElement} menu @param {HTMLElement} anchor @param {{x: number, y: number}} [at] */
function place(menu, anchor, at) {
  menu.style.removeProperty('top')
  menu.style.removeProperty('left')
  if (getComputedStyle(menu).getPropertyValue('--sheet').trim() === '1') return
  const edge = 8
  // Where all of the window is beside it, it is as wide as it wants to be.
  menu.style.left = '0px'
  const box = at ? new DOMRect(at.x, at.y, 0, 0) : anchor.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const below = box.bottom + 6
  const lowest = window.innerHeight - height - edge
  const top = below > lowest ? Math.max(edge, Math.min(box.top - height - 6, lowest)) : below
  const left = Math.min(Math.max(edge, box.left), window.innerWidth - width - edge)
  menu.style.top = `${top}px`
  menu.style.left = `${left}px`
}
