import { z } from 'zod'
import { SCOPES } from '../../protocol.js'

/** What the API answers, for its description. More fields may come; none of these goes. */

const id = z.int()
const at = z.int().describe('Milliseconds since 1970 UTC')
const room = z.string().describe('Name of a room')
const cid = z.string().describe('The Idempotency-Key, or what was chosen instead')
const dup = z.literal(true).optional().describe('It was so already; nothing new was stored')

const user = z
  .looseObject({
    id: id.describe('Positive: a person. Zero or negative: a bot'),
    name: z.string(),
    imageid: z.string(),
    kind: z.enum(['person', 'bot']),
    role: z.enum(['host', 'mod']).optional(),
  })
  .meta({ id: 'User' })

const event = z
  .looseObject({
    type: z.string().describe('chat, notice, topic, pin …'),
    id,
    seq: id.describe('Number in its room: 1, 2, 3 … without gaps'),
    room,
    at,
    user,
    data: z.string().describe('The text, in Markdown; empty once it was recalled'),
    reply_to: id.optional(),
    mentions: z.array(id).optional().describe('Ids of people and bots that it calls'),
    edited: at.optional(),
    recalled: z.literal(true).optional(),
  })
  .meta({ id: 'Event' })

const settings = z
  .looseObject({
    title: z.string(),
    topic: z.string(),
    kind: z.enum(['room', 'direct']),
    unlisted: z.boolean(),
    passcode: z.boolean().describe('Whether one is asked for'),
    announce: z.boolean(),
    archived: z.boolean(),
    slow_ms: z.int(),
    approval: z.boolean(),
    math: z.boolean(),
  })
  .meta({ id: 'Settings' })

const listed = z
  .looseObject({
    name: room,
    title: z.string(),
    topic: z.string(),
    kind: z.enum(['room', 'direct']),
    people: z.int().describe('How many are in it now'),
    last: at,
  })
  .meta({ id: 'Room' })

const invite = z
  .looseObject({ id, used: z.int(), uses: z.int().optional(), expires_at: at.optional() })
  .meta({ id: 'Invite' })

/** By name, as the table of routes has them. */
export const answers = {
  me: z.object({ user, scopes: z.array(z.enum(SCOPES)), rooms: z.array(room) }),
  stored: z.looseObject({ cid, room, seq: id, at, dup }),
  changed: z.looseObject({ cid, room, seq: id.optional(), at: at.optional(), dup }),
  page: z.looseObject({ cid, room, events: z.array(event), more: z.boolean() }),
  found: z.looseObject({
    cid,
    events: z.array(event),
    more: z.boolean(),
    cursor: z.string().nullable().describe('For the next page; null: this is the last one'),
  }),
  members: z.looseObject({ cid, room, users: z.array(user), more: z.boolean() }),
  rooms: z.looseObject({ cid, rooms: z.array(listed) }),
  settings: z.looseObject({ cid, room, settings }),
  made: z.looseObject({ cid, room, title: z.string() }),
  place: z.looseObject({ cid, room }),
  done: z.looseObject({ cid }),
  invite: z.looseObject({ cid, room, invite: invite.extend({ url: z.string() }) }),
  invites: z.looseObject({ cid, room, invites: z.array(invite) }),
} as const

/** Why not, as RFC 9457 has it. */
export const problem = z
  .looseObject({
    type: z.string(),
    status: z.int(),
    code: z.string().describe('Names the rule, in every language'),
    detail: z.string().describe('The rule and the way out, in the language of Accept-Language'),
    retry: z
      .boolean()
      .describe('The same request, with the same Idempotency-Key, may be sent again'),
    retry_after_ms: z.int().optional(),
    field: z.string().optional().describe('What of the request is not as it should be'),
  })
  .meta({ id: 'Problem' })
