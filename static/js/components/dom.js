const SVG = 'http://www.w3.org/2000/svg'
const DAY_MS = 86_400_000

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

/**
 * Puts values into the `{placeholders}` of a sentence, with a space where Latin letters or digits meet a Chinese character.
 * @param {string} sentence @param {Record<string, string | number>} values
 */
export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name, at) => {
    const value = String(values[name] ?? whole)
    const before = HAN.test(sentence[at - 1] ?? '') && LATIN_FIRST.test(value) ? ' ' : ''
    const after = HAN.test(sentence[at + whole.length] ?? '') && LATIN_LAST.test(value) ? ' ' : ''
    return before + value + after
  })

const HAN = /\p{Script=Han}/u
/** Behind or before the signs that set a name apart (U+2068, U+2069). */
const LATIN_FIRST = /^\u2068?[\p{Script=Latin}\d]/u
const LATIN_LAST = /[\p{Script=Latin}\d]\u2069?$/u

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

/**
 * How times and days are written.
 * @param {string} lang
 * @param {{today: string, yesterday: string, moment: {today: string, yesterday: string, tomorrow: string, day: string}}} words
 */
export function clock(lang, words) {
  const day = format(lang, { month: 'long', day: 'numeric', weekday: 'long' })
  const year = format(lang, { dateStyle: 'full' })
  // As Intl writes it in our languages; to make its first format would be a tenth of what opening a room costs.
  const time = (/** @type {number} */ at) => new Date(at).toTimeString().slice(0, 5)
  const date = format(lang, { month: 'long', day: 'numeric' })
  const longDate = format(lang, { dateStyle: 'long' })
  return {
    time,
    full: format(lang, { dateStyle: 'full', timeStyle: 'short' }),
    /** A day and a time in a few words, outside the talk. */
    moment: (/** @type {number} */ at) => {
      const { today, yesterday, tomorrow, day: other } = words.moment
      const sentence = { '-1': yesterday, 0: today, 1: tomorrow }[daysFromNow(at)] ?? other
      return fill(sentence, { time: time(at), day: (isThisYear(at) ? date : longDate)(at) })
    },
    day(/** @type {number} */ at) {
      const midnight = new Date().setHours(0, 0, 0, 0)
      if (at >= midnight) return words.today
      if (at >= midnight - DAY_MS) return words.yesterday
      return (isThisYear(at) ? day : year)(at)
    },
  }
}

/** @param {number} at */
const isThisYear = (at) => new Date(at).getFullYear() === new Date().getFullYear()

/** Of the calendar; rounded, for a day may have an hour more or less. @param {number} at */
const daysFromNow = (at) =>
  Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / DAY_MS)

/** Made when it is first wanted: all of them together would be a tenth of what opening a page costs. @param {string} lang @param {Intl.DateTimeFormatOptions} options */
function format(lang, options) {
  /** @type {Intl.DateTimeFormat | undefined} */
  let made
  return (/** @type {number} */ at) => {
    made ??= new Intl.DateTimeFormat(lang, options)
    return made.format(at)
  }
}
