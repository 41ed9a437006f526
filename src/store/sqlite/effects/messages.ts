import type { EventExtra, PresentForm, User } from '../../../protocol.js'
import { member } from '../../member.js'
import type { Database } from '../driver.js'
import type { SearchIndex } from '../search-index.js'

/** A stored message, as it reads now. */
export interface Message {
  user: User
  data: string
  extra: EventExtra & PresentForm
}

/** The messages that effects are about. */
export interface Messages {
  /** The `chat` of this number; undefined: there is none. */
  find(roomId: number, seq: number | undefined): Message | undefined
  /** Gives it another text, or other things that hang on it; the search finds it by those. */
  change(roomId: number, seq: number, changed: Pick<Message, 'data' | 'extra'>): void
}

export function prepareMessages(db: Database, index: SearchIndex): Messages {
  const find = db.prepare(
    `select user_id as id, user_name as name, user_imageid as imageid, data, extra, doc from events
     where room_id = ? and seq = ? and type = 'chat'`,
  )
  const change = db.prepare('update events set data = ?, extra = ? where room_id = ? and seq = ?')

  return {
    find(roomId, seq) {
      const row = seq === undefined ? undefined : (find.get(roomId, seq) as Row | undefined)
      return row && { user: member(row), ...parsed(row) }
    },
    change(roomId, seq, { data, extra }) {
      const row = find.get(roomId, seq) as Row | undefined
      if (row && row.doc !== null) {
        const before = { roomId, userId: row.id, userName: row.name, ...parsed(row) }
        index.change(row.doc, before, { ...before, data, extra })
      }
      change.run(data, JSON.stringify(extra), roomId, seq)
    },
  }
}

const parsed = ({ data, extra }: Row): Pick<Message, 'data' | 'extra'> => ({
  data,
  extra: JSON.parse(extra ?? '{}'),
})

interface Row {
  id: number
  name: string
  imageid: string
  data: string
  extra: string | null
  /** Null: it is not in the search index yet, and will be taken up as it reads then. */
  doc: number | null
}
