import { simplified } from './simplified.js'

/** Somebody as people call them. */
export interface Called {
  id: number
  /** Their name and what else they answer to. */
  names: readonly string[]
}

/**
 * Names by which somebody can be called. Width and case do not matter, nor whether characters are traditional or
 * simplified; a name is the last one's who took it.
 */
export class Names {
  readonly #ids = new Map<string, number>()
  #longest = 0

  constructor(called: Iterable<Called> = []) {
    for (const { id, names } of called) for (const name of names) this.set(name, id)
  }

  set(name: string, id: number): void {
    const folded = fold(name)
    if (folded === '') return
    this.#ids.set(folded, id)
    this.#longest = Math.max(this.#longest, folded.length)
  }

  /** Takes a name away, if it is theirs. */
  delete(name: string, id: number): void {
    const folded = fold(name)
    if (this.#ids.get(folded) === id) this.#ids.delete(folded)
  }

  get longest(): number {
    return this.#longest
  }

  /** @param folded As {@link fold} gives it. */
  get(folded: string): number | undefined {
    return this.#ids.get(folded)
  }
}

/**
 * Finds out who is called by `@name` in a text; of two names that fit, the longer one is meant.
 * @param among Of the same name in two of them the first one's is meant.
 * @returns their ids, in the order of the text.
 */
export function mentionsIn(text: string, among: readonly Names[]): Set<number> {
  const called = new Set<number>()
  if (!mayMention(text)) return called
  const folded = fold(text)
  const longest = Math.max(...among.map((names) => names.longest))
  for (const { index } of folded.matchAll(AT)) {
    const id = nameAt(folded.slice(index + 1, index + 2 + longest), longest, among)
    if (id !== undefined) called.add(id)
  }
  return called
}

/** Most lines call nobody: whether one is worth a closer look. */
export const mayMention = (text: string): boolean => /[@＠﹫]/.test(text)

/** Finds out who is called at the start of a text, before a mark or a space: `小小鸟，…`. */
export function openingIn(text: string, names: Names): number | undefined {
  const folded = fold(text)
  for (let length = Math.min(names.longest, folded.length); length > 0; length--) {
    const id = names.get(folded.slice(0, length))
    if (id !== undefined) return AFTER_OPENING.test(folded.slice(length)) ? id : undefined
  }
  return undefined
}

function nameAt(rest: string, longest: number, among: readonly Names[]): number | undefined {
  for (let length = Math.min(longest, rest.length); length > 0; length--) {
    const name = rest.slice(0, length)
    for (const names of among) {
      const id = names.get(name)
      if (id !== undefined && endsAfter(name, rest)) return id
    }
  }
  return undefined
}

const fold = (text: string): string => simplified(text.normalize('NFKC').toLowerCase().trim())

/** Not the one of a mail address. */
const AT = /(?<![a-z0-9._%+-])@/g
const AFTER_OPENING = /^(?:$|[\s,:;.!?、。…~])/u
const WORD = /[\p{Script=Latin}\p{N}_]/u

/** `@bob` is not in `@bobby`; Chinese runs on without a space: `@小小鸟你好`. */
const endsAfter = (name: string, rest: string): boolean =>
  !WORD.test(name.at(-1) ?? '') || !WORD.test(rest.charAt(name.length))
