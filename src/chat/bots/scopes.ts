import { ChatError } from '../../errors.js'
import type { ClientFrame } from '../../frames.js'
import type { Scope } from '../../protocol.js'
import type { Grant } from '../face.js'

/** What a token must allow for each frame; what is not here is for people alone. */
const scopes: Partial<Record<ClientFrame['type'], Scope>> = {
  join: 'read',
  sync: 'read',
  leave: 'read',
  history: 'read',
  search: 'read',
  members: 'read',
  bots: 'read',
  commands: 'read',
  rooms: 'read',
  pins: 'read',
  room: 'read',
  chat: 'write',
  edit: 'write',
  recall: 'write',
  react: 'write',
  typing: 'write',
  direct: 'write',
  make: 'rooms',
  invite: 'rooms',
  invites: 'rooms',
  revoke: 'rooms',
  approve: 'rooms',
  pin: 'moderate',
  topic: 'moderate',
  mute: 'moderate',
  kick: 'moderate',
  ban: 'moderate',
  unban: 'moderate',
  bans: 'moderate',
  reports: 'moderate',
  handled: 'moderate',
  audit: 'moderate',
}

/** What a token must allow for a frame; undefined: no token does. */
const scopeOf = (type: ClientFrame['type'], changes = false): Scope | undefined =>
  type === 'room' && changes ? 'rooms' : scopes[type]

/** @returns why a token does not allow a frame; undefined: it does. */
export function outOfScope(frame: ClientFrame, { scopes }: Grant): ChatError | undefined {
  const scope = scopeOf(frame.type, frame.type === 'room' && frame.set !== undefined)
  if (scope === undefined) return new ChatError('denied', { why: 'people' })
  if (scopes.has(scope)) return undefined
  return new ChatError('denied', { why: 'scope', values: { scope } })
}
