import type { User } from '../../protocol.js'
import { textFrame } from '../wire.js'
import type { Dialect } from './dialect.js'

/**
 * The lines of the tutorial's first sketch: `[192.168.1.5]-[2026-01-31 20:15:00]-说:你好`. Its words are Chinese, as
 * the tutorial wrote them, and its time is this machine's.
 * @param addressOf Where a guest of this page comes from; undefined for everybody else, who goes by their name.
 */
export function plain(addressOf: (user: User) => string | undefined): Dialect {
  const line = (user: User, at: number, what: string): Buffer =>
    textFrame(`[${addressOf(user) ?? user.name}]-[${clock.format(at)}]-${what}`)
  const dialect: Dialect = {
    said: ({ user, at, data }) => line(user, at, `说:${data}`),
    joined: ({ at }, user) => line(user, at, '进入聊天室'),
    left: ({ at }, user) => line(user, at, '离开聊天室'),
    aside: ({ at }, bot, text) => line(bot, at, `说:${text}`),
    opening: (moment, self) => [dialect.joined(moment, self)],
  }
  return dialect
}

/** Swedish writes a time as ISO 8601 does, with a space: `2026-01-31 20:15:00`. */
const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
