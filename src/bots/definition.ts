import type { BotRoom } from '../chat/face.js'
import type { Lang } from '../i18n/index.js'
import type { BotRest, BotTool, Hear, Middleware, PluginLog } from '../plugin.js'
import type { Command, Match, Wakes } from './hearing/wakes.js'

/** A bot as the plugins define it. */
export interface BotDefinition {
  name: string
  aliases: readonly string[]
  /** Rooms it is a member of; none named: all. */
  rooms: readonly string[]
  /** Decides it instead of `rooms`. */
  belongs?: (room: BotRoom) => boolean
  hear: Hear
  /** What wakes it, instead of `hear`. */
  triggers?: Wakes
  /** Whether one of the triggers' expressions matches a text; where the plugin runs, for they may be slow. */
  matches?: (text: string) => Promise<Match | undefined>
  hearBots: boolean
  /** How long one answer may take, in milliseconds; while it streams, how long it may pause. */
  timeout: number
  chain: readonly Middleware[]
  log: PluginLog
  /** Addresses or hosts that it tells what it hears; absent: its code decides, and nobody knows. */
  leaves?: readonly string[]
  /** Where it has tools from. */
  tools?: readonly BotTool[]
  /** Its answers grow while they are written. */
  streams?: boolean
  /** What is left for somebody in a room, where it answers only so much. */
  rest?: (asker: { room: string; person: number }) => Promise<readonly BotRest[]>
  /** The commands that it answers, as people find them. */
  menu?: readonly Command[]
  /** What it can do, another bot does instead that has the same command. */
  yields?: boolean
  /** Its host lets it mute people and take their lines back. */
  moderates?: boolean
  /** Whether there is somebody to answer: its plugin may be gone. */
  up?: () => boolean
  /** Why there is not, in a sentence for who runs the server. */
  trouble?: (lang: Lang) => string | undefined
  /** How long it takes no turn, in milliseconds: it took much of the processor. */
  wait?: () => number
}
