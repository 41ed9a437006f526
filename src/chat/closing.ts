import { closeAll } from '../close-all.js'
import { Close } from '../protocol.js'
import type { Connection } from './connection.js'
import type { Journal } from './journal.js'
import type { Rooms } from './rooms.js'
import type { UnderWay } from './under-way.js'

/** Closing many sockets goes in slices, so that they do not all come back at once. */
const BYE_SLICE = 200
const BYE_SLICE_MS = 50
const BACK_WITHIN_MS = 10_000
/** What was taken up may take this long to be answered: a plugin may have it. */
const LAST_ANSWERS_MS = 2_000

/** What is closed with the chat. */
export interface ClosingParts {
  /** From now on nobody comes in. */
  reception: { close(): void }
  connections: Iterable<Connection>
  rooms: Pick<Rooms, 'all' | 'close'>
  journal: Pick<Journal, 'drain'>
  underWay: Pick<UnderWay, 'finished'>
  /** What has timers, or still has something to write, in the order in which it is done. */
  rest: readonly { close(): void | Promise<void> }[]
}

/**
 * Says good-bye, answers everything that was taken, closes all sockets with 1012: each step, whether those before it
 * could be done or not.
 * @throws what went wrong, after all of them.
 */
export async function closeChat(parts: ClosingParts): Promise<void> {
  const { reception, connections, rooms, journal, underWay, rest } = parts
  const steps = [
    () => reception.close(),
    () => sayGoodBye(connections),
    // What bots are writing is kept as far as it got, while there is a journal to keep it.
    () => Promise.all([...rooms.all()].map(({ streams }) => streams.close())),
    () => journal.drain(),
    () => underWay.finished(LAST_ANSWERS_MS),
    ...rest.map((part) => () => part.close()),
    () => closeInSlices([...connections]),
    () => rooms.close(),
  ]
  await closeAll(steps.toReversed()) // it begins with the last
}

function sayGoodBye(connections: Iterable<Connection>): void {
  for (const connection of connections) {
    if (connection.mode !== 'v1') continue
    const reconnect_in_ms = Math.round(Math.random() * BACK_WITHIN_MS)
    connection.send({ type: 'bye', reason: 'restart', reconnect_in_ms })
  }
}

async function closeInSlices(connections: readonly Connection[]): Promise<void> {
  for (let start = 0; start < connections.length; start += BYE_SLICE) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve, BYE_SLICE_MS))
    for (const connection of connections.slice(start, start + BYE_SLICE)) {
      connection.close(Close.restart, 'restart')
    }
  }
}
