import { commandIn } from '../../command-line.js'
import type { Trigger, Words } from '../../plugin.js'

/** A command as people find it, whoever answers it. */
export interface Command {
  /** Without the slash, in lower case. */
  name: string
  aliases: readonly string[]
  help?: Words
}

/** What wakes a bot, found right: plain data, for it crosses from the worker. */
export interface Wakes {
  commands: readonly Command[]
  /** Folded. */
  keywords: readonly string[]
  regexes: readonly { source: string; flags: string }[]
  mention: boolean
  all: boolean
  chance: number
  join: boolean
  left: boolean
  /** Somebody answers a card of its own. */
  answer: boolean
  /** Milliseconds. */
  timer?: number
}

/** Why a bot was woken. */
export interface Woken {
  trigger: Trigger
  args: string
}

/** Text as it is compared: width and case do not matter. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

const LOOK_AT = 1_000

/** The first of some expressions that fits a text's beginning: the match, and its groups behind it. */
export function matchIn(regexes: readonly RegExp[], text: string): Match | undefined {
  const start = text.slice(0, LOOK_AT)
  for (const regex of regexes) {
    const match = regex.exec(start)
    if (match) return [...match]
  }
  return undefined
}

/** What an expression found: the whole of it, then its groups. */
export type Match = readonly (string | undefined)[]

/** What of a text wakes a bot by what it says; that it is called, and chance, are for others to find out. */
export function wokenByText({ commands, keywords }: Wakes, text: string): Woken | undefined {
  const command = commandIn(text)
  const called =
    command && commands.find(({ name, aliases }) => [name, ...aliases].includes(command.name))
  if (called) {
    return { trigger: { kind: 'command', command: called.name }, args: command.args }
  }
  const words = folded(text)
  if (!keywords.some((keyword) => words.includes(keyword))) return undefined
  return { trigger: { kind: 'keyword' }, args: '' }
}
