import { commandIn } from '../../command-line.js'
import type { Hear } from '../../plugin.js'
import type { User } from '../../protocol.js'
import { calls, concernOf, concernOfAnswer, type Concern, type Overheard } from './hearing.js'
import { wokenByText, type Match, type Wakes, type Woken } from './wakes.js'

/** A line that is for a bot. */
export interface Heeded extends Woken {
  /** Somebody waits for the answer. */
  awaited: boolean
}

/** What must be looked up before it is known whether a line is for a bot. */
export interface Unsure {
  /** Who said the line that this one answers. */
  author: boolean
  /** Whether one of its expressions matches. */
  match: boolean
}

/** What was found: the author only if the answered line is a recent one. */
export interface Found {
  author?: Pick<User, 'id' | 'kind'>
  match?: Match
}

/** How a bot hears: by its triggers, if it has any. */
export interface Hearing {
  hear: Hear
  triggers?: Wakes
}

/** Decides whether a line is for a bot. @param self Its id. @param random From 0 to 1. */
export function heed(
  self: number,
  { hear, triggers }: Hearing,
  line: Overheard,
  random: () => number,
): Heeded | Unsure | undefined {
  if (!triggers) {
    const others = line.owner !== undefined && line.owner !== self
    if (others && hear !== 'all' && !calls(self, line)) return undefined
    const concern = concernOf(self, hear, line)
    return concern === 'depends' ? { author: true, match: false } : byHear(self, concern, line)
  }
  const woken = wokenByText(triggers, line.event.data)
  if (woken) return { ...woken, awaited: woken.trigger.kind === 'command' }
  if (line.ofTwo || (triggers.mention && calls(self, line))) return mentioned
  const author = triggers.mention && line.event.reply_to !== undefined
  const match = triggers.regexes.length > 0
  return author || match ? { author, match } : byChance(triggers, random)
}

/** The same for a line that was unsure. */
export function heedFound(
  self: number,
  { hear, triggers }: Hearing,
  line: Overheard,
  { author, match }: Found,
  random: () => number,
): Heeded | undefined {
  if (!triggers) {
    const concern = concernOfAnswer({ self, ...(author && { author }) }, hear, line)
    return byHear(self, concern, line)
  }
  if (match) return { trigger: { kind: 'regex', match }, args: '', awaited: false }
  return author?.id === self ? mentioned : byChance(triggers, random)
}

const mentioned: Heeded = { trigger: { kind: 'mention' }, args: '', awaited: true }

function byHear(self: number, concern: Concern, line: Overheard): Heeded | undefined {
  if (concern === undefined) return undefined
  const awaited = concern === 'called'
  const { name: command, args = '' } = commandIn(line.event.data) ?? {}
  if (command !== undefined) return { trigger: { kind: 'command', command }, args, awaited }
  return { trigger: { kind: calls(self, line) ? 'mention' : 'all' }, args, awaited }
}

function byChance({ all, chance }: Wakes, random: () => number): Heeded | undefined {
  if (all) return { trigger: { kind: 'all' }, args: '', awaited: false }
  if (chance === 0 || random() >= chance) return undefined
  return { trigger: { kind: 'chance' }, args: '', awaited: false }
}
