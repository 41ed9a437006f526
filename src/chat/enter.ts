import { Close, PAGE_EVENTS, type Level, type Role, type User } from '../protocol.js'
import type { Connection } from './connection.js'
import { answerPosition, type Answer, type Position } from './position.js'
import type { Membership, Room } from './room.js'
import { frameInPieces, textFrame } from './wire.js'

/** While it is told the past, a connection may have this many bytes unsent. */
const CATCH_UP_BYTES = 65_536
const FIRST_MEMBERS = 200

export interface EnterOptions {
  cid: string
  position: Position
  /** What `joined` says to this person alone. */
  own: OwnView
}

/** A room as one person has it. */
export interface OwnView {
  /** What it is called for them. */
  title: string
  you: You
  /** Of a room of two: the other has signed out for good. */
  gone?: true
  /** To a moderator: who waits before the door. */
  knocks?: readonly User[]
  /** To a moderator: who may not speak here. */
  muted?: readonly { user: number; muted_until: number }[]
}

/** What the person is in the room: how far they have read, until when they may not speak. */
export interface You {
  read: number
  level: Level
  role?: Role
  muted_until?: number
  /** In slow mode: milliseconds until they may say their next line. */
  wait_ms?: number
}

/**
 * Brings a v1 connection into a room, or anew to its position in it: `joined`, then what is missing, then
 * it listens. It subscribes only when it has been told everything: no hole, no repetition, and nothing of
 * the room before its `joined`.
 */
export async function enter(
  connection: Connection,
  room: Room,
  { cid, position, own }: EnterOptions,
): Promise<void> {
  if (!connection.open) return // it was sent away while its room was looked for
  leave(connection, room.name, { stays: true })
  const membership: Membership = { connection, room, listener: undefined, over: false }
  connection.memberships.set(room.name, membership)
  // A bot is a member whether its program is here or not.
  const came = !connection.grant && room.presence.enter(membership)

  const answer = await answerPosition(room, position, connection.user.id)
  if (membership.over) return
  connection.sendFrame(...joinedFrame(cid, membership, answer, own))
  room.catchingUp.add(membership)
  if (came) room.moved('join', room.seen(connection.user), connection.lang)
  // In a task of its own: the answer is given, the connection's next frame may be taken up.
  catchUp(membership, answer.standsAt)
    .catch((error: unknown) => {
      room.log.error({ err: error }, 'a client could not catch up')
      connection.close(Close.serverError, 'internal error') // it comes back with its position
    })
    .finally(() => room.catchingUp.delete(membership))
}

/**
 * Takes a connection out of a room.
 * @param how `stays`: it comes right back, for the others nothing happens. `atOnce`: the others are told
 * without grace.
 */
export function leave(
  connection: Connection,
  name: string,
  how: { stays?: boolean; atOnce?: boolean } = {},
): boolean {
  const membership = connection.memberships.get(name)
  if (!membership) return false
  const { room } = membership
  membership.over = true
  connection.memberships.delete(name)
  room.catchingUp.delete(membership)
  room.programs.delete(membership)
  if (membership.listener) channel(membership).remove(membership.listener)
  if (!how.stays) room.presence.leave(connection, how.atOnce ?? false)
  return true
}

/** Takes a connection out of every room. */
export function leaveAll(connection: Connection, how: { atOnce?: boolean } = {}): void {
  for (const name of connection.memberships.keys()) leave(connection, name, how)
}

/** From now on the connection hears what is said. */
export function listen(membership: Membership): void {
  if (membership.connection.grant) membership.room.programs.add(membership)
  else membership.listener = channel(membership).add(membership.connection)
}

const channel = ({ room, connection }: Membership) => room[connection.mode]

async function catchUp(membership: Membership, from: number): Promise<void> {
  const { connection, room } = membership
  const gone = () => membership.over || !connection.open
  let position = from
  while (position < room.head) {
    const page = await room.past.after(position, PAGE_EVENTS)
    if (page.length === 0)
      throw new Error(`events after ${position} of room ${room.id} are missing`)
    for (const { json, event } of page) {
      if (gone()) return
      if (room.mayHear(membership, event)) connection.sendFrame(textFrame(json))
      position = event.seq
      await connection.drainedBelow(CATCH_UP_BYTES)
    }
  }
  if (!gone()) listen(membership)
}

/** Put together from the lists of events and members, which are made once for everybody who comes in. */
function joinedFrame(cid: string, membership: Membership, answer: Answer, own: OwnView): Buffer[] {
  const { room } = membership
  const { mode, head, more, gap, pins } = answer
  const events = answer.events.filter(({ event }) => room.mayHear(membership, event))
  const members = room.members()
  const elsewhere = room.elsewhere()
  const awaited = room.awaited()
  const frame = {
    type: 'joined',
    cid,
    room: room.name,
    epoch: room.epoch,
    mode,
    head,
    floor: room.floor,
    more,
    ...(gap && { gap }),
    ...(pins && { pins }),
    count: members.length,
    ...(elsewhere.length > 0 && { elsewhere }),
    ...(awaited && { awaited }),
    streams: room.mayHear(membership) ? room.streams.all() : [],
    settings: room.settings,
    ...own,
  }
  const rest = JSON.stringify(frame).slice(0, -1)
  const users = members.slice(0, FIRST_MEMBERS).map(userJson)
  const told = events.map(({ json }) => json)
  const { firstMembers, lastEvents } = room
  return frameInPieces(`${rest},"users":[`, [
    firstMembers.of(users),
    beforeEvents,
    lastEvents.of(told),
    atEnd,
  ])
}

const beforeEvents = Buffer.from('],"events":[')
const atEnd = Buffer.from(']}')

/** A crowd that comes in is told of the same first members, each time anew. */
const jsonOfUsers = new WeakMap<User, string>()

function userJson(user: User): string {
  const known = jsonOfUsers.get(user)
  if (known !== undefined) return known
  const json = JSON.stringify(user)
  jsonOfUsers.set(user, json)
  return json
}
