const MARKS = String.raw`\s,:;.!?、。…~`

/** Two ways to read a message in compatibility form (NFKC). */
export interface Address {
  /** Without being called: `@小小鸟` anywhere, `小小鸟，…` at the start. */
  said: (text: string) => string
  /** Without the names at all: `Hello 小小鸟!` is a greeting, and an English one. */
  nameless: (text: string) => string
}

/**
 * Takes the bird's own names out of a message.
 * @param names What it is called; in any case and width.
 */
export function addressed(names: readonly string[]): Address {
  const known = names
    .map((name) => name.normalize('NFKC').trim())
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
  if (known.length === 0) return { said: (text) => text.trim(), nameless: (text) => text.trim() }

  const name = `(?:${known.join('|')})(?![\\p{Script=Latin}\\p{N}_])`
  const called = new RegExp(`(?<![a-z0-9._%+-])@${name}[${MARKS}]{0,8}`, 'giu')
  const opening = new RegExp(`^${name}(?:[${MARKS}]{1,8}|$)`, 'iu')
  const anywhere = new RegExp(`(?<![\\p{Script=Latin}\\p{N}_])${name}`, 'giu')
  return {
    said: (text) => text.replace(called, ' ').trim().replace(opening, '').trim(),
    nameless: (text) => text.replace(anywhere, ' ').trim(),
  }
}
