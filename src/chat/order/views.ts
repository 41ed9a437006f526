import type { AuditEntry, Report, Sanction } from '../../store/store.js'
import type { Rooms } from '../rooms.js'

/** A ban as moderators see it: what it holds is named by kind, never by value. */
export const banView = ({ id, roomId, user, targets, until, by, at }: Sanction, rooms: Rooms) => ({
  id,
  ...roomOf(roomId, rooms),
  user,
  by: [...new Set(targets.map(({ target }) => (target === 'user' ? 'device' : target)))],
  ...(until !== null && { until }),
  at,
  made_by: by,
})

/** An entry of the audit log. */
export const entryView = (entry: AuditEntry & { id: number }, rooms: Rooms) => {
  const { id, at, by, action, roomId, target, details } = entry
  return {
    id,
    at,
    by,
    action,
    ...roomOf(roomId, rooms),
    ...(target && { target }),
    ...(details && { details }),
  }
}

/** A report with the message as it is now; without it when its room is closed or its text is gone. */
export async function reportView(report: Report, rooms: Rooms) {
  const { id, roomId, seq, by, at, data, handled } = report
  const room = rooms.nameOf(roomId)
  const event = room === undefined ? undefined : await rooms.open(room)?.bySeq(seq)
  return {
    id,
    ...roomOf(roomId, rooms),
    message: seq,
    by,
    at,
    data,
    ...(event && { event }),
    ...(handled && { handled }),
  }
}

const roomOf = (roomId: number | null, rooms: Rooms) => {
  const room = roomId === null ? undefined : rooms.nameOf(roomId)
  return room === undefined ? {} : { room }
}
