const MARKS = String.raw`\s,:;.!?、。…~`

/**
 * Takes the bird's own names out of a message: `@小小鸟` anywhere, `小小鸟，…` at the start.
 * @param names What it is called; in any case and width.
 * @returns a function from the message in compatibility form (NFKC) to what is said.
 */
export function addressed(names: readonly string[]): (text: string) => string {
  const known = names
    .map((name) => name.normalize('NFKC').trim())
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
  if (known.length === 0) return (text) => text.trim()

  const name = `(?:${known.join('|')})(?![\\p{Script=Latin}\\p{N}_])`
  const called = new RegExp(`(?<![a-z0-9._%+-])@${name}[${MARKS}]{0,8}`, 'giu')
  const opening = new RegExp(`^${name}(?:[${MARKS}]{1,8}|$)`, 'iu')
  return (text) => text.replace(called, ' ').trim().replace(opening, '').trim()
}
