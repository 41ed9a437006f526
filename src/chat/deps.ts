import type { Lang } from '../i18n/index.js'
import type { Clock } from '../clock.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import type { BotInfo, User } from '../protocol.js'
import type {
  EventStore,
  InviteStore,
  PeopleStore,
  PowerStore,
  RoomStore,
  SearchStore,
} from '../store/store.js'
import type { Attention } from './attention/attention.js'
import type { Telling } from './attention/telling.js'
import type { Change } from './change.js'
import type { Connections } from './connections.js'
import type { Doors } from './doors/doors.js'
import type { Commands, Deliver, RoomFace } from './face.js'
import type { PersonLimit } from './limits.js'
import type { Order } from './order/order.js'
import type { Pairs } from './doors/pairs.js'
import type { Policies } from './bots/policies.js'
import type { Rooms } from './rooms.js'

/** How much one person, session or address may ask for; a message's size and how long it can be changed. */
export interface ChatLimits {
  connections_per_ip: number
  connections_per_session: number
  edit_ms: number
  recall_ms: number
  messages_per_minute: number
  burst: number
  joins_per_minute: number
  searches_per_minute: number
  message_chars: number
  upload_bytes: number
}

/** What the steps and handlers of the pipeline work with. */
export interface ChatDeps {
  rooms: Rooms
  order: Order
  roomStore: RoomStore
  events: EventStore
  search: SearchStore
  people: PeopleStore
  invites: InviteStore
  doors: Doors
  pairs: Pairs
  attention: Attention
  telling: Telling
  deliver: Deliver
  change: Change
  commands: Commands
  nickname: (lang: Lang) => Promise<string>
  /** What is told of a room's bots; `inside` to moderators, and what is left for the asker. */
  aboutBots: AboutBots
  policies: Policies
  power: PowerStore
  /** A bot that is here, by id. */
  bot: (id: number) => User | undefined
  /** Has somebody a session that they can come back with? */
  mayReturn: (userId: number) => Promise<boolean>
  connections: Connections
  botRuled: (room: RoomFace, bot: number) => void
  limits: ChatLimits
  /** One bucket a person, whatever its clients speak. */
  messages: PersonLimit
  firstBot: () => User
  clock: Clock
  /** Of lines that the server puts into a timeline. */
  lang: Lang
  meter: Meter
  log: Logger
}

/** What is told of a room's bots to one person. */
export type AboutBots = (
  room: RoomFace,
  who: { inside: boolean; lang: Lang; asker: number },
) => Promise<BotInfo[]>
