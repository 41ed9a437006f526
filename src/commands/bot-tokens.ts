import { z } from 'zod'
import { fill, type Texts } from '../i18n/index.js'
import { SCOPES, type Scope } from '../protocol.js'
import { act } from './act.js'
import { addressesFor, listening as at } from './addresses.js'
import { when } from './when.js'

/** A token, as the server tells it: never the token itself. */
const token = z.object({
  id: z.number(),
  bot: z.object({ id: z.number(), name: z.string() }),
  scopes: z.array(z.string()),
  rooms: z.array(z.string()),
  expires_at: z.number().optional(),
  used_at: z.number().optional(),
  expired: z.boolean().optional(),
})

/** Makes a token for a bot elsewhere. */
export const botToken = act({
  name: 'bot token',
  begins: true,
  words: ['name'],
  flags: { scopes: 'text', rooms: 'text', for: 'text' },
  read(reader) {
    const name = reader.word(0, 'name')
    const scopes = listOf(reader.flag('scopes'))
    if (scopes && !(scopes.length > 0 && scopes.every(isScope)))
      reader.fault('badScopes', { value: scopes.join(',') })
    const rooms = listOf(reader.flag('rooms'))
    const ms = reader.time(reader.flag('for'))
    return { name, ...(scopes && { scopes }), ...(rooms && { rooms }), ...(ms && { ms }) }
  },
  result: z.object({ token: z.string(), made: token, listening: at.optional() }),
  tell({ token: secret, made, listening }, { tokens }, { config }) {
    const { local } = addressesFor(config, listening)
    const room = made.rooms[0] ?? 'lobby'
    return [
      fill(tokens.made, { name: made.bot.name, id: made.id }),
      '',
      `  ${secret}`,
      '',
      tokens.try,
      `  curl -H 'Authorization: Bearer ${secret}' --json '{"data":"Hello"}' ${local}api/v1/rooms/${encodeURIComponent(room)}/messages`,
    ]
  },
})

/** The tokens that were not revoked. */
export const botTokens = act({
  name: 'bot tokens',
  words: [],
  read: () => ({}),
  result: z.object({ tokens: z.array(token) }),
  tell: ({ tokens }, words) =>
    tokens.length === 0 ? [words.tokens.noTokens] : tokens.map((one) => lineOf(one, words)),
})

/** Ends a token at once; its bot goes with its last one. */
export const botRevoke = act({
  name: 'bot revoke',
  words: ['id'],
  read(reader) {
    const id = reader.word(0, 'id')
    if (id !== '' && !/^\d{1,15}$/.test(id)) reader.fault('badId', { value: id })
    return { id: Number(id) }
  },
  result: z.object({ id: z.number(), name: z.string() }),
  tell: ({ id, name }, { tokens }) => [fill(tokens.revoked, { id, name })],
})

/** The name stands last: it may be of any width. */
function lineOf(one: z.infer<typeof token>, { tokens: words }: Texts['acts']): string {
  const { id, bot, scopes, rooms, expires_at: end, used_at: used, expired } = one
  return [
    String(id).padEnd(5),
    scopes.join(',').padEnd(12),
    rooms.length > 0 ? rooms.join(',') : words.allRooms,
    used === undefined ? words.unused : fill(words.used, { when: when(used) }),
    ...(expired
      ? [words.expired]
      : end === undefined
        ? []
        : [fill(words.until, { when: when(end) })]),
    bot.name,
  ].join('  ')
}

const listOf = (text: string | undefined): string[] | undefined =>
  text
    ?.split(/[,，]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')

const isScope = (word: string): word is Scope => (SCOPES as readonly string[]).includes(word)
