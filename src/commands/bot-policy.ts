import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act, type Reader } from './act.js'

const policy = z.object({
  mode: z.enum(['off', 'called', 'active']),
  callers: z.enum(['everybody', 'members', 'moderators']),
  quiet: z.object({ from: z.string(), until: z.string() }).optional(),
})

/** Shows what a bot may do in a room, and changes it. */
export const botPolicy = act({
  name: 'bot policy',
  words: ['bot', 'room'],
  flags: { mode: 'text', callers: 'text', quiet: 'text' },
  read: (reader) => ({
    name: reader.word(0, 'bot'),
    room: reader.word(1, 'room'),
    set: {
      mode: oneOf(reader, 'mode', policy.shape.mode.options),
      callers: oneOf(reader, 'callers', policy.shape.callers.options),
      quiet: hours(reader),
    },
  }),
  result: z.object({ bot: z.string(), room: z.string(), policy }),
  tell: ({ bot, room, policy: { mode, callers, quiet } }, { policy: words }) => [
    fill(words.line, { bot, room, mode: words.modes[mode], callers: words.callers[callers] }),
    ...(quiet ? [fill(words.quiet, quiet)] : []),
  ],
})

function oneOf(reader: Reader, flag: string, values: readonly string[]): string | undefined {
  const value = reader.flag(flag)
  if (value === undefined || values.includes(value)) return value
  reader.fault('badChoice', { flag: `--${flag}`, values: values.join(', '), value })
  return undefined
}

/** `22:00-07:00`, over midnight too; `none` takes them away. */
function hours(reader: Reader): { from: string; until: string } | null | undefined {
  const value = reader.flag('quiet')
  if (value === undefined) return undefined
  if (value === 'none') return null
  const [, from, until] =
    /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(value) ?? []
  if (from !== undefined && until !== undefined && from !== until) return { from, until }
  reader.fault('badHours', { value })
  return undefined
}
