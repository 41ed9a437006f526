import { z } from 'zod'
import { BAN_MS, FRAME_DEPTH, MUTE_MS, REPORT_UNITS, SLOW_MOST_MS } from './protocol.js'

/** What a client may send: the shape of each frame, and how a text becomes one. */

const MINUTE_MS = 60_000
const YEAR_MS = 31_536_000_000

const cid = z.string().regex(/^[A-Za-z0-9._~:-]{8,64}$/)
const room = z.string().min(1).max(256)
const seq = z.int().min(0)
const message = z.int().positive()
const flag = z.boolean().optional()
/** Where a client stands in a room. */
const position = {
  epoch: z.string().max(128).optional(),
  since: seq.optional(),
  mark: z.int().optional(),
}

/** An act of a moderator is for a room, or without one for everywhere. */
const place = { room: room.optional() }
const user = z.int()
/** A time of day. */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const limit = z.int().min(1).max(200).default(50)
const title = z.string().max(1_000)
const passcode = z.string().max(256)

/** What a bot may do in a room, in another way. */
export const policyChange = z.object({
  mode: z.enum(['off', 'called', 'active']).optional(),
  callers: z.enum(['everybody', 'members', 'moderators']).optional(),
  quiet: z
    .object({ from: time, until: time })
    .refine(({ from, until }) => from !== until)
    .nullable()
    .optional(),
})

/** How a room is to be kept: what is given is changed. `passcode` '': none any more. */
export const roomChange = z.object({
  title: title.optional(),
  unlisted: flag,
  passcode: passcode.optional(),
  announce: flag,
  archived: flag,
  slow_ms: z.int().min(0).max(SLOW_MOST_MS).optional(),
  approval: flag,
  math: flag,
})

/** One schema a frame type; unknown fields are ignored, as the protocol asks. */
export const frames = {
  join: z.object({
    type: z.literal('join'),
    cid,
    room,
    ...position,
    passcode: passcode.optional(),
  }),
  sync: z.object({ type: z.literal('sync'), cid, room, ...position }),
  leave: z.object({ type: z.literal('leave'), cid, room, forget: flag }),
  chat: z.object({
    type: z.literal('chat'),
    cid,
    room,
    data: z.string(),
    reply_to: message.optional(),
    files: z.array(z.string().max(256)).max(20).optional(),
  }),
  history: z.object({
    type: z.literal('history'),
    cid,
    room,
    before: seq.optional(),
    after: seq.optional(),
    limit,
  }),
  search: z.object({
    type: z.literal('search'),
    cid,
    q: z.string(),
    room: room.optional(),
    cursor: z.string().max(64).optional(),
    limit: z.int().min(1).max(50).default(20),
    utc_offset: z.int().min(-1_440).max(1_440).optional(),
  }),
  members: z.object({
    type: z.literal('members'),
    cid,
    room,
    after: z.int().optional(),
    limit: z.int().min(1).max(200).default(200),
  }),
  bots: z.object({ type: z.literal('bots'), cid, room }),
  policy: z.object({ type: z.literal('policy'), cid, room, bot: user, ...policyChange.shape }),
  volume: z.object({
    type: z.literal('volume'),
    cid,
    bot: user,
    level: z.enum(['all', 'folded', 'muted']),
  }),
  commands: z.object({ type: z.literal('commands'), cid, room }),
  room: z.object({ type: z.literal('room'), cid, room, set: roomChange.optional() }),
  rooms: z.object({ type: z.literal('rooms'), cid }),
  make: z.object({
    type: z.literal('make'),
    cid,
    title,
    topic: z.string().max(1_000).optional(),
    unlisted: flag,
    passcode: passcode.optional(),
  }),
  direct: z.object({ type: z.literal('direct'), cid, user }),
  notify: z.object({
    type: z.literal('notify'),
    cid,
    room,
    level: z.enum(['all', 'mentions', 'muted']),
  }),
  approve: z.object({ type: z.literal('approve'), cid, room, user, on: z.boolean() }),
  invite: z.object({
    type: z.literal('invite'),
    cid,
    room,
    ms: z.int().min(MINUTE_MS).max(YEAR_MS).optional(),
    uses: z.int().min(1).max(10_000).optional(),
  }),
  invites: z.object({ type: z.literal('invites'), cid, room }),
  revoke: z.object({ type: z.literal('revoke'), cid, room, invite: z.int() }),
  nickname: z.object({ type: z.literal('nickname'), cid }),
  typing: z.object({ type: z.literal('typing'), room }),
  read: z.object({ type: z.literal('read'), room, seq }),
  stop: z.object({ type: z.literal('stop'), cid, room, stream: z.string().min(1).max(64) }),
  mute: z.object({ type: z.literal('mute'), cid, ...place, user, ms: z.int().min(0).max(MUTE_MS) }),
  kick: z.object({ type: z.literal('kick'), cid, ...place, user }),
  ban: z.object({
    type: z.literal('ban'),
    cid,
    ...place,
    user,
    by: z
      .array(z.enum(['device', 'name', 'address']))
      .min(1)
      .max(3)
      .default(['device', 'name']),
    ms: z.int().min(1).max(BAN_MS).optional(),
    force: z.boolean().default(false),
  }),
  unban: z.object({ type: z.literal('unban'), cid, ...place, ban: z.int().positive() }),
  bans: z.object({ type: z.literal('bans'), cid, ...place }),
  role: z.object({ type: z.literal('role'), cid, user, role: z.literal('mod').nullable() }),
  report: z.object({
    type: z.literal('report'),
    cid,
    room,
    message,
    data: z.string().max(REPORT_UNITS).default(''),
  }),
  reports: z.object({ type: z.literal('reports'), cid, ...place, limit }),
  handled: z.object({ type: z.literal('handled'), cid, ...place, report: z.int().positive() }),
  audit: z.object({
    type: z.literal('audit'),
    cid,
    ...place,
    before: z.int().positive().optional(),
    limit,
  }),
  edit: z.object({ type: z.literal('edit'), cid, room, message, data: z.string() }),
  recall: z.object({ type: z.literal('recall'), cid, room, message }),
  react: z.object({
    type: z.literal('react'),
    cid,
    room,
    message,
    data: z.string().max(64),
    on: z.boolean(),
  }),
  answer: z.object({
    type: z.literal('answer'),
    cid,
    room,
    message,
    choices: z.array(z.string().min(1).max(32)).max(10).default([]),
    form: z
      .record(z.string().min(1).max(32), z.union([z.string().max(2_000), z.number()]))
      .refine((form) => Object.keys(form).length <= 6)
      .optional(),
  }),
  pin: z.object({ type: z.literal('pin'), cid, room, message, on: z.boolean() }),
  pins: z.object({ type: z.literal('pins'), cid, room }),
  topic: z.object({ type: z.literal('topic'), cid, room, data: z.string() }),
}

type Frames = { [T in keyof typeof frames]: z.infer<(typeof frames)[T]> }

/** A frame from a client, checked. */
export type ClientFrame = Frames[keyof Frames]
export type FrameOf<T extends keyof Frames> = Frames[T]
/** A frame that gets exactly one answer. */
export type Request = Extract<ClientFrame, { cid: string }>

export type ParsedFrame =
  | { ok: true; frame: ClientFrame }
  /** `cid` null: not a frame of this shape at all (counts towards 1008). `silent`: of a kind that gets no answer. */
  | {
      ok: false
      cid: string | null
      code: 'bad_request' | 'unknown_type'
      field?: string
      silent?: true
    }

/**
 * Parses one text frame of a v1 client.
 * @param text The frame as received, at most {@link FRAME_BYTES} bytes (the socket sees to that).
 * @returns The checked frame, or which answer it deserves. Never throws.
 */
export function parseFrame(text: string): ParsedFrame {
  return checkFrame(parseJson(text))
}

/** The same for what was read as JSON already. */
export function checkFrame(raw: unknown): ParsedFrame {
  if (!isObject(raw) || depth(raw) > FRAME_DEPTH || typeof raw.type !== 'string') return malformed

  const schema = Object.hasOwn(frames, raw.type) ? frames[raw.type as keyof Frames] : undefined
  const parsed = schema?.safeParse(raw)
  return parsed?.success ? { ok: true, frame: parsed.data } : fault(raw, parsed?.error)
}

/** @param error What its type's schema says; undefined: there is no such type. */
function fault({ type, cid: given }: Record<string, unknown>, error?: z.ZodError): ParsedFrame {
  const silent = type === 'typing' || type === 'read'
  const known = cid.safeParse(given)
  if (!silent && !known.success) return malformed
  if (!error) return { ok: false, cid: known.data ?? null, code: 'unknown_type' }
  return {
    ok: false,
    cid: known.data ?? null,
    code: 'bad_request',
    field: error.issues[0]?.path.join('.') ?? '',
    ...(silent && { silent: true as const }),
  }
}

const malformed: ParsedFrame = { ok: false, cid: null, code: 'bad_request' }

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How deep a JSON value nests; stops counting past the limit, so that a hostile frame costs little. */
function depth(value: unknown, level = 1): number {
  if (typeof value !== 'object' || value === null || level > FRAME_DEPTH) return level
  let deepest = level
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) {
      deepest = Math.max(deepest, depth(inner, level + 1))
      if (deepest > FRAME_DEPTH) break
    }
  }
  return deepest
}
