import { ChatError } from '../../errors.js'
import { fill, texts, type Lang, type Texts } from '../../i18n/index.js'
import type { RoomRow } from '../../store/store.js'
import { ack } from '../answers.js'
import type { Handler } from '../pipeline.js'
import { titleOf } from '../room.js'
import { QueryFault } from '../search/fault.js'
import { parseQuery, type Asked } from '../search/query.js'
import { jsonFrameWith } from '../wire.js'

/** Looks for messages in the rooms that the person may read, whether they are in them now or not. */
export const search: Handler<'search'> = async ({ frame, connection }, deps) => {
  const { cid, q, room, cursor, limit, utc_offset: offset } = frame
  const { user, lang } = connection
  const asked = understood(lang, () => parseQuery(q, user.name, { now: deps.clock.now(), offset }))
  const titled = (row: RoomRow) =>
    deps.attention.place(user.id, row.id)?.peer?.name ?? titleOf(row, lang)
  const places = placesOf(asked, room, deps.doors.readable(connection), titled)
  const page = await deps.search.find({ ...asked, rooms: places, limit, ...(cursor && { cursor }) })
  if (typeof page === 'string') throw refusal(lang, page === 'nothing' ? 'empty' : 'badCursor')

  const { json, more, cursor: next, indexedSince } = page
  const partly = indexedSince === undefined ? {} : { indexed_since: indexedSince }
  const answer = ack(cid, { more, cursor: next, ...partly })
  connection.sendFrame(jsonFrameWith(answer, 'events', json))
}

function understood(lang: Lang, parse: () => Asked): Asked {
  try {
    return parse()
  } catch (error) {
    if (error instanceof QueryFault) throw refusal(lang, error.sentence, error.values)
    throw error
  }
}

const refusal = (
  lang: Lang,
  sentence: keyof Texts['search'],
  values: Record<string, string | number> = {},
): ChatError =>
  new ChatError('bad_request', { sentence: fill(texts[lang].search[sentence], values) })

/** Of the rooms that may be read, those that are asked for. One that may not be is one that is not there. */
function placesOf(
  { in: called }: Asked,
  room: string | undefined,
  readable: readonly RoomRow[],
  titled: (row: RoomRow) => string,
): readonly RoomRow[] {
  const here = room === undefined ? readable : some(readable.filter(({ name }) => is(name, room)))
  if (called.length === 0) return here
  const named = (asked: string) =>
    here.filter((row) => is(row.name, asked) || is(titled(row), asked))
  return called.flatMap((asked) => some(named(asked.replace(/^[#＃]/, ''))))
}

function some(rows: readonly RoomRow[]): readonly RoomRow[] {
  if (rows.length === 0) throw new ChatError('no_such_room')
  return rows
}

const is = (name: string, asked: string): boolean => plain(name) === plain(asked)
const plain = (name: string): string => name.normalize('NFKC').toLowerCase().trim()
