import { z } from 'zod'
import { formatDuration } from '../config/duration.js'
import { act } from './act.js'
import { when } from './when.js'

/** Entries, unless `--last` asks for more or fewer; and the most. */
const LAST = 20
const MOST = 200

const entry = z.object({
  at: z.number(),
  by: z.object({ name: z.string() }),
  action: z.string(),
  room: z.string().optional(),
  target: z.object({ name: z.string() }).nullish(),
  details: z.record(z.string(), z.unknown()).optional(),
})

/** Who did what to whom, newest first. */
export const audit = act({
  name: 'audit',
  words: [],
  flags: { room: 'text', last: 'text' },
  read(reader) {
    const last = Number(reader.flag('last') ?? LAST)
    if (!Number.isInteger(last) || last < 1 || last > MOST)
      reader.fault('badLast', { value: reader.flag('last') ?? '', most: MOST })
    return { room: reader.flag('room'), last }
  },
  result: z.object({ entries: z.array(entry) }),
  tell: ({ entries }, { done }) => (entries.length === 0 ? [done.noEntries] : entries.map(lineOf)),
})

function lineOf({ at, by, action, room, target, details = {} }: z.infer<typeof entry>): string {
  const about = Object.entries(details).map(([key, value]) =>
    key === 'ms' && typeof value === 'number' ? formatDuration(value) : `${key}=${String(value)}`,
  )
  return [when(at), by.name, action, target?.name, room && `/r/${room}`, about.join(' ')]
    .filter((part) => part)
    .join('  ')
}
