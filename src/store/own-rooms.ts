import { sql, type Compilable, type RawBuilder, type Selectable } from 'kysely'
import { Lines } from './lines.js'
import { member } from './member.js'
import { listed, prepared } from './prepared.js'
import { roomOf } from './room-row.js'
import type { Db, RoomPeopleTable } from './schema.js'
import { standingOf } from './standing.js'
import type { OwnRoom, ReadMark, RoomRow } from './store.js'
import { callsOf, linesOfTwo, unreadAfter, type Counted } from './unread.js'

/** Asks two questions at once, and has them answered as of one moment. */
export type AskBoth = <A, B>(one: Compilable<A>, other: Compilable<B>) => Promise<[A[], B[]]>

/**
 * Everything that people belong to, with what is unread: one question, whoever asks.
 * @param ask Asks by way of `db`.
 */
export function ownRooms(
  db: Db,
  ask: AskBoth,
): (userIds: readonly number[]) => Promise<(userId: number) => OwnRoom[]> {
  const lines = new Lines()

  return async (userIds) => {
    const users = JSON.stringify(userIds)
    const [places, fresh] = await ask(placesOf(db, users), lines.fresh(db, users))
    lines.take(fresh)
    const rooms = new Map(fresh.map((row) => [row.id, roomOf(row)]))
    const own = new Map<number, OwnRoom[]>(userIds.map((userId) => [userId, []]))
    const add = (userId: number, room: OwnRoom) => own.get(userId)?.push(room)
    const others: (ReadMark & { own: OwnRoom })[] = []
    for (const place of places) {
      const { user_id: userId, room_id: roomId, read, ofTwo, calls } = place
      const room = rooms.get(roomId)
      if (!room) continue // as of one moment, it is there
      const unread = ofTwo ?? lines.unread(roomId, userId, read ?? 0)
      if (unread !== undefined) add(userId, ownRoom(place, room, unread + calls))
      else others.push({ userId, roomId, seq: read ?? 0, own: ownRoom(place, room, 0) })
    }
    for (const { mark, upTo, ...unread } of await counted(db, others)) {
      add(mark.userId, { ...mark.own, room: { ...mark.own.room, seq: upTo }, ...unread })
    }
    lines.fit(rooms.keys())
    return (userId) => own.get(userId) ?? []
  }
}

const placesOf = prepared((db: Db, users: RawBuilder<string>) =>
  db
    .selectFrom('room_people as place')
    .innerJoin('rooms', 'rooms.id', 'place.room_id')
    .leftJoin('reads', (j) =>
      j.onRef('reads.room_id', '=', 'rooms.id').onRef('reads.user_id', '=', 'place.user_id'),
    )
    .leftJoin('room_people as other', (j) =>
      j
        .onRef('other.room_id', '=', 'rooms.id')
        .on('rooms.kind', '=', 'direct')
        .onRef('other.user_id', '!=', 'place.user_id'),
    )
    .leftJoin('users', 'users.id', 'other.user_id')
    .leftJoin('bots', 'bots.id', 'other.user_id')
    .select(['place.user_id', 'place.room_id', 'place.level', 'place.approved'])
    .select(['reads.seq as read', 'other.user_id as peer'])
    .select((e) => [
      e.fn.coalesce('users.name', 'bots.name').as('peer_name'),
      e.fn.coalesce('users.imageid', 'bots.imageid').as('peer_imageid'),
    ])
    .select(linesOfTwo(sql.ref('place.user_id'), sql.ref('reads.seq')).as('ofTwo'))
    .select(callsOf(sql.ref('place.user_id'), sql.ref('reads.seq')))
    .where('place.user_id', 'in', listed<number>(users)),
)

interface PlaceRow extends Pick<Selectable<RoomPeopleTable>, 'level' | 'approved'> {
  read: number | null
  mentions: number
  peer: number | null
  peer_name: string | null
  peer_imageid: string | null
}

const ownRoom = (place: PlaceRow, room: RoomRow, unread: number): OwnRoom => ({
  room,
  standing: standingOf(place.approved),
  level: place.level,
  read: place.read ?? 0,
  unread,
  mentions: place.mentions,
  ...(place.peer !== null && {
    peer: member({
      id: place.peer,
      name: place.peer_name ?? '',
      imageid: place.peer_imageid ?? '0',
    }),
  }),
})

/** What is not known of the rooms' last lines is counted, as of now. */
const counted = async <Mark extends ReadMark>(db: Db, marks: Mark[]): Promise<Counted<Mark>[]> =>
  marks.length === 0 ? [] : unreadAfter(db, marks)
