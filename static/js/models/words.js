/** How sentences are put together, and names compared. */

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

/** A name that is written from right to left must not turn the sentence around it. @param {string} name */
export const isolate = (name) => `\u2068${name}\u2069`

/** Without differences of width and case. @param {string} text */
export const fold = (text) => text.normalize('NFKC').toLowerCase()
