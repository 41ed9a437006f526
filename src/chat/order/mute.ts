import { entryOf, heldBy, logAct, type Act } from './acts.js'
import type { Room } from '../room.js'
import type { Order } from './order.js'
import type { Sanctions } from './sanctions.js'

/**
 * Lets somebody read but not speak for a while; in the place of an earlier mute there. It holds the person
 * and their browsers, over restarts.
 * @param act.ms How long; 0 lifts what holds there.
 * @returns until when, in ms since 1970 UTC; undefined: they may speak.
 */
export const mute = (order: Order, act: Act & { ms: number }): Promise<number | undefined> =>
  order.inTurn(async () => {
    const { by, person, room, ms } = act
    const roomId = room?.id ?? null
    const before = order.sanctions
      .active('mute')
      .filter((held) => held.user.id === person.id && held.roomId === roomId)
      .map(({ id }) => id)
    const at = order.options.clock.now()
    const until = ms > 0 ? at + ms : undefined

    if (until === undefined) {
      await order.sanctions.lift(before, entryOf(order, act, 'unmute'))
    } else {
      const targets = await heldBy(order, person.id)
      const sanction = { kind: 'mute' as const, roomId, user: person, targets, until, by, at }
      await order.sanctions.add(sanction, before, entryOf(order, act, 'mute', { ms }))
    }
    logAct(order, act, until === undefined ? 'unmute' : 'mute')
    tell(order, act, until)
    tellRooms(order, act)
    return until
  })

/**
 * The muted one's sockets know it at once, so that nobody writes a long text in vain: what was done, and of each room
 * in which something else holds longer, that.
 */
function tell(order: Order, { person, room }: Act, until: number | undefined): void {
  for (const connection of order.options.connections.ofUser(person.id)) {
    if (connection.mode !== 'v1') continue
    const say = (muted_until: number | undefined, where?: Room) =>
      connection.send({
        type: 'muted',
        ...(where && { room: where.name }),
        ...(muted_until !== undefined && { muted_until }),
      })
    if (room) {
      say(order.standing(connection, room).muted_until, room)
      continue
    }
    say(until)
    for (const { room: each } of connection.memberships.values()) {
      const { muted_until } = order.standing(connection, each)
      if (muted_until !== until) say(muted_until, each)
    }
  }
}

/** Those who keep order see who may not speak where they are, whoever did it and wherever it holds; so do pages of bare lines. */
function tellRooms({ options, sanctions }: Order, { person, room }: Act): void {
  for (const each of room ? [room] : options.rooms().all()) {
    each.judged()
    const muted_until = mutedIn(sanctions, each.id).get(person.id)
    each.tellModerators({
      type: 'silenced',
      room: each.name,
      user: person.id,
      ...(muted_until !== undefined && { muted_until }),
    })
  }
}

/** Who may not speak in a room, and until when: of several mutes, the longest. */
export function mutedIn(sanctions: Sanctions, roomId: number): Map<number, number> {
  const muted = new Map<number, number>()
  for (const { roomId: where, user, until } of sanctions.active('mute')) {
    if (user.id === null || until === null || (where !== null && where !== roomId)) continue
    muted.set(user.id, Math.max(until, muted.get(user.id) ?? 0))
  }
  return muted
}
