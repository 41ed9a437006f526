import { match, type Pattern } from './pattern.js'
import type { Tongue } from './turn.js'
import type { Words } from './words.js'

/** What it listens for and what it says then. */
export interface Rule {
  readonly tongue: Tongue
  /** What it is about; rules without patterns are said when they are called by this. */
  readonly topic: string
  readonly patterns: readonly Pattern[]
  readonly replies: readonly string[]
  /** Asked first; the replies are for when it has nothing to say. */
  readonly skill?: string
}

/** The rules of each language; of two patterns of one length the one further ahead is meant. */
export type Brain = Readonly<Record<Tongue, readonly Rule[]>>

export interface Recalled {
  readonly rule: Rule
  /** What stood for the wildcards, as it was written. */
  readonly captured: readonly string[]
}

/** The rule with the longest pattern that fits, in this language before the other. */
export const recall = (brain: Brain, words: Words, tongue: Tongue): Recalled | undefined =>
  longest(brain[tongue], words) ?? longest(brain[tongue === 'zh' ? 'en' : 'zh'], words)

/** What is said under a topic: the first rule of that name that has words. */
export const repliesOf = (brain: Brain, topic: string, tongue: Tongue): readonly string[] =>
  brain[tongue].find((rule) => rule.topic === topic && rule.replies.length > 0)?.replies ?? []

function longest(rules: readonly Rule[], words: Words): Recalled | undefined {
  let best: Recalled | undefined
  let weight = 0
  for (const rule of rules) {
    for (const pattern of rule.patterns) {
      if (pattern.weight <= weight) continue
      const captured = match(pattern, words)
      if (!captured) continue
      best = { rule, captured }
      weight = pattern.weight
    }
  }
  return best
}
