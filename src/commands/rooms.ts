import { z } from 'zod'
import type { CommandForm } from './command.js'
import type { Reader } from './act.js'

/** A room, as the server tells it. */
export const room = z.object({
  name: z.string(),
  title: z.string(),
  topic: z.string(),
  unlisted: z.boolean(),
  passcode: z.boolean(),
  announce: z.boolean(),
  archived: z.boolean(),
  approval: z.boolean(),
  math: z.boolean(),
  slow_ms: z.number(),
  people: z.number(),
})

/** How a room is kept, as flags: `--announce yes`. */
export const keeping = {
  title: 'text',
  topic: 'text',
  passcode: 'text',
  unlisted: 'text',
  announce: 'text',
  approval: 'text',
  math: 'text',
  slow: 'text',
} satisfies CommandForm['flags']

/** Six hours. */
const SLOWEST_MS = 21_600_000
const YES: Readonly<Record<string, boolean>> = { yes: true, no: false }

/** Which room, and what the flags ask for; what is left out stays. */
export const askedRoom = (reader: Reader): object => ({
  room: reader.word(0, 'room'),
  topic: reader.flag('topic'),
  set: kept(reader),
})

function kept(reader: Reader): object {
  const slow_ms = reader.time(reader.flag('slow'), { none: true })
  if (slow_ms !== undefined && slow_ms > SLOWEST_MS) reader.fault('longSlow')
  return {
    title: reader.flag('title'),
    passcode: reader.flag('passcode'),
    unlisted: yes(reader, 'unlisted'),
    announce: yes(reader, 'announce'),
    approval: yes(reader, 'approval'),
    math: yes(reader, 'math'),
    slow_ms,
  }
}

function yes(reader: Reader, flag: string): boolean | undefined {
  const value = reader.flag(flag)
  if (value === undefined) return undefined
  if (!Object.hasOwn(YES, value)) reader.fault('badSwitch', { flag: `--${flag}`, value })
  return YES[value]
}
