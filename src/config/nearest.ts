import { distance } from 'fastest-levenshtein'

/** The known word that is typed most like this one; near letters count, not case. */
export function nearest(word: string, known: readonly string[]): string {
  const steps = (other: string) => distance(word.toLowerCase(), other.toLowerCase())
  return known.reduce((best, other) => (steps(other) < steps(best) ? other : best), known[0] ?? '')
}

/** Whether two words differ by a slip of the finger only. */
export const isSlip = (word: string, other: string): boolean => distance(word, other) <= 2
