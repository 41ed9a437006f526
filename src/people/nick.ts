import type { Command, Notice, RoomFace } from '../chat/face.js'
import { ChatError } from '../errors.js'
import { texts, type Lang } from '../i18n/index.js'
import { note, sayNotes } from '../i18n/notes.js'
import type { User } from '../protocol.js'
import type { People } from './people.js'

export interface NickOptions {
  people: People
  /** A free nickname from the random-name plugin. */
  nickname: (lang: Lang) => Promise<string>
  /** Lets the chat know; returns the rooms that the person is in. */
  renamed: (user: User) => readonly RoomFace[]
  /** Language of the line in the timeline, which everybody reads. */
  lang: Lang
}

/**
 * `/nick NAME` renames its sender, `/nick` alone takes a random name. Every room they are in gets a line that
 * says so; a name that is refused goes back with its rule.
 */
export const nickCommand = ({ people, nickname, renamed, lang }: NickOptions): Command =>
  async function nick({ room, user: before, cid, line, args, lang: theirs }) {
    const result = await people.rename(before.id, args || (await nickname(theirs)))
    if ('refused' in result) {
      throw new ChatError('denied', { sentence: texts[theirs].names[result.refused] })
    }
    const { user } = result
    if (user.name === before.name) return undefined
    const notice = { user, cid, ...renameLine(before, user, lang), received: line }
    for (const other of renamed(user)) if (other.id !== room.id) await other.notice(notice)
    return room.notice(notice)
  }

/** What the timeline says when somebody has another name. */
export function renameLine(before: User, after: User, lang: Lang): Pick<Notice, 'data' | 'notes'> {
  const notes = [note('renamed', { old: before.name, name: after.name })]
  return { data: sayNotes(notes, lang), notes }
}
