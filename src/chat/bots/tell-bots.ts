import type { Lang } from '../../i18n/index.js'
import type { Logger } from '../../log.js'
import type { NumberedEvent } from '../../protocol.js'
import type { Heard, RoomFace } from '../face.js'

export interface TellOptions {
  room: RoomFace
  lang: Lang
  heard: Heard
  log: Logger
}

/** Tells the bots what is durable. A failure of theirs is nobody's but theirs. */
export function tellBots(event: NumberedEvent, { room, lang, heard, log }: TellOptions): void {
  try {
    heard(event, room, lang)
  } catch (error) {
    log.error({ err: error, room: room.id, seq: event.seq }, 'the bots could not be told')
  }
}
