import { PAGE_BYTES, PAGE_EVENTS, RESUME_EVENTS, SNAPSHOT_EVENTS } from '../protocol.js'
import type { Said } from './recent.js'
import type { Room } from './room.js'

/** Where a client says it stands. */
export interface Position {
  epoch?: string | undefined
  since?: number | undefined
  /** `at` of the event at `since`. */
  mark?: number | undefined
}

export interface Answer {
  mode: 'resume' | 'snapshot' | 'reset'
  head: number
  events: readonly Said[]
  /** The rest follows as ordinary events. */
  more: boolean
  gap?: { from: number; to: number }
  /** Numbers of the pinned messages at `head`, where the client does not know them. */
  pins?: readonly number[]
  /** The number after which the client has to be told everything. */
  standsAt: number
}

/**
 * What a client that comes (back) to a room has to be told first: what it missed (`resume`), the last lines
 * (`snapshot`), or the last lines instead of all that it had (`reset`: its past is not ours).
 * @param reader Id of the person, for what concerns them alone.
 */
export async function answerPosition(
  room: Room,
  position: Position,
  reader?: number,
): Promise<Answer> {
  const { since } = position
  if (since === undefined) return newest(room, 'snapshot', reader)
  if (await isForeign(room, position)) return newest(room, 'reset', reader)
  if (room.head - since > RESUME_EVENTS || since < room.floor - 1) {
    return newest(room, 'snapshot', reader, since)
  }
  return missed(room, since)
}

async function isForeign(room: Room, { epoch, since = 0, mark }: Position): Promise<boolean> {
  if ((epoch !== undefined && epoch !== room.epoch) || since > room.head) return true
  if (mark === undefined || since === 0 || since < room.floor) return false
  return (await room.bySeq(since))?.at !== mark
}

async function missed(room: Room, since: number): Promise<Answer> {
  const events = fromStart(await room.past.after(since, PAGE_EVENTS))
  const standsAt = events.at(-1)?.event.seq ?? since
  const { head } = room
  return { mode: 'resume', head, events, more: standsAt < head, standsAt }
}

async function newest(
  room: Room,
  mode: 'snapshot' | 'reset',
  reader?: number,
  since?: number,
): Promise<Answer> {
  const { head, lines, pins } = await room.past.snapshot(SNAPSHOT_EVENTS, reader)
  const events = fromEnd(lines)
  const from = Math.max((since ?? 0) + 1, room.floor)
  const to = (events[0]?.event.seq ?? head + 1) - 1
  return {
    mode,
    head,
    events,
    more: false,
    pins,
    standsAt: head,
    ...(mode === 'snapshot' && since !== undefined && from <= to && { gap: { from, to } }),
  }
}

/** As many from the start as fit into a page; at least one. */
function fromStart(events: readonly Said[]): readonly Said[] {
  let bytes = 0
  const end = events.findIndex(
    ({ json }, index) => (bytes += Buffer.byteLength(json)) > PAGE_BYTES && index > 0,
  )
  return end === -1 ? events : events.slice(0, end)
}

/** As many from the end as fit into a page; at least one. */
function fromEnd(events: readonly Said[]): readonly Said[] {
  let bytes = 0
  const start = events.findLastIndex(
    ({ json }, index) =>
      (bytes += Buffer.byteLength(json)) > PAGE_BYTES && index < events.length - 1,
  )
  return events.slice(start + 1)
}
