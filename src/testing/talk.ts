import { z } from 'zod'
import { parseDuration } from '../config/duration.js'
import type { FormValues } from '../plugin.js'

/** What a rehearsal is to do, line by line. */
export type Cue = { line: number } & (
  | { kind: 'says'; name: string; text: string }
  | { kind: 'comes' | 'leaves'; name: string }
  | { kind: 'waits'; ms: number }
  /** Ids of choices of the last card. */
  | { kind: 'chooses'; name: string; choices: string[] }
  /** What goes into the form of the last card. */
  | { kind: 'fills'; name: string; values: FormValues }
  /** What a bot is to have said by then. */
  | { kind: 'expects'; name: string; text: string | RegExp }
)

/**
 * Reads a talk: `ada: hello`, `+ grace` comes, `- grace` leaves, `~ 2s` waits, `#` a note; `ada: [yes]` presses a
 * choice of the last card, `ada: {"portions": 2}` fills in its form. A line of a bot is
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
  if (!bots.includes(name)) return pressIn(name, said) ?? { kind: 'says', name, text: said }
  return { kind: 'expects', name, text: expressionIn(said) ?? said }
}

/** What somebody does with a card. */
function pressIn(name: string, said: string): Unplaced<Cue> | undefined {
  const [, ids] = /^\[([\w. ,-]+)\]$/.exec(said) ?? []
  if (ids !== undefined)
    return { kind: 'chooses', name, choices: ids.split(',').map((id) => id.trim()) }
  const values = said.startsWith('{') ? form.safeParse(parsed(said)).data : undefined
  return values && { kind: 'fills', name, values }
}

const form = z.record(z.string(), z.union([z.string(), z.number()]))

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function expressionIn(text: string): RegExp | undefined {
  const [, source] = /^\/(.+)\/$/.exec(text) ?? []
  try {
    return source === undefined ? undefined : new RegExp(source, 'u')
  } catch {
    return undefined
  }
}
