import { z } from 'zod'
import type { RoomFace } from '../chat/face.js'
import type { Logger } from '../log.js'
import type { Lang } from '../i18n/index.js'
import type { BotInfo, User } from '../protocol.js'
import { awayOf, toolsOf } from './away.js'
import type { BotDefinition } from './definition.js'
import type { Track } from './track.js'

/** So many budgets are told of one bot. */
const RESTS = 10

/** Who wants to know of a bot: `inside` for who runs it, `asker` the person whose rest is told. */
export interface Asking {
  inside: boolean
  /** Of who asks. */
  lang: Lang
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
    hear: room?.sandbox && !triggers ? 'all' : isDeaf(definition) ? 'none' : hear,
    ...(hearBots && { hear_bots: true as const }),
    aliases: [...aliases],
    away: awayOf(leaves),
    ...(tools.length > 0 && { tools: toolsOf(tools) }),
    streams,
    commands: menu.map(({ name }) => name),
    state,
    ...(who.inside && fares(track, definition.trouble?.(who.lang), who.lang)),
  }
}

/** It only speaks: by its time, when people come, or for programs. */
const isDeaf = ({ hear, triggers, menu = [] }: BotDefinition): boolean =>
  hear === 'command' && triggers !== undefined && menu.length === 0

function fares(
  { answered, failed, lastError, p95, unusable }: Track,
  trouble: string | undefined,
  lang: Lang,
): Partial<BotInfo> {
  const broken = trouble ?? unusable?.(lang)
  return {
    answered,
    failed,
    ...(p95 !== undefined && { p95_ms: p95 }),
    ...(lastError && { last_error: told(lastError, lang) }),
    ...(broken !== undefined && { broken }),
  }
}

/** Sentences of ours are told in the language of who asks. */
const told = ({ data, ...error }: NonNullable<Track['lastError']>, lang: Lang) => ({
  ...error,
  ...(data !== undefined && { data: typeof data === 'string' ? data : data(lang) }),
})

/** Its code may be anybody's, and say anything. */
const rests = z
  .array(
    z.object({
      of: z.enum(['person', 'room', 'all']),
      what: z.enum(['answers', 'tokens']),
      in: z.enum(['minute', 'day']),
      left: z.number().int().nonnegative(),
      limit: z.number().int().positive(),
    }),
  )
  .max(RESTS)

/** What is left for somebody in a room, if it answers only so much. Never rejects. */
export async function restFor(
  { definition, log }: Pick<Known, 'definition' | 'log'>,
  room: RoomFace,
  person: number | undefined,
): Promise<Pick<BotInfo, 'rest'>> {
  if (person === undefined || !definition.rest) return {}
  try {
    const rest = rests.parse(await definition.rest({ room: room.name, person }))
    return rest.length > 0 ? { rest } : {}
  } catch (error) {
    log.warn({ err: error }, 'bot could not say what is left')
    return {}
  }
}
