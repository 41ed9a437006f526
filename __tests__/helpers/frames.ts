import { z } from 'zod'

/** The shapes that the protocol promises to v1 clients: what a test receives is held against them. */

const seq = z.int().min(1)
const at = z.int().min(0)
const ids = z.array(z.int())

export const user = z.looseObject({
  id: z.int(),
  name: z.string(),
  imageid: z.string().regex(/^(\d|1\d|2[0-6]|bot)$/),
  kind: z.enum(['person', 'bot']),
  role: z.enum(['host', 'mod']).optional(),
  initials: z.string().optional(),
})

const reaction = z.strictObject({
  data: z.string().min(1),
  users: ids.min(1).max(20),
  count: z.int().min(1),
  mine: z.literal(true).optional(),
})

const choice = {
  id: z.string(),
  users: ids.max(20),
  count: z.int().min(0),
  mine: z.literal(true).optional(),
}
const field = z.strictObject({
  id: z.string(),
  label: z.string().min(1),
  type: z.enum(['text', 'number', 'choice']),
  optional: z.literal(true).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  whole: z.literal(true).optional(),
  options: z.array(z.strictObject({ id: z.string(), label: z.string().min(1) })).optional(),
})
const card = z.strictObject({
  choices: z.array(z.strictObject({ ...choice, label: z.string().min(1) })),
  fields: z.array(field).optional(),
  many: z.literal(true).optional(),
  once: z.enum(['everybody', 'first']),
  until: at.optional(),
  closed: z.literal(true).optional(),
  people: z.int().min(0),
})

export const numbered = z.looseObject({
  type: z.enum(['chat', 'edit', 'recall', 'react', 'answer', 'pin', 'topic', 'notice']),
  id: seq,
  seq,
  room: z.string(),
  at,
  user,
  data: z.string(),
  cid: z.string().optional(),
  reply_to: seq.optional(),
  cause: seq.optional(),
  hop: z.int().optional(),
  stream: z.string().optional(),
  ended: z.enum(['done', 'cut', 'cancelled', 'error']).optional(),
  message: seq.optional(),
  on: z.boolean().optional(),
  users: ids.max(20).optional(),
  count: z.int().min(0).optional(),
  mentions: ids.optional(),
  all: z.literal(true).optional(),
  card: card.nullable().optional(),
  choices: z.array(z.string()).optional(),
  tally: z.array(z.strictObject(choice)).optional(),
  people: z.int().min(0).optional(),
  closed: z.literal(true).optional(),
  edited: at.optional(),
  recalled: z.literal(true).optional(),
  recalled_by: z.int().optional(),
  reactions: z.array(reaction).min(1).max(20).optional(),
  reply: z
    .strictObject({ seq, user, data: z.string(), recalled: z.literal(true).optional() })
    .optional(),
})

const delta = z.looseObject({
  type: z.literal('delta'),
  room: z.string(),
  stream: z.string(),
  user,
  cause: seq.optional(),
  at,
  offset: z.int().min(0),
  data: z.string(),
  ended: z.enum(['done', 'cut', 'cancelled', 'error']).optional(),
})

const settings = z.strictObject({
  title: z.string(),
  topic: z.string(),
  kind: z.enum(['room', 'direct']),
  unlisted: z.boolean(),
  passcode: z.boolean(),
  announce: z.boolean(),
  archived: z.boolean(),
  slow_ms: z.int().min(0),
  approval: z.boolean(),
  math: z.boolean(),
})

const joined = z.looseObject({
  type: z.literal('joined'),
  cid: z.string(),
  room: z.string(),
  epoch: z.string(),
  mode: z.enum(['resume', 'snapshot', 'reset']),
  head: z.int().min(0),
  floor: z.int().min(0),
  events: z.array(numbered),
  more: z.boolean(),
  gap: z.looseObject({ from: seq, to: seq }).optional(),
  users: z.array(user),
  count: z.int(),
  elsewhere: z.array(user).min(1).max(200).optional(),
  awaited: z.strictObject({ users: ids.min(1).max(20), ms: z.int().min(1) }).optional(),
  streams: z.array(delta),
  pins: z.array(seq).optional(),
  settings,
  title: z.string().min(1),
  you: z.looseObject({ read: z.int().min(0), level: z.enum(['all', 'mentions', 'muted']) }),
  knocks: z.array(user).optional(),
  muted: z
    .array(z.strictObject({ user: z.int().positive(), muted_until: at }))
    .min(1)
    .optional(),
})

/** Strict: what is not told of a bot must not slip out. */
const botInfo = z.strictObject({
  id: z.int().max(0),
  name: z.string(),
  imageid: z.string(),
  hear: z.enum(['auto', 'mention', 'command', 'all', 'none']),
  hear_bots: z.literal(true).optional(),
  aliases: z.array(z.string()),
  away: z.strictObject({
    to: z.enum(['machine', 'network', 'internet', 'unknown']),
    hosts: z.array(z.string()).optional(),
  }),
  tools: z
    .array(
      z.strictObject({
        name: z.string(),
        to: z.enum(['machine', 'network', 'internet', 'program']),
        host: z.string().optional(),
      }),
    )
    .optional(),
  streams: z.boolean(),
  commands: z.array(z.string()),
  state: z.enum(['ready', 'busy', 'resting', 'off']),
  policy: z.lazy(() => policy),
  quiet_now: z.literal(true).optional(),
  rest: z
    .array(
      z.strictObject({
        of: z.enum(['person', 'room', 'all']),
        what: z.enum(['answers', 'tokens']),
        in: z.enum(['minute', 'day']),
        left: z.int().min(0),
        limit: z.int().min(1),
      }),
    )
    .optional(),
  answered: z.int().min(0).optional(),
  failed: z.int().min(0).optional(),
  p95_ms: z.int().min(0).optional(),
  last_error: z.strictObject({ at, kind: z.string(), data: z.string().optional() }).optional(),
  broken: z.string().optional(),
})

const policy = z.strictObject({
  mode: z.enum(['off', 'called', 'active']),
  callers: z.enum(['everybody', 'members', 'moderators']),
  quiet: z.strictObject({ from: z.string(), until: z.string() }).optional(),
})

const actor = z.looseObject({ id: z.int().nullable(), name: z.string() })
export const ban = z.looseObject({
  id: z.int(),
  room: z.string().optional(),
  user: actor,
  by: z.array(z.enum(['device', 'name', 'address'])),
  until: at.optional(),
  at,
  made_by: actor,
})
export const entry = z.looseObject({
  id: z.int(),
  at,
  by: actor,
  action: z.string(),
  room: z.string().optional(),
  target: actor.optional(),
})

const commandInfo = z.strictObject({
  name: z.string(),
  aliases: z.array(z.string()),
  initials: z.array(z.string()),
  help: z.string(),
  bot: z.string().optional(),
})

const ack = z.looseObject({
  type: z.literal('ack'),
  cid: z.string(),
  room: z.string().optional(),
  seq: seq.optional(),
  at: at.optional(),
  dup: z.literal(true).optional(),
  events: z.array(numbered).optional(),
  users: z.array(user).optional(),
  bots: z.array(botInfo).optional(),
  policy: policy.optional(),
  commands: z.array(commandInfo).optional(),
  more: z.boolean().optional(),
  cursor: z.string().nullable().optional(),
  indexed_since: at.optional(),
  name: z.string().optional(),
  muted_until: at.optional(),
  ban: ban.optional(),
  bans: z.array(ban).optional(),
  entries: z.array(entry).optional(),
  reports: z
    .array(
      z.looseObject({
        id: z.int(),
        room: z.string(),
        message: seq,
        handled: z.strictObject({ by: actor, at }).optional(),
      }),
    )
    .optional(),
  report: z.int().optional(),
  rooms: z.array(z.lazy(() => listed)).optional(),
  settings: settings.optional(),
  invite: z.union([z.int(), z.lazy(() => invite)]).optional(),
  invites: z.array(z.lazy(() => invite)).optional(),
})

const invite = z.strictObject({
  id: z.int(),
  by: z.int(),
  at,
  used: z.int().min(0),
  uses: z.int().min(1).optional(),
  expires_at: at.optional(),
  url: z.url().optional(),
})

const nack = z.looseObject({
  type: z.literal('nack'),
  cid: z.string().nullable(),
  code: z.string(),
  data: z.string().min(1),
  retry: z.boolean(),
  retry_after_ms: z.int().min(0).optional(),
  fields: z.record(z.string(), z.string().min(1)).optional(),
})

const count = { unread: z.int().min(0), mentions: z.int().min(0) }
const level = z.enum(['all', 'mentions', 'muted'])

const listed = z.strictObject({
  name: z.string(),
  title: z.string().min(1),
  topic: z.string(),
  kind: z.enum(['room', 'direct']),
  user: user.optional(),
  unlisted: z.literal(true).optional(),
  locked: z.literal(true).optional(),
  approval: z.literal(true).optional(),
  announce: z.literal(true).optional(),
  archived: z.literal(true).optional(),
  ...count,
  level: level.optional(),
  last: at,
  people: z.int().min(0),
})

const volume = z.enum(['all', 'folded', 'muted'])

const hello = z.looseObject({
  type: z.literal('hello'),
  user,
  epoch: z.string(),
  heartbeat_ms: z.literal(25_000),
  limits: z.record(z.string(), z.number()),
  time: at,
  version: z.string(),
  lang: z.enum(['zh-CN', 'en']),
  rooms: z.array(listed),
  volumes: z.record(z.string(), volume),
})

const presence = z.looseObject({
  type: z.enum(['join', 'left']),
  room: z.string(),
  users: z.array(user),
  count: z.int(),
  at,
  elsewhere: ids.min(1).optional(),
  back: ids.min(1).optional(),
})

const others = [
  z.looseObject({
    type: z.literal('muted'),
    room: z.string().optional(),
    muted_until: at.optional(),
  }),
  z.looseObject({
    type: z.literal('kicked'),
    room: z.string().optional(),
    data: z.string().min(1),
    banned: z.literal(true).optional(),
    ms: z.int().min(1).optional(),
  }),
  z.looseObject({ type: z.literal('report'), room: z.string(), message: seq, user }),
  z.strictObject({ type: z.literal('handled'), room: z.string(), report: z.int() }),
  z.looseObject({ type: z.literal('typing'), room: z.string(), user }),
  z.looseObject({
    type: z.literal('status'),
    room: z.string(),
    user,
    elsewhere: z.boolean().optional(),
  }),
  z.looseObject({ type: z.literal('whisper'), room: z.string(), user, data: z.string() }),
  z.looseObject({
    type: z.literal('heads'),
    data: z.record(z.string(), z.int().min(0)),
    unread: z.record(z.string(), z.strictObject(count)),
  }),
  z.looseObject({
    type: z.literal('rooms'),
    rooms: z.array(listed),
    gone: z.array(z.string()).optional(),
  }),
  z.looseObject({ type: z.literal('read'), room: z.string(), read: seq, ...count }),
  z.looseObject({ type: z.literal('notify'), room: z.string(), level, ...count }),
  z.looseObject({ type: z.literal('room'), room: z.string(), settings }),
  z.strictObject({ type: z.literal('policy'), room: z.string(), bot: z.int(), policy }),
  z.looseObject({ type: z.literal('volume'), bot: z.int(), level: volume }),
  z.looseObject({ type: z.literal('knock'), room: z.string(), user }),
  z.looseObject({ type: z.literal('answered'), room: z.string(), user: z.int(), on: z.boolean() }),
  z.looseObject({
    type: z.literal('silenced'),
    room: z.string(),
    user: z.int(),
    muted_until: at.optional(),
  }),
  z.looseObject({ type: z.literal('approved'), room: z.string(), on: z.boolean() }),
  z.looseObject({ type: z.literal('bye'), reason: z.string(), reconnect_in_ms: z.int().min(0) }),
] as const

const frame = z.union([ack, numbered, joined, nack, hello, presence, delta, ...others])

export type Listed = z.infer<typeof listed>
export type Numbered = z.infer<typeof numbered>
export type Delta = z.infer<typeof delta>
export type Joined = z.infer<typeof joined>
export type Ack = z.infer<typeof ack>
export type NackFrame = z.infer<typeof nack>
export type Hello = z.infer<typeof hello>
export type Frame = z.infer<typeof frame>

/**
 * Reads one frame of the server.
 * @throws {Error} with the frame in it, when it is not of a shape that the protocol knows.
 */
export function readFrame(text: string): Frame {
  const parsed = frame.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw new Error(`no frame of the protocol: ${text.slice(0, 500)}`, { cause: parsed.error })
}

/** A line that a bot said. */
export const isOfBot = (received: Frame) => received.type === 'chat' && received.user.kind === 'bot'

export const isNumbered = (received: Frame): received is Numbered =>
  'seq' in received && received.type !== 'ack'
