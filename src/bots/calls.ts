/** A bot as people call it. */
export interface Called {
  id: number
  /** Its name and its aliases. */
  names: readonly string[]
}

/**
 * Finds out who is called in a text: `@name` anywhere, or the name at the start before a mark or a space
 * (`小小鸟，…`). Width and case do not matter; of two names that fit, the longer one is meant.
 * @returns the ids of the called bots.
 */
export function callsIn(bots: readonly Called[]): (text: string) => Set<number> {
  const names = bots
    .flatMap(({ id, names }) => names.map((name) => ({ id, name: fold(name) })))
    .filter(({ name }) => name !== '')
    .toSorted((a, b) => b.name.length - a.name.length)

  return function calls(text) {
    const called = new Set<number>()
    const folded = fold(text).trimStart()
    const opening = names.find(({ name }) => folded.startsWith(name))
    if (opening && AFTER_OPENING.test(folded.slice(opening.name.length))) called.add(opening.id)
    for (const { index } of folded.matchAll(AT)) {
      const rest = folded.slice(index + 1)
      const meant = names.find(({ name }) => rest.startsWith(name) && endsAfter(name, rest))
      if (meant) called.add(meant.id)
    }
    return called
  }
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim()

/** Not the one of a mail address. */
const AT = /(?<![a-z0-9._%+-])@/g
const AFTER_OPENING = /^(?:$|[\s,:;.!?、。…~])/u
const WORD = /[\p{Script=Latin}\p{N}_]/u

/** `@bob` is not in `@bobby`; Chinese runs on without a space: `@小小鸟你好`. */
const endsAfter = (name: string, rest: string): boolean =>
  !WORD.test(name.at(-1) ?? '') || !WORD.test(rest.charAt(name.length))
