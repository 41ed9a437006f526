import type { Role } from '../../protocol.js'
import { isSandbox } from '../bots/sandbox.js'
import type { BotRoom } from '../face.js'
import type { RoomRow, Standing } from '../../store/store.js'

/**
 * `in`: may read and enter. `knock`: a moderator has to let them in, and knows nothing of it yet; `waits`: does.
 * `away`: one has turned them away. `closed`: for this person there is no such room.
 */
export type Access = 'in' | 'knock' | 'waits' | 'away' | 'closed'

/**
 * May somebody read a room and enter it?
 * @param role Theirs in this room: moderators need neither passcode nor approval.
 * @param standing Absent: they never came to it. Who was let in stays in, whatever is asked of others now.
 */
export function access(
  { settings }: Pick<RoomRow, 'settings'>,
  role: Role | undefined,
  standing: Standing | undefined,
): Access {
  if (standing === 'in') return 'in'
  if (settings.kind === 'direct') return 'closed'
  if (role) return 'in'
  if (settings.approval && standing) return standing
  if (settings.passcode && standing !== 'waits') return 'closed'
  return settings.approval ? 'knock' : 'in'
}

/** Does a room stand in the list of somebody who may enter it? */
export function isListed(
  { settings }: Pick<RoomRow, 'settings'>,
  role: Role | undefined,
  standing: Standing | undefined,
): boolean {
  if (settings.kind === 'direct') return standing === 'in'
  if (standing === 'in' || role) return true
  return !settings.unlisted && !settings.archived && !settings.passcode
}

/** What of a room decides whether a bot is in it. */
export const asBotRoom = (row: RoomRow): BotRoom => ({
  name: row.name,
  ...(row.two && { two: row.two }),
  madeBy: row.madeBy,
  sandbox: isSandbox(row),
  guarded: isGuarded(row.settings),
})

/** Not everybody finds it and comes in. */
export const isGuarded = ({ passcode, approval, unlisted }: RoomRow['settings']): boolean =>
  passcode || approval || unlisted

/**
 * May a bot that came by a token read a room and speak in it?
 * @param rooms Names that its token is for; none: every room that is open to all. A room of two is for its two, and
 * who made a room is at home in it.
 */
export function admitsBot(bot: number, rooms: readonly string[], room: BotRoom): boolean {
  if (room.two) return room.two.includes(bot)
  if (room.madeBy === bot || rooms.includes(room.name)) return true
  return rooms.length === 0 && room.guarded !== true
}
