import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Lang } from '../i18n/index.js'
import type { LineMode } from './lines/dialect.js'
import type {
  BotPolicy,
  Card,
  Ended,
  FormValues,
  Level,
  Note,
  NumberedEvent,
  RoomKind,
  Scope,
  User,
} from '../protocol.js'

/**
 * The chat's public face: what the web, the bots, the plugins and the gateways may rely on. Other files of src/chat/ are
 * for who puts it together (house.ts, server.ts) and for the command line's hands (src/control/) alone.
 */

/** A grey line in the timeline. */
export interface Notice {
  user: User
  cid: string
  data: string
  /** The same, for clients to word themselves. */
  notes: readonly Note[]
  /** What was typed to bring it about, if that is not its text. */
  received?: string
}

/** A text that is to grow in a room. */
export interface StreamOpening {
  /** cid of the message that it becomes. */
  stream: string
  user: User
  /** Number of the person's message that it descends from: its author may stop it. */
  cause?: number
  /** Called when somebody wants it to end; resolves when it is stored or dropped. Never rejects. */
  stop: () => Promise<void>
}

/** A text as it grows. A durable message with its cid takes its place and ends it. */
export interface Growing {
  /** The whole text as it is now. */
  show(text: string): void
  /** It ends and leaves no message; after its end this does nothing. */
  drop(ended: Ended): void
}

/** What decides which bots are in a room. */
export interface BotRoom {
  readonly name: string
  /** Ids of the two in a room of two: of bots, only the one that is meant is in it. */
  readonly two?: readonly number[] | undefined
  /** The room in which bots are tried: all of them are in it. */
  readonly sandbox?: boolean
  /** Not everybody finds it and comes in. */
  readonly guarded?: boolean
  /** Id of who made it; null: the server. */
  readonly madeBy?: number | null
}

/** A room as others see it. */
export interface RoomFace extends BotRoom {
  /** Its row in the store. */
  readonly id: number
  readonly title: string
  /** Who is in it now, bots first. */
  members(): User[]
  /** How many people (not bots) are in it now. */
  people(): number
  /** Is somebody alone here? The same, and more than one if others belong to it who are in another room or on the way back. */
  company(): number
  /** The last timeline items, oldest first, at most 200. */
  history(count: number): Promise<NumberedEvent[]>
  /** Puts a grey line into the timeline, numbered and durable like any other event. */
  notice(notice: Notice): Promise<Delivered>
  /** Ids of the people and bots of the room that a text of somebody calls by `@name`. */
  calls(text: string, by: User): readonly number[]
  /** One event by number, in present form. */
  bySeq(seq: number): Promise<NumberedEvent | undefined>
  /** What people wrote into the form of a card, for its bot alone; the first first. */
  forms?(message: number): Promise<{ user: User; values: FormValues }[]>
  /** Tells one person, where they are in this room, and nobody else; what nobody gets is kept nowhere. */
  whisper(to: number, aside: { user: User; data: string; cause: number }): void
  /** Shows that somebody writes. */
  typing(user: User): void
  /** Shows a text while it is written. @throws {ChatError} `draining` when the server closes. */
  stream(opening: StreamOpening): Growing
}

/** What somebody, person or bot, wants to say in a room. */
export interface Say {
  room: RoomFace
  user: User
  cid: string
  /** As received: checked and put into NFC behind the door. */
  data: string
  /** In which language a refusal of a plugin, or an answer, should be. */
  lang: Lang
  reply_to?: number
  /** Number of the message whose text this is from now on: it is an edit, and no message of its own. */
  edits?: number
  cause?: number
  hop?: number
  /** Choices under it; null with an edit: it has none any more. */
  card?: Card | null
  /** With an edit: nobody can answer its card any more. */
  closes?: true
  /** It was shown while it grew, under its cid; this is how it ended. */
  ended?: Ended
  /** Called as soon as the line has its place in the journal: what comes after it may start. */
  queued?: () => void
}

export interface Delivered {
  seq: number
  at: number
  /** The same cid was stored before; this is that event. */
  dup: boolean
  /** Nothing was to change and nothing was stored: `seq` is the message that was to be edited. */
  unchanged?: true
}

/**
 * The only door into a room, for every author.
 * @throws {ChatError} with a nack code; nothing was stored, but for `unknown`.
 */
export type Deliver = (say: Say) => Promise<Delivered>

/**
 * Takes a message back. Whether it may be is for the caller to know.
 * @throws {ChatError} what the journal says.
 */
export type Recall = (what: {
  room: RoomFace
  user: User
  cid: string
  message: number
  lang: Lang
}) => Promise<void>

/**
 * An answer to a card in the name of a person who gave it by other means, such as a command.
 * @throws {ChatError} what the journal says.
 */
export type AnswerFor = (what: {
  room: RoomFace
  user: User
  cid: string
  message: number
  choices: readonly string[]
  lang: Lang
}) => Promise<void>

/**
 * Lets a person read but not speak in a room for a while; the audit log says who did it.
 * @returns whether it holds: not of who has a role there.
 */
export type Silence = (what: {
  room: RoomFace
  by: User
  userId: number
  ms: number
}) => Promise<boolean>

/** A person came into a room, or left it. Must return at once. */
export type Moved = (how: 'join' | 'left', user: User, room: RoomFace, lang: Lang) => void

/** The plugins around a message, in the order of their sections. The composition root hands them in. */
export interface RoomChain {
  /** No plugin wants messages: saying goes straight to the journal. */
  readonly empty: boolean
  /**
   * @param store Called at most once, with the text that the plugins left; resolves when it is durable.
   * @throws {ChatError} `denied` with the sentence of the plugin that rejected it.
   */
  run(say: Say, store: (text: string) => Promise<Delivered>): Promise<Delivered>
}

/** `/name args`, typed in a room. */
export interface CommandCall {
  room: RoomFace
  user: User
  /** Of the frame, for the event that the command makes, if it makes one. */
  cid: string
  /** The whole line, as received. */
  line: string
  args: string
  lang: Lang
}

/**
 * A command is answered instead of delivered. It resolves with the event that it made, or with what its
 * sender alone is shown, or with nothing.
 * @throws {ChatError} the line goes back to its sender with the reason.
 */
export type Command = (call: CommandCall) => Promise<Delivered | string | undefined>

/** A command as people find it. */
export interface CommandWords {
  /** Without the slash, in lower case. */
  name: string
  aliases: readonly string[]
  help?: string | Readonly<Record<Lang, string>>
  /** Name of the bot that answers it. */
  bot?: string
}

/** How a bot is in a room; `all`: it hears every line there, as in a room of two. */
export type BotMode = 'on' | 'all' | 'off' | 'absent'

/** How a bot is in a room, by its name. */
export type ModeOf = (bot: string) => BotMode

/** A command that is answered at once, and by which bot, if it is one's. */
export interface CommandFound {
  command: Command
  bot?: string
}

/** The commands there are now: a bot's where it is, others where their host wants them. */
export interface Commands {
  /** @param name Without the slash, in lower case. */
  get(name: string, room: string, modeOf: ModeOf): CommandFound | undefined
  /** Those that can be called in a room, also those that bots hear as lines; each with the names under which just this one answers. */
  list(room: string, modeOf: ModeOf): readonly CommandWords[]
}

/** Why a bot does not hear somebody: it is turned off, or is for moderators alone. */
export type Unheard = 'off' | 'forModerators'

/** What the moderators of a room let a bot do there, now. */
export interface BotRules {
  modeOf(room: { id: number }, bot: number): BotPolicy['mode']
  /** Why it does not hear somebody; undefined: it does. */
  refusal(room: { id: number }, bot: number, by: User): Unheard | undefined
}

/** What the bots are told after a line is durable. Must return at once: nobody waits for a bot. */
export type Heard = (event: NumberedEvent, room: RoomFace, lang: Lang) => void

/** Who stands behind a connection: the user of a session that was valid a moment ago. */
export interface Visitor {
  user: User
  /** Hash of the session's sid; sign-out closes the sockets by it. */
  sidHash: string
  /** Hash of the id of the browser that the session began in. */
  device?: string
  /** It came by a bot's token. */
  grant?: Grant
}

/** What a token lets its bot do, and where. */
export interface Grant {
  readonly scopes: ReadonlySet<Scope>
  /** Names; none: every room that is open to all. */
  readonly rooms: readonly string[]
}

/** What is asked for by who has no connection, but a token. */
export interface Question {
  visitor: Visitor
  lang: Lang
  address: string
  /** Under which others reach this server, for links. */
  origin: () => string
  /** A frame of the protocol, unchecked. */
  frame: Readonly<Record<string, unknown>>
}

/** The answer to it: `ack`, `joined` or `nack`, as a connection would get it. Undefined: it failed, and the log says why. */
export type Ask = (question: Question) => Promise<Readonly<Record<string, unknown>> | undefined>

/** A room as a page shows it. `knock`, `waits`, `away`: its door, as long as no moderator has let the visitor in. */
export interface SeenRoom {
  /** `none`: absent or forbidden, nobody is told which, and this visitor may make rooms. */
  access: 'in' | 'knock' | 'waits' | 'away' | 'none'
  name: string
  /** As this visitor calls it. */
  title: string
  /** Of a room of two: the other one. */
  peer?: User
}

/** A room in the list beside the talk. */
export interface OfferedRoom {
  name: string
  title: string
  kind: RoomKind
  /** It has a passcode. */
  locked?: true
  /** Newcomers wait for a moderator. */
  approval?: true
  archived?: true
  /** Absent: the visitor does not belong to it. */
  level?: Level
  /** `at` of its last event. */
  last: number
}

/** What came of a passcode: the door is open (a moderator may still have to let them in), or not, or too many were tried. */
export type Unlocked = 'open' | 'closed' | { waitS: number }

/** Who opens a page. */
export interface PageCaller {
  visitor: Visitor
  address: string
  lang: Lang
}

export interface Invitation {
  /** The room's title. */
  room: string
  /** Who made it; absent: the command line. */
  by?: string
}

/** The rooms, for the pages. */
export interface Visits {
  /** Undefined, or `none`, for an absent room and for a forbidden one, after the same questions to the store. */
  room(name: string, caller: PageCaller): Promise<SeenRoom | undefined>
  unlock(name: string, caller: PageCaller, passcode: string): Promise<Unlocked>
  /** For how long a visitor is banned from the lobby, in milliseconds; 0: they are not. */
  keptOutMs(caller: PageCaller): number
  /** Makes a room, where the name is free. @returns why it was not made, in the visitor's language. */
  make(name: string, caller: PageCaller): Promise<string | undefined>
  /** Asks to be let in, where there is a door to knock at. */
  knock(name: string, caller: PageCaller): Promise<void>
  /** Lets somebody in who shows an invite's token. @returns the room's name; undefined: it opens nothing. */
  invited(token: string, caller: PageCaller): Promise<string | undefined>
  /** What its holder may know of an invite before they sign in; undefined: it opens nothing. */
  invitation(token: string, lang: Lang): Promise<Invitation | undefined>
  /** The rooms that a visitor may see, their own first. */
  list(caller: PageCaller): Promise<readonly OfferedRoom[]>
}

/** The answer before 101: one sentence, no more. */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 421 | 426 | 429 | 503
  sentence: string
  retryAfterS?: number
}

export interface Admission {
  /** Absent: not signed in; the socket is accepted and closed with 4001, so that a browser can tell. */
  visitor?: Visitor
  mode: 'v1' | LineMode
  lang: Lang
  /** The caller's address; behind a trusted proxy the one it forwards. */
  address: string
  /** Under which others reach this server, for links: `http://192.168.1.5:8088`, with the base path. */
  origin: () => string
  /** Of a guest: to be called when the visit is over, also if it was refused. Never rejects. */
  over?: () => Promise<void>
  /** Of a guest: their page asked to be told when they may not speak, and why. */
  asksState?: true
}

/** Decides on an upgrade request: path, Host, Origin, rates, subprotocol, session. */
export type Gate = (request: IncomingMessage) => Promise<Refusal | Admission>

/** Decides on an upgrade request for another WebSocket than the chat's, which a program elsewhere opens: rates. */
export type ProgramGate = (request: IncomingMessage) => Promise<Refusal | { address: string }>

/** WebSockets that are not the chat's. */
export interface Programs {
  /** Whether a request is for one of them. */
  isFor: (request: IncomingMessage) => boolean
  gate: ProgramGate
  /** Takes it over. @param refused Called if its token opens nothing. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, refused: () => void) => void
}
