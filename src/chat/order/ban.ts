import { ChatError } from '../../errors.js'
import type { Actor, RoomRow, Sanction, SanctionTarget } from '../../store/store.js'
import type { Connection } from '../connection.js'
import type { Room } from '../room.js'
import { heldBy, whereIs, type Person } from './acts.js'
import { dismiss } from './kick.js'
import { comer, type Order } from './order.js'
import { sendAway, takeOut } from './send-away.js'

/** What to know somebody again by. */
export type BanBy = 'device' | 'name' | 'address'

export interface Ban {
  by: Actor
  /** Id null: nobody in particular; the name says what is meant. */
  person: { id: number | null; name: string }
  /** Absent: everywhere. */
  room?: Room | undefined
  targets: readonly SanctionTarget[]
  /** How long, in milliseconds; absent: for good. */
  ms?: number | undefined
}

/** Keeps somebody out of a room, or of the house, for a while or for good. Who is held by it goes at once. */
export const ban = (order: Order, act: Ban): Promise<Sanction> =>
  order.inTurn(async () => {
    const { by, person: user, room, targets, ms } = act
    const { clock, store, log } = order.options
    const at = clock.now()
    const roomId = room?.id ?? null
    const until = ms === undefined ? null : at + ms
    const kinds = [...new Set(targets.map(({ target }) => target))]
    const details = { by: kinds, ...(ms !== undefined && { ms }) }
    const sanction = await order.sanctions.add(
      { kind: 'ban', roomId, user, targets, until, by, at },
      [],
      { at, by, action: 'ban', roomId, target: user, details },
    )
    const whom = { user: user.id, ...(user.id !== null && whereIs(order, user.id)) }
    log.info({ event: 'ban', by: by.id, ...whom, room: roomId, ban: sanction.id }, 'audit')
    if (!room && user.id !== null) await store.sessions.revokeAll(user.id)
    evict(order, act)
    return sanction
  })

/** Lets those in again whom a ban kept out. */
export const unban = (order: Order, { by, ban }: { by: Actor; ban: Sanction }): Promise<void> =>
  order.inTurn(async () => {
    const { clock, log, rooms } = order.options
    const { user, roomId, id } = ban
    const entry = { at: clock.now(), by, action: 'unban', roomId, target: user }
    const room = roomId === null ? undefined : rooms().rowById(roomId)
    const held = room ? heldOut(order, room) : []
    await order.sanctions.lift([id], { ...entry, details: { ban: id } })
    log.info({ event: 'unban', by: by.id, user: user.id, room: roomId, ban: id }, 'audit')
    if (room) for (const userId of usersOf(held)) order.options.ruled(room, userId)
  })

/**
 * What a person is known again by.
 * @param force Also an address behind which a whole class may sit.
 * @throws {ChatError} `denied`: no address is known, or it is such a one.
 */
export async function targetsOf(
  order: Order,
  person: Person,
  by: readonly BanBy[],
  force: boolean,
): Promise<SanctionTarget[]> {
  const name = order.options.skeleton(person.name)
  return [
    ...(by.includes('device') ? await heldBy(order, person.id) : []),
    ...(by.includes('name') ? [{ target: 'name' as const, value: name }] : []),
    ...(by.includes('address') ? addressesOf(order, person.id, force) : []),
  ]
}

function addressesOf({ options }: Order, userId: number, force: boolean): SanctionTarget[] {
  const { connections, areaOf, isNear } = options
  const addresses = connections.ofUser(userId).map(({ address }) => address)
  if (addresses.length === 0) throw new ChatError('denied', { why: 'noAddress' })
  if (!force && addresses.some(isNear)) throw new ChatError('denied', { why: 'nearAddress' })
  return [...new Set(addresses.map(areaOf))].map((value) => ({ target: 'address', value }))
}

/** The person goes, and whoever else sits at a barred browser or address. */
function evict(order: Order, { room, person }: Ban): void {
  if (room) evictFrom(order, room, person)
  else evictFromHouse(order, person)
}

function evictFrom(order: Order, room: Room, person: Ban['person']): void {
  const held = heldOut(order, room)
  for (const connection of held) takeOut(connection, room, order.bannedMs(room, comer(connection)))
  if (person.id !== null) dismiss(order, { id: person.id, room })
  for (const id of usersOf(held)) order.options.ruled(room.row, id)
}

function evictFromHouse(order: Order, person: Ban['person']): void {
  const { connections } = order.options
  const gone = new Set(person.id === null ? [] : [person.id])
  for (const connection of connections) {
    const { user } = connection
    const ms = order.bannedMs(undefined, comer(connection))
    if (ms === 0 && user.id !== person.id) continue
    sendAway(connection, ms)
    if (connections.ofUser(user.id).every(({ open }) => !open)) gone.add(user.id)
  }
  for (const id of gone) dismiss(order, { id })
}

/** The connections that may not come into a room. */
const heldOut = (order: Order, room: Room | RoomRow): Connection[] =>
  [...order.options.connections].filter((one) => order.bannedMs(room, comer(one)) > 0)

const usersOf = (connections: readonly Connection[]): number[] => [
  ...new Set(connections.map(({ user }) => user.id)),
]
