import type { RoomRow } from '../store/store.js'
import type { ChatDeps } from './chat.js'
import type { Connection } from './connection.js'
import { comer } from './order/order.js'

/**
 * The rooms whose past somebody may search, been there or not: those that are open and listed for everybody.
 * From where one is banned, nothing is read.
 */
export const readable = (
  connection: Connection,
  { rooms, order }: Pick<ChatDeps, 'rooms' | 'order'>,
): readonly RoomRow[] =>
  [...rooms.rows()].filter((row) => isOpen(row) && order.bannedMs(row, comer(connection)) === 0)

const isOpen = ({ settings }: RoomRow): boolean =>
  settings.kind === 'room' && !settings.unlisted && !settings.passcode && !settings.approval
