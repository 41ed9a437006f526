import { isIP } from 'node:net'
import { z } from 'zod'
import { act, type Reader } from './act.js'
import { ban, banLine } from './bans.js'

const KINDS: ReadonlySet<string> = new Set(['device', 'name', 'address'])

/** Keeps a person, a name or an address out. */
export const banAdd = act({
  name: 'ban add',
  words: ['whom'],
  flags: {
    name: 'text',
    address: 'text',
    by: 'text',
    for: 'text',
    room: 'text',
    force: 'switch',
  },
  read: (reader) => ({
    ...whom(reader),
    by: kinds(reader),
    ms: reader.time(reader.flag('for')),
    room: reader.flag('room'),
    force: reader.isSet('force'),
  }),
  result: z.object({ ban }),
  tell: ({ ban }, words) => [banLine(ban, words)],
})

/** One of three: a person, a name that nobody should bear, an address. */
function whom(reader: Reader): object {
  const name = reader.flag('name')
  const address = reader.flag('address')
  if (address !== undefined && !isIP(address)) reader.fault('badAddress', { value: address })
  return name === undefined && address === undefined
    ? { who: reader.word(0, 'whom') }
    : { name, address }
}

function kinds(reader: Reader): string[] | undefined {
  const given = reader.flag('by')?.split(',')
  for (const kind of given ?? []) if (!KINDS.has(kind)) reader.fault('badBy', { value: kind })
  return given
}
