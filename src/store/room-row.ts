import type { Selectable } from 'kysely'
import type { RoomsTable } from './schema.js'
import type { RoomRow } from './store.js'

/** What a room's row is made of. */
export const columns = [
  'id',
  'name',
  'title',
  'seq',
  'at',
  'floor',
  'made_by',
  'kind',
  'topic',
  'unlisted',
  'announce',
  'archived',
  'approval',
  'math',
  'slow_ms',
  'passcode',
  'pair',
] as const

/** The same, where other tables stand beside. */
export const roomColumns = columns.map((column) => `rooms.${column}` as const)

export type RoomColumns = Pick<Selectable<RoomsTable>, (typeof columns)[number]>

export function roomOf(row: RoomColumns): RoomRow {
  const { id, name, title, seq, at, floor, kind, topic, slow_ms, passcode } = row
  return {
    id,
    name,
    seq,
    at,
    floor,
    madeBy: row.made_by,
    passcodeHash: passcode,
    ...(row.pair !== null && { two: row.pair.split(':').map(Number) }),
    settings: {
      title,
      topic,
      kind,
      unlisted: row.unlisted === 1,
      passcode: passcode !== null,
      announce: row.announce === 1,
      archived: row.archived === 1,
      slow_ms,
      approval: row.approval === 1,
      math: row.math === 1,
    },
  }
}
