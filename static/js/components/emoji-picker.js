import { composing, el, hasKeyboard } from './dom.js'
import { layer } from './layers.js'

/**
 * @typedef {import('../models/emoji.js').Emoji} Emoji
 * @typedef {import('../models/emoji.js').EmojiBook} EmojiBook
 */

const FOUND = 60

/** @type {(() => void) | undefined} */
let closeOpen

/**
 * Opens all emoji beside what was pressed: a search field, then the latest and the groups. Arrows move, Enter takes,
 * Escape closes; the focus goes back where it came from. On a phone it is a sheet at the bottom, under the field that
 * they are for: there several are taken in a row.
 * @param {{anchor: HTMLElement, book: EmojiBook, texts: any, take: (emoji: string, stays: boolean) => void,
 *   learn: (query: string) => Promise<unknown> | undefined, several?: boolean}} options `texts`: the page's words of
 *   `emoji`. `learn`: lets the book know words that are not of its language. `several`: are wanted, most likely.
 */
export function openEmojiPicker({ anchor, book, texts, take, learn, several = false }) {
  const again = anchor.getAttribute('aria-expanded') === 'true'
  closeOpen?.()
  if (again) return
  const ears = new AbortController()
  const { signal } = ears
  const came = document.activeElement
  const search = /** @type {HTMLInputElement} */ (
    el('input', {
      class: 'field__input emoji__search',
      type: 'search',
      placeholder: texts.search,
      'aria-label': texts.search,
      autocomplete: 'off',
      enterkeyhint: 'search',
    })
  )
  const done = el('button', { type: 'button', class: 'button emoji__done' }, texts.done)
  const tabs = texts.groups.map((/** @type {string} */ name, /** @type {number} */ index) =>
    tab(name, index, book),
  )
  const sheets = el('div', {
    class: 'emoji__sheets',
    role: 'tabpanel',
    id: 'emoji-sheets',
    tabindex: 0,
  })
  const picker = el(
    'div',
    {
      class: several ? 'emoji emoji--several' : 'emoji',
      role: 'dialog',
      'aria-label': texts.heading,
      tabindex: -1,
    },
    el('div', { class: 'emoji__head' }, search, done),
    el('div', { class: 'emoji__tabs', role: 'tablist', 'aria-label': texts.kinds }, ...tabs),
    sheets,
  )
  const scrim = el('div', { class: 'menu-scrim emoji-scrim' })
  document.body.append(scrim, picker)
  anchor.setAttribute('aria-expanded', 'true')
  showGroup(0)
  place(picker, anchor)
  const stays = () => several && isSheet(picker)
  // A finger that wants a face is not helped by a keyboard over it.
  const first = hasKeyboard() ? search : picker
  first.focus({ preventScroll: true })

  search.addEventListener('input', () => (search.value.trim() ? void showFound() : showGroup(0)), {
    signal,
  })
  picker.addEventListener('keydown', onKey, { signal })
  picker.addEventListener('click', onClick, { signal })
  scrim.addEventListener('pointerdown', (event) => (event.preventDefault(), close()), { signal })
  document.addEventListener('pointerdown', closeFromOutside, { signal })
  document.addEventListener('focusin', closeFromOutside, { signal })
  // The keyboard of a phone that goes or comes is no reason to close.
  window.addEventListener('resize', () => place(picker, anchor), { signal })
  closeOpen = close
  const gone = layer(close)

  function close({ back = true } = {}) {
    const stayed = stays()
    gone()
    ears.abort()
    picker.remove()
    scrim.remove()
    anchor.removeAttribute('aria-expanded')
    closeOpen = undefined
    // Given to the field, the focus would bring the keyboard of a phone.
    const to = stayed ? anchor : came
    if (back && to instanceof HTMLElement && to.isConnected) to.focus({ preventScroll: true })
  }

  /** What the sheet is for stays in reach: only its field is another way to write. @param {Event} event */
  function closeFromOutside({ type, target }) {
    if (!stays() || !(target instanceof Element) || picker.contains(target)) return
    if (type === 'focusin' ? target.matches('textarea') : !anchor.closest('form')?.contains(target))
      close({ back: false })
  }

  /** One at a time: two thousand buttons would hold up the page. @param {number} index */
  function showGroup(index) {
    choose(index)
    const { recent } = book
    const group = sheet(
      texts.groups[index],
      book.all.filter((one) => one.group === index),
    )
    const latest = index === 0 && recent.length > 0 ? [sheet(texts.recent, recent)] : []
    sheets.replaceChildren(...latest, group)
    sheets.scrollTop = 0
  }

  async function showFound() {
    const query = search.value.trim()
    choose(-1)
    const more = learn(query)
    show(query, !more)
    if (!more) return
    await more.catch(() => undefined)
    if (search.value.trim() === query) show(query, true)
  }

  /** @param {string} query @param {boolean} all No more will be known of it. */
  function show(query, all) {
    const found = book.find(query, FOUND)
    if (found.length > 0) sheets.replaceChildren(sheet(texts.found, found))
    else if (all) sheets.replaceChildren(el('p', { class: 'emoji__none' }, texts.none))
  }

  /** @param {number} index -1: none of them is shown. */
  function choose(index) {
    for (const [place, one] of tabs.entries()) {
      one.setAttribute('aria-selected', String(place === index))
      one.tabIndex = place === Math.max(0, index) ? 0 : -1
    }
  }

  /** @param {Event} event */
  function onClick({ target }) {
    const pressed = target instanceof Element ? target.closest('button') : undefined
    if (!pressed) return
    if (pressed === done) return close()
    if (tabs.includes(pressed)) return turnTo(tabs.indexOf(pressed))
    const { emoji = '' } = pressed.dataset
    book.took(emoji)
    const more = stays()
    if (!more) close()
    take(emoji, more)
  }

  /** @param {number} index */
  function turnTo(index) {
    search.value = ''
    showGroup(index)
    tabs[index].focus()
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (composing(event)) return
    event.stopPropagation()
    const buttons = [...sheets.querySelectorAll('button')]
    const index = buttons.findIndex((one) => one === document.activeElement)
    const at = tabs.findIndex((one) => one === document.activeElement)
    const step = STEPS[event.key]
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' && document.activeElement === search) buttons[0]?.click()
    else if (event.key === 'ArrowDown' && index < 0) buttons[0]?.focus()
    else if (at >= 0 && step) turnTo((at + step + tabs.length) % tabs.length)
    else if (index >= 0 && step !== undefined) move(buttons, index, event.key)
    else return
    event.preventDefault()
  }

  /** @param {HTMLButtonElement[]} buttons @param {number} index @param {string} key */
  function move(buttons, index, key) {
    const next = STEPS[key] === 0 ? below(buttons, index, key) : index + STEPS[key]
    if (next < 0) search.focus()
    else buttons[next]?.focus()
  }
}

/** @type {Record<string, number>} 0: another row. */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: 0, ArrowDown: 0 }

/** The nearest one in the row above or below; -1: there is none above. @param {HTMLElement[]} buttons @param {number} index @param {string} key */
function below(buttons, index, key) {
  const { offsetTop, offsetLeft } = buttons[index]
  const near = (/** @type {HTMLElement} */ one) => Math.abs(one.offsetLeft - offsetLeft)
  const down = key === 'ArrowDown'
  const rows = down ? buttons.slice(index) : buttons.slice(0, index).reverse()
  const row = rows.find((one) => one.offsetTop !== offsetTop)?.offsetTop
  if (row === undefined) return down ? index : -1
  const inRow = rows.filter((one) => one.offsetTop === row)
  return buttons.indexOf(inRow.reduce((best, one) => (near(one) < near(best) ? one : best)))
}

/** @param {string} name @param {number} index @param {EmojiBook} book @returns {HTMLButtonElement} */
const tab = (name, index, book) =>
  el(
    'button',
    {
      type: 'button',
      class: 'emoji__tab',
      role: 'tab',
      'aria-controls': 'emoji-sheets',
      'aria-label': name,
      title: name,
    },
    book.all.find(({ group }) => group === index)?.emoji,
  )

/** @param {string} name @param {readonly Emoji[]} all */
const sheet = (name, all) =>
  el(
    'section',
    { 'aria-label': name },
    el('h2', { class: 'emoji__heading' }, name),
    el('div', { class: 'emoji__grid' }, ...all.map(one)),
  )

/** @param {Emoji} emoji */
const one = ({ emoji, name, codes }) =>
  el(
    'button',
    {
      type: 'button',
      class: 'emoji__one',
      tabindex: -1,
      'data-emoji': emoji,
      'aria-label': name,
      title: codes[0] ? `${name} :${codes[0]}:` : name,
    },
    emoji,
  )

/** Over or under the anchor, within the window; the sheet of a phone is placed by CSS. @param {HTMLElement} picker @param {HTMLElement} anchor */
function place(picker, anchor) {
  picker.style.removeProperty('top')
  picker.style.removeProperty('left')
  if (isSheet(picker)) return
  const edge = 8
  const box = anchor.getBoundingClientRect()
  const { width, height } = picker.getBoundingClientRect()
  const above = box.top - height - 6
  picker.style.top = `${above < edge ? Math.min(box.bottom + 6, window.innerHeight - height - edge) : above}px`
  picker.style.left = `${Math.min(Math.max(edge, box.right - width), window.innerWidth - width - edge)}px`
}

/** @param {HTMLElement} picker */
const isSheet = (picker) => getComputedStyle(picker).getPropertyValue('--sheet').trim() === '1'
