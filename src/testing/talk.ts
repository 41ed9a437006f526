import { parseDuration } from '../config/duration.js'

/** What a rehearsal is to do, line by line. */
export type Cue = { line: number } & (
  | { kind: 'says'; name: string; text: string }
  | { kind: 'comes' | 'leaves'; name: string }
  | { kind: 'waits'; ms: number }
  /** What a bot is to have said by then. */
  | { kind: 'expects'; name: string; text: string | RegExp }
)

/**
 * Reads a talk: `ada: hello`, `+ grace` comes, `- grace` leaves, `~ 2s` waits, `#` a note. A line of a bot is
 * what it is expected to say, in the same words or as `/an expression/`.
 * @param bots Their names.
 * @returns what is to be done, and the numbers of the lines that mean nothing.
 */
export function readTalk(
  text: string,
  bots: readonly string[],
): { cues: Cue[]; wrong: { line: number; text: string }[] } {
  const cues: Cue[] = []
  const wrong: { line: number; text: string }[] = []
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const words = raw.trim()
    if (words === '' || words.startsWith('#')) continue
    const cue = cueIn(words, bots)
    if (cue) cues.push({ ...cue, line: index + 1 })
    else wrong.push({ line: index + 1, text: words })
  }
  return { cues, wrong }
}

type Unplaced<C> = C extends unknown ? Omit<C, 'line'> : never

function cueIn(words: string, bots: readonly string[]): Unplaced<Cue> | undefined {
  const [, sign, rest = ''] = /^([+~-])\s*(\S.*)$/.exec(words) ?? []
  if (sign === '+') return { kind: 'comes', name: rest }
  if (sign === '-') return { kind: 'leaves', name: rest }
  if (sign === '~') {
    const ms = parseDuration(rest)
    return ms === undefined ? undefined : { kind: 'waits', ms }
  }
  const [, name, said = ''] = /^([^:：]{1,40})[:：]\s*(.+)$/.exec(words) ?? []
  if (name === undefined) return undefined
  if (!bots.includes(name)) return { kind: 'says', name, text: said }
  return { kind: 'expects', name, text: expressionIn(said) ?? said }
}

function expressionIn(text: string): RegExp | undefined {
  const [, source] = /^\/(.+)\/$/.exec(text) ?? []
  try {
    return source === undefined ? undefined : new RegExp(source, 'u')
  } catch {
    return undefined
  }
}
