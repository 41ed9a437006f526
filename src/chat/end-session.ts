import type { Logger } from '../log.js'
import { Close, type User } from '../protocol.js'
import type { Attention } from './attention/attention.js'
import type { Connection } from './connection.js'
import type { Connections } from './connections.js'
import { leaveAll } from './enter.js'
import type { Whereabouts } from './presence/whereabouts.js'
import type { Rooms } from './rooms.js'

export interface EndSessionOptions {
  connections: Pick<Connections, 'ofSession' | 'ofUser'>
  whereabouts: Pick<Whereabouts, 'gone'>
  attention: Pick<Attention, 'placesOf'>
  rooms: Pick<Rooms, 'open'>
  /** Has somebody a session that they can come back with? */
  mayReturn: (userId: number) => Promise<boolean>
  log: Logger
}

/**
 * A session ended: its sockets are closed.
 * @param atOnce The person is gone, and the others are told without grace.
 */
export type EndSession = (sidHash: string, atOnce: boolean) => void

export const createEndSession = (options: EndSessionOptions): EndSession =>
  function endSession(sidHash, atOnce) {
    const ending = options.connections.ofSession(sidHash)
    if (atOnce) tellGone(ending, options)
    for (const connection of ending) {
      leaveAll(connection, { atOnce })
      connection.close(Close.invalidUser, 'Invalid user')
    }
  }

/** Who has no other connection than these is gone. */
function tellGone(ending: readonly Connection[], options: EndSessionOptions): void {
  const { connections, whereabouts, log } = options
  for (const { user } of ending) {
    const rest = connections.ofUser(user.id).filter((one) => !ending.includes(one))
    if (rest.length > 0) continue
    whereabouts.gone(user.id)
    tellIfForGood(user, options).catch((error: unknown) => {
      log.error({ err: error, user: user.id }, 'that somebody signed out was not told')
    })
  }
}

/** Nobody can ever sign in as the same again: who is in a room of two with them reads that nobody reads it. */
async function tellIfForGood(
  user: User,
  { attention, rooms, mayReturn }: EndSessionOptions,
): Promise<void> {
  const places = [...attention.placesOf(user.id).values()]
  if (await mayReturn(user.id)) return
  for (const { row } of places) {
    const room = row.settings.kind === 'direct' ? rooms.open(row.name) : undefined
    const status = { type: 'status', room: row.name, user, elsewhere: false, gone: true }
    room?.tell(JSON.stringify(status))
  }
}
