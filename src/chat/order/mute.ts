import { entryOf, heldBy, logAct, type Act } from './acts.js'
import type { Order } from './order.js'

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
    return until
  })

/** The muted one's sockets know it at once, so that nobody writes a long text in vain. */
function tell({ options }: Order, { person, room }: Act, muted_until: number | undefined): void {
  for (const connection of options.connections.ofUser(person.id)) {
    if (connection.mode === 'classic') continue
    connection.send({
      type: 'muted',
      ...(room && { room: room.name }),
      ...(muted_until !== undefined && { muted_until }),
    })
  }
}
