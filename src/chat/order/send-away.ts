import { fill, spell, texts, type Lang } from '../../i18n/index.js'
import { Close } from '../../protocol.js'
import type { Connection } from '../connection.js'
import { leave, leaveAll } from '../enter.js'
import type { Room } from '../room.js'

/** For how long: 0 is not at all (they may come back at once), Infinity for good. In milliseconds. */
export type AwayFor = number

/** Closes a connection with the sentence that says why; before it, a frame tells whether coming back is of use. */
export function sendAway(connection: Connection, ms: AwayFor): void {
  leaveAll(connection, { atOnce: true })
  const data = whyAway('everywhere', ms, connection.lang)
  if (connection.mode === 'v1') {
    connection.send({ type: 'kicked', data, ...comingBack(ms) })
  }
  connection.close(Close.noAccess, data)
}

/**
 * Takes a connection out of one room; its other rooms go on. The tutorial's clients know no other room,
 * and are closed.
 */
export function takeOut(connection: Connection, room: Room, ms: AwayFor): void {
  if (!leave(connection, room.name, { atOnce: true })) return
  const data = whyAway('room', ms, connection.lang)
  if (connection.mode !== 'v1') return connection.close(Close.noAccess, data)
  connection.send({ type: 'kicked', room: room.name, data, ...comingBack(ms) })
}

/** Whether coming back at once is of use, and when it is. */
const comingBack = (ms: AwayFor) => ({
  ...(ms > 0 && { banned: true }),
  ...(ms > 0 && ms < Infinity && { ms: Math.ceil(ms) }),
})

/** Short: the reason of a close frame has at most 123 bytes. */
export function whyAway(where: 'room' | 'everywhere', ms: AwayFor, lang: Lang): string {
  const words = texts[lang].away[where]
  if (ms === 0) return words.kicked
  if (ms === Infinity) return words.banned
  return fill(words.bannedFor, { time: spell(ms, lang) })
}
