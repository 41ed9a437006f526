/** How much the service takes (its documentation): about a hundred Chinese characters. */
const QUESTION_BYTES = 300

/**
 * What is asked: the text without the bot's own names, cut to what the service takes. Empty where there is
 * nothing to ask; a command is never asked, because `/roll 2d6` wants to be done and not talked about.
 * @param names What the bot is called.
 */
export function questionsFor(names: readonly string[]): (text: string) => string {
  const withoutNames = addressed(names)
  return function question(text) {
    const said = withoutNames(text.toWellFormed()).trim()
    return said.startsWith('/') ? '' : cut(said, QUESTION_BYTES).trim()
  }
}

const MARKS = String.raw`\s,，:：;；.!！?？、。…~～`

/** Takes out `@老朋友` anywhere, and `老朋友，…` at the start. */
function addressed(names: readonly string[]): (text: string) => string {
  const known = names
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
  if (known.length === 0) return (text) => text

  const name = `(?:${known.join('|')})(?![\\p{Script=Latin}\\p{N}_])`
  const called = new RegExp(`(?<![a-z0-9._%+-])@${name}[${MARKS}]{0,8}`, 'giu')
  const opening = new RegExp(`^${name}(?:[${MARKS}]{1,8}|$)`, 'iu')
  return (text) => text.replace(called, ' ').trim().replace(opening, '')
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Cuts between two characters as people see them, so that a family emoji stays whole or goes. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const start = text.slice(0, bytes * 2) // each unit is a byte or more, and one character may follow
  const seen = Array.from(characters.segment(start), ({ segment }) => segment)
  return within(seen, bytes) || within(Array.from(start), bytes)
}

function within(parts: readonly string[], bytes: number): string {
  let size = 0
  const end = parts.findIndex((part) => (size += Buffer.byteLength(part)) > bytes)
  return parts.slice(0, end === -1 ? parts.length : end).join('')
}
