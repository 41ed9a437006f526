import type { Hear } from '../../plugin.js'
import type { NumberedEvent, User } from '../../protocol.js'

/** A line, as one bot hears it. */
export interface Overheard {
  event: NumberedEvent
  /** How many people (not bots) are in the room. */
  people: number
  /** It was said in a room of two: every line there is meant for the bot. */
  ofTwo?: boolean
  /** The bot of the room that its text begins with; `event.mentions` has those that it calls by `@name`. */
  called: ReadonlySet<number>
  /** The bot whose command it is, if it is one that a bot of the room has in the menu. */
  owner?: number
}

/**
 * What a line is to a bot: it is `called`, and somebody waits for its answer; it is to answer what it
 * `overheard`; it `depends` on whose line this one answers; or it is not meant at all.
 */
export type Concern = 'called' | 'overheard' | 'depends' | undefined

/** Decides by the way a bot hears. @param self Its id. */
export function concernOf(self: number, hear: Hear, line: Overheard): Concern {
  const { event } = line
  if (line.ofTwo) return 'called'
  const command = /^\/\S/.test(event.data)
  if (hear === 'command') return command ? 'overheard' : undefined
  if (names(line).has(self)) return 'called'
  if (hear === 'all') return 'overheard'
  if (hear === 'auto' && command) return 'overheard'
  if (event.reply_to !== undefined) return 'depends'
  return isAlone(hear, line) ? 'called' : undefined
}

/** The same for what depended, once it is known who said the answered line; absent: long ago. */
export function concernOfAnswer(
  { self, author }: { self: number; author?: Pick<User, 'id' | 'kind'> },
  hear: Hear,
  line: Overheard,
): Concern {
  if (author?.id === self) return 'called'
  return author?.kind !== 'bot' && isAlone(hear, line) ? 'called' : undefined
}

/** Whether a line calls a bot. */
export const calls = (self: number, line: Overheard): boolean => names(line).has(self)

/** Whether another bot is meant: by its name, or by a command of its own. */
export function isForAnother(self: number, line: Overheard): boolean {
  if (calls(self, line)) return false
  return (line.owner !== undefined && line.owner !== self) || names(line).size > 0
}

/** One person and nobody else: who but the bot could be meant, unless another bot is. */
const isAlone = (hear: Hear, line: Overheard): boolean =>
  hear === 'auto' && line.people <= 1 && names(line).size === 0

/** Bots that are named; a bot's id is zero or negative. */
const names = ({ event, called }: Overheard): ReadonlySet<number> =>
  new Set([...called, ...(event.mentions ?? []).filter((id) => id <= 0)])
