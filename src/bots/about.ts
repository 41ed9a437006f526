import type { RoomFace } from '../chat/face.js'
import type { Logger } from '../log.js'
import type { BotInfo, User } from '../protocol.js'
import { awayOf, toolsOf } from './away.js'
import type { BotDefinition } from './definition.js'
import type { Track } from './track.js'

/** Who wants to know of a bot: `inside` for who runs it, `asker` the person whose rest is told. */
export interface Asking {
  inside: boolean
  asker?: number
}

/** What is known of a bot. */
export interface Known {
  user: User
  definition: BotDefinition
  track: Track
  state: BotInfo['state']
  log: Logger
}

/** What members of a room may know of a bot; its host more, and of all rooms. */
export function aboutBot(known: Known, room: RoomFace | undefined, who: Asking): BotInfo {
  const { user, definition, track, state } = known
  const { hear, triggers, hearBots, aliases, leaves, streams = false, menu = [] } = definition
  const { tools = [] } = definition
  return {
    id: user.id,
    name: user.name,
    imageid: user.imageid,
    hear: room?.sandbox && !triggers ? 'all' : hear,
    ...(hearBots && { hear_bots: true as const }),
    aliases: [...aliases],
    away: awayOf(leaves),
    ...(tools.length > 0 && { tools: toolsOf(tools) }),
    streams,
    commands: menu.map(({ name }) => name),
    state,
    ...restFor(known, room, who.asker),
    ...(who.inside && fares(track)),
  }
}

function fares({ answered, failed, lastError, p95 }: Track): Partial<BotInfo> {
  return {
    answered,
    failed,
    ...(p95 !== undefined && { p95_ms: p95 }),
    ...(lastError && { last_error: { ...lastError } }),
  }
}

/** Its code may be anybody's. */
function restFor(
  { definition, log }: Known,
  room: RoomFace | undefined,
  person: number | undefined,
): Pick<BotInfo, 'rest'> {
  if (!room || person === undefined) return {}
  try {
    const rest = definition.rest?.({ room: room.name, person }) ?? []
    return rest.length > 0 ? { rest } : {}
  } catch (error) {
    log.warn({ err: error }, 'bot could not say what is left')
    return {}
  }
}
