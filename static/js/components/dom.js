const SVG = 'http://www.w3.org/2000/svg'

/**
 * Makes an element; the only way text gets into the page is as text.
 * @param {string} tag @param {Record<string, string | number | boolean | undefined>} [attributes] `undefined` and
 *   `false` leave the attribute out. @param {...(Node | string | undefined)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child) => child !== undefined))
  return element
}

/** An element that every page of its kind has. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no #${id}`)
  return element
}

/** A drawing of templates/_icons.njk. @param {string} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)
  return svg
}

/** There is a keyboard already, most likely: where fingers are all there is, a field that gets the focus brings one over the page. */
export const hasKeyboard = () => matchMedia('(hover: hover)').matches

/** Whether a key belongs to an input method: it must neither send nor steer anything. @param {KeyboardEvent} event */
export const composing = (event) => event.isComposing || event.keyCode === 229

/** Enter that ends a composition chooses a word; some browsers would send the form as well. @param {KeyboardEvent} event */
export function keepForm(event) {
  const inForm = event.target instanceof HTMLInputElement && event.target.form
  if (inForm && event.key === 'Enter' && composing(event)) event.preventDefault()
}

/**
 * Copies text, on plain http too, where the clipboard is withheld: then through a selected field.
 * @param {string} text @returns {Promise<boolean>} It is in the clipboard.
 */
export async function copyText(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // not allowed: the old way may still work
  }
  const field = /** @type {HTMLTextAreaElement} */ (
    el('textarea', { class: 'hidden', readonly: true })
  )
  const focused = document.activeElement
  field.value = text
  // Inside an open dialog everything else is inert.
  const host = document.querySelector('dialog[open]') ?? document.body
  host.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}

/** The browser's storage, or nothing where it is forbidden. @returns {Storage | undefined} */
export function browserStorage() {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}

/** Keeps a choice for a year, for the server to see. @param {string} base @param {string} name @param {string} value '' forgets it. */
export function setCookie(base, name, value) {
  const age = value ? 31_536_000 : 0
  document.cookie = `${name}=${value}; path=${base || '/'}; max-age=${age}; samesite=lax`
}

/** Turns the page light or dark at once, and for the next visit. @param {string} base @param {string} theme '' is the system's. */
export function setTheme(base, theme) {
  setCookie(base, 'theme', theme)
  if (theme) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
  document.querySelector('meta[name=color-scheme]')?.setAttribute('content', theme || 'light dark')
}
