import type { RoomFace } from '../chat/face.js'
import { fillSpaced, texts, type Lang } from '../i18n/index.js'
import type { PluginLog } from '../plugin.js'
import type { User } from '../protocol.js'
import { kindOf, placeOf } from './failure.js'

/** In the room where bots are tried, whoever is in it reads what a bot's author would look for in the log. */

/** Lines of the log that are told of one answer; more of them nobody reads. */
const LINES = 20
const CHARS = 300

/** What a bot writes into the log while it answers there, told as well as written. */
export function overheardLog(log: PluginLog, { room, bot, lang }: Trial): PluginLog {
  let told = 0
  const write = (level: keyof PluginLog) => (message: string, details?: object) => {
    log[level](message, details)
    if (told++ >= LINES) return
    const line = [message, ...(details ? jsonOf(details) : [])].join(' ')
    tell(fillSpaced(texts[lang].bots.wrote, { level, message: short(line) }), room, bot)
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** Nothing, of what turns in a circle or has a BigInt. */
function jsonOf(details: object): string[] {
  try {
    return [JSON.stringify(details)]
  } catch {
    return []
  }
}

/** Why it failed, and where, told to all who are there. */
export function tellFailure(error: unknown, { room, bot, lang }: Trial): void {
  const { failedAt, failedSo } = texts[lang].bots
  const what = error instanceof Error ? error.message : String(error)
  const values = { kind: kindOf(error), what: short(what), place: placeOf(error) ?? '' }
  tell(fillSpaced(values.place ? failedAt : failedSo, values), room, bot)
}

/** A room in which a bot is tried, and the language of who reads how it fares. */
export interface Trial {
  room: RoomFace
  bot: User
  lang: Lang
}

/** Says something to each person in a room, alone; it is kept nowhere. */
export function tell(data: string, room: RoomFace, user: User): void {
  for (const { id, kind } of room.members()) {
    if (kind === 'person') room.whisper(id, { user, data, cause: 0 })
  }
}

const short = (text: string): string =>
  text.length > CHARS ? `${text.slice(0, CHARS).toWellFormed()}…` : text
