import type { Clock } from '../clock.js'
import { FRAME_BYTES, HEARTBEAT_MS, type Volume } from '../protocol.js'
import type { Telling } from './attention/telling.js'
import type { ChatLimits } from './deps.js'
import type { Connection } from './connection.js'

/** The first frame of a v1 connection: who you are, what holds here, which rooms there are. */
export const hello = (
  connection: Connection,
  telling: Telling,
  {
    store,
    clock,
    limits,
    version,
    mayMake,
    volumes,
  }: {
    store: { epoch: string }
    clock: Clock
    limits: ChatLimits
    version: string
    mayMake: boolean
    volumes: ReadonlyMap<number, Volume>
  },
): object => ({
  type: 'hello',
  user: connection.user,
  epoch: store.epoch,
  heartbeat_ms: HEARTBEAT_MS,
  limits: {
    message_chars: limits.message_chars,
    frame_bytes: FRAME_BYTES,
    upload_bytes: limits.upload_bytes,
    messages_per_minute: limits.messages_per_minute,
    burst: limits.burst,
    edit_ms: limits.edit_ms,
    recall_ms: limits.recall_ms,
  },
  time: clock.now(),
  version,
  lang: connection.lang,
  /** A room by `make`, or by joining a free name. */
  may_make: mayMake,
  /** By id of a bot, where it is not `all`. */
  volumes: Object.fromEntries(volumes),
  rooms: telling.listFor(connection),
})
