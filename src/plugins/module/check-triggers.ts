import isSafe from 'safe-regex2'
import type { Wakes } from '../../bots/hearing/wakes.js'
import { parseDuration } from '../../config/duration.js'
import type { Triggers } from '../../plugin.js'
import { checkCommands, listOf } from './check-commands.js'
import { ruleFault, type FaultCode } from './module-fault.js'

/** This file runs in the plugins' worker too: it imports nothing of the server but types. */

const KEYS = [
  ...(['command', 'keyword', 'mention', 'regex', 'all', 'chance'] as const),
  ...(['join', 'left', 'answer', 'timer'] as const),
]

/** Milliseconds. */
const SHORTEST_TIMER = 10_000
/** What a timer of Node can wait. */
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * What a bot says that it wakes by, as data.
 * @throws {ModuleFault} that names the trigger which is wrong.
 */
export function checkTriggers(given: Triggers): Wakes {
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
  if (!isObject) throw ruleFault('badTriggers', { keys: KEYS.join(', ') })
  for (const key of Object.keys(given)) {
    if (!KEYS.some((known) => known === key)) {
      throw ruleFault('unknownTrigger', { key, keys: KEYS.join(', ') })
    }
  }
  const { command = [], keyword = [], regex = [], chance = 0, timer } = given
  const { mention = false, all = false, join = false, left = false, answer = false } = given
  for (const [key, value] of Object.entries({ mention, all, join, left, answer })) {
    need(typeof value === 'boolean', 'badFlag', key)
  }
  need(typeof chance === 'number' && chance >= 0 && chance <= 1, 'badChance', 'chance')
  return {
    commands: checkCommands(command),
    keywords: listOf(keyword).map(folded),
    regexes: listOf(regex).map(regexOf),
    mention,
    all,
    chance,
    join,
    left,
    answer,
    ...(timer !== undefined && { timer: timerOf(timer) }),
  }
}

function timerOf(timer: unknown): number {
  const ms = typeof timer === 'string' ? parseDuration(timer) : timer
  const right = typeof ms === 'number' && ms >= SHORTEST_TIMER && ms <= LONGEST_TIMER
  if (!right) throw ruleFault('badTimer', { key: 'timer' })
  return ms
}

function folded(word: unknown): string {
  const text = typeof word === 'string' ? word.normalize('NFKC').toLowerCase() : ''
  need(text.trim() !== '', 'badKeyword', 'keyword')
  return text
}

/** Where one repetition stands in another, trying all ways to match can take for ever. */
function regexOf(regex: unknown): { source: string; flags: string } {
  if (!(regex instanceof RegExp)) throw ruleFault('badRegex', { key: 'regex' })
  if (!isSafe(regex)) throw ruleFault('slowRegex', { key: 'regex', regex: String(regex) })
  // `g` and `y` would make it remember where it was.
  return { source: regex.source, flags: regex.flags.replace(/[gy]/g, '') }
}

function need(right: boolean, code: FaultCode, key: string): void {
  if (!right) throw ruleFault(code, { key })
}
