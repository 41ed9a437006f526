import type { EventExtra, PresentForm, User } from '../../../protocol.js'
import { member } from '../../member.js'
import type { Database } from '../driver.js'

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
  /** Gives it another text, or other things that hang on it. */
  change(roomId: number, seq: number, changed: Pick<Message, 'data' | 'extra'>): void
}

export function prepareMessages(db: Database): Messages {
  const find = db.prepare(
    `select user_id as id, user_name as name, user_imageid as imageid, data, extra from events
     where room_id = ? and seq = ? and type = 'chat'`,
  )
  const change = db.prepare('update events set data = ?, extra = ? where room_id = ? and seq = ?')

  return {
    find(roomId, seq) {
      const row = seq === undefined ? undefined : (find.get(roomId, seq) as Row | undefined)
      return row && { user: member(row), data: row.data, extra: JSON.parse(row.extra ?? '{}') }
    },
    change(roomId, seq, { data, extra }) {
      change.run(data, JSON.stringify(extra), roomId, seq)
    },
  }
}

interface Row {
  id: number
  name: string
  imageid: string
  data: string
  extra: string | null
}
