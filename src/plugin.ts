/**
 * The plugin contract: what a plugin or a bot may see and do. Plugins import this file and nothing else of
 * the server. Code before `await next()` may change or reject a message; code after it sees it delivered.
 */

export type Next = () => Promise<void>
export type Middleware = (ctx: MessageContext, next: Next) => unknown
/** How a bot answers: it always knows what woke it. A `Middleware` is one as well. */
export type Bot = (ctx: BotContext, next: Next) => unknown

export interface Member {
  readonly id: number
  readonly name: string
  readonly kind: 'person' | 'bot'
}

export interface Message {
  /** Its number in the room; 0 before it is delivered. */
  readonly id: number
  /** Server time in milliseconds since 1970 UTC; 0 before it is delivered. */
  readonly at: number
  /** 0 on a person's message; cause's hop + 1 on a bot's. */
  readonly hop: number
  /** The event's `data`. A room middleware may change it before `next()`; a bot sees a frozen copy. */
  text: string
  readonly replyTo?: number
  /** Number of the message that is edited: `text` is to take the place of its text. Absent on a new message. */
  readonly edits?: number
  readonly mentions: readonly number[]
}

export interface RoomView {
  readonly name: string
  /** As who spoke reads it above the room. */
  readonly title: string
  /** Who is in the room now, bots first. */
  members(): readonly Member[] | Promise<readonly Member[]>
  /** The last `count` (at most 200) lines before now, oldest first. */
  history(count: number): Promise<readonly { user: Member; text: string; id: number; at: number }[]>
}

export interface MessageContext {
  readonly room: RoomView
  readonly user: Member
  readonly message: Message
  /** Set inside a bot's own chain: its identity. */
  readonly bot?: Member
  /** Set inside a bot's own chain: what woke it. */
  readonly trigger?: Trigger
  /** What stands behind a command: `2d6` of `/roll 2d6`. Otherwise empty. */
  readonly args: string
  /** Language of the person who spoke: `zh-CN` or `en`. */
  readonly lang: 'zh-CN' | 'en'
  /** Aborts when the own time is used up, the plugin is stopped or the server closes. */
  readonly signal: AbortSignal
  /** Like Koa's `ctx.state`: one per message, shared along the chain. */
  readonly state: Record<string, unknown>
  readonly log: PluginLog
  /** What it keeps in this room, also over a restart. */
  readonly store: BotValues
  /**
   * Says something in the room, as this bot (a room's plugin: as a bot named after its section). Resolves
   * once it is durable. In a room one message a second, five at once: a bot's next one waits (twenty may), a
   * plugin's is dropped.
   * To be called before the middleware ends; later it may reject.
   * @returns its number; 0 of a whisper, and of what was dropped.
   */
  reply(text: string, options?: ReplyOptions): Promise<number>
  /** Puts another text in place of a line of its own. @throws when it is none. Counts like a reply. */
  edit(id: number, text: string, options?: EditOptions): Promise<void>
  /** How a card of its own stands. @throws when the line is none of its own, or has no card. */
  answers(id: number): Promise<Answers>
  /**
   * Counts an answer of who spoke to a card of its own, for those whose client shows no cards: `/vote 2`.
   * @param choices Ids.
   * @throws when it does not count: `closed`, `expired`, `no_such_choice`.
   */
  answer(id: number, choices: readonly string[]): Promise<void>
  /** Takes a line of its own back; with `moderates = yes` in its section, anybody's. @throws when it may not. */
  recall(id: number): Promise<void>
  /**
   * Lets who spoke read but not speak for a while, in this room. Needs `moderates = yes` in its section.
   * @param ms One second to 30 days, in milliseconds.
   * @returns whether it holds: not of bots, nor of who has a role here.
   */
  mute(ms: number): Promise<boolean>
  /** Shows that it writes, for some seconds. */
  typing(): void
  /**
   * Tells the room, in a grey line of the server's, which tools it uses for this answer (`used`), or has to do
   * without (`missed`). Counts like a reply.
   * @param names As people know them: at most eight, of 64 characters each.
   */
  tools(what: 'used' | 'missed', names: readonly string[]): Promise<void>
  /**
   * Says something that grows before everybody's eyes, such as the answer of a model. It is one message,
   * stored once, when it ends; counts like a reply.
   */
  stream(): Draft
  /**
   * Something went wrong that the room need not see, or has been told: kept for the host, in the log and
   * beside the bot. An error that a bot throws is kept as well, under its `kind` if it has one; five in a
   * row, and the bot rests a minute.
   * @param kind A word such as `timeout`; never a text, an address or a key.
   */
  failed(kind: string, details?: object): void
  /** Do not deliver; only the sender sees why. */
  reject(sentence: string): never
}

/** What a bot gets, in its own chain. */
export interface BotContext extends MessageContext {
  readonly bot: Member
  readonly trigger: Trigger
}

/**
 * Values by key, of one bot in one room: anything that JSON has, 16 KiB each, at most 1000 of them and 256 KiB
 * together. A key has 1 to 128 characters.
 */
export interface BotValues {
  get<T = unknown>(key: string): Promise<T | undefined>
  /** @throws {RangeError} when it does not fit. */
  set(key: string, value: unknown): Promise<void>
  /** Whether there was something. */
  delete(key: string): Promise<boolean>
  /** Those whose key begins so, in the order of their keys. */
  list<T = unknown>(prefix?: string): Promise<readonly { key: string; value: T }[]>
}

export interface ReplyOptions {
  /** Only who spoke gets it, and only if they are there now; it is kept nowhere. */
  whisper?: boolean
  /** Above it stands what it answers. */
  quote?: boolean
  /** Choices under the line. The text says everything as well: not every client shows cards. */
  card?: CardOptions
}

/** A line of a short form. `id`: 1 to 32 of `a-z A-Z 0-9 . _ -`. `label`: at most 80 characters. */
export type FormField = {
  readonly id: string
  readonly label: string
  /** It may stay empty; then its value is not there. */
  readonly optional?: boolean
} & (
  | {
      readonly type: 'text'
      /** Characters; 200 if not given, at most 500. */ readonly max?: number
    }
  | {
      readonly type: 'number'
      readonly min?: number
      readonly max?: number
      readonly whole?: boolean
    }
  | {
      readonly type: 'choice'
      /** 2 to 10. */
      readonly options: readonly { readonly id: string; readonly label: string }[]
    }
)

/** What somebody wrote into a form, by id of the field; of a choice the id of the option. */
export type FormValues = Readonly<Record<string, string | number>>

/** Choices that people answer by a press, or a short form: one of the two. */
export interface CardOptions {
  /** At most 10. `id`: 1 to 32 of `a-z A-Z 0-9 . _ -`. `label`: at most 80 characters. */
  choices?: readonly { readonly id: string; readonly label: string }[]
  /** At most 6. The server holds what is written against them; only the bot gets it. */
  fields?: readonly FormField[]
  /** Words of a form's button; `OK` if not given. */
  submit?: string
  /** Any number of them may be chosen; otherwise one. */
  many?: boolean
  /**
   * `everybody` (if not given): each person has an answer, and may change it until the card closes.
   * `first`: the first answer closes it.
   */
  once?: 'everybody' | 'first'
  /** When it closes by itself, such as `Date.now() + 60_000`; at most 30 days ahead. */
  until?: number
}

/** How a card stands. */
export interface Answers {
  /** Whether it still takes answers. */
  readonly open: boolean
  /** How many people have answered. */
  readonly people: number
  readonly choices: readonly {
    readonly id: string
    readonly label: string
    readonly count: number
  }[]
  /** Of a form: what everybody wrote, the first first; at most 1000. */
  readonly forms?: readonly { readonly user: Member; readonly values: FormValues }[]
}

export interface EditOptions {
  /** Nobody can answer its card any more; it still shows how it ended. */
  closed?: true
  /** Its card goes. */
  card?: null
}

/** How a draft ends: whole, at a limit, stopped, or by a failure. Shown with its message. */
export type DraftEnd = 'done' | 'cut' | 'cancelled' | 'error'

/** An answer while it is written. What is written after its end goes nowhere. */
export interface Draft {
  /**
   * Aborts when it is over, whoever ended it: the asker may stop it, it is cut where a message would be too
   * long, and the server ends it when it closes or when nothing was written for the bot's time.
   */
  readonly signal: AbortSignal
  write(delta: string): void
  /** Another text instead of all that was written. */
  replace(text: string): void
  /**
   * Resolves once it is durable; without text nothing is left. What is left open ends with its middleware.
   * @param reason `done` if not given.
   */
  end(reason?: DraftEnd): Promise<void>
}

export interface PluginLog {
  debug(message: string, details?: object): void
  info(message: string, details?: object): void
  warn(message: string, details?: object): void
  error(message: string, details?: object): void
}

export type Hear = 'auto' | 'mention' | 'command' | 'all'

/** What wakes a bot. Of several that fit a line the first of this list counts: a line wakes it once. */
export interface Triggers {
  /** Lines that begin with one of these commands, `/roll 2d6`. They stand in the menu that `/` opens. */
  command?: OneOrMore<string | CommandWords>
  /** Lines that hold one of these words, whatever their case and width. */
  keyword?: OneOrMore<string>
  /** It is called: by its name or an alias, or by an answer to a line of its own. */
  mention?: boolean
  /** Lines that match; looked for in their first 1000 characters. */
  regex?: OneOrMore<RegExp>
  /** Every line. */
  all?: boolean
  /** Any other line with this chance: 0.05 is one in twenty. */
  chance?: number
  /** A person comes into the room, or left it; who it is is `ctx.user`, and there is no text. */
  join?: boolean
  left?: boolean
  /** Somebody answers a card of its own: `ctx.trigger.choices`, who it is is `ctx.user`, and there is no text. */
  answer?: boolean
  /**
   * Again and again, in every room where somebody is, or where the bot has stored something: `'10m'`, or
   * milliseconds; ten seconds at least. `ctx.user` is the bot itself.
   */
  timer?: string | number
}

export type OneOrMore<T> = T | readonly T[]

/** A sentence for people, in one language or in both. */
export type Words = string | Readonly<Record<'zh-CN' | 'en', string>>

/** A command as people find it in the menu. */
export interface CommandWords {
  /** Without the slash: 1 to 32 letters, digits, `_` or `-`. */
  name: string
  /** Other names, such as one in another language. */
  aliases?: readonly string[]
  help?: Words
}

/** What woke a bot; its `kind` says what else there is. */
export type Trigger =
  /** By its own name, in lower case, also when it was called by another one. */
  | Woken<{ kind: 'command'; command: string }>
  /** The match, and its groups behind it. */
  | Woken<{ kind: 'regex'; match: readonly (string | undefined)[] }>
  /**
   * Ids of what is chosen now, and the number of the line with the card. Of a form: what was written, right by the
   * card's fields.
   */
  | Woken<{ kind: 'answer'; choices: readonly string[]; card: number; form?: FormValues }>
  /** `all` also of a bot without triggers that hears a line nobody called it by. */
  | Woken<{ kind: Exclude<keyof Triggers, 'command' | 'regex' | 'answer'> }>

/** What does not come with its kind is undefined, so that it may be asked for first. */
type Woken<T> = Readonly<T> & {
  readonly [
    Other in Exclude<'command' | 'match' | 'choices' | 'card' | 'form', keyof T>
  ]?: undefined
}

export interface BotOptions {
  /** What wakes it; instead of `hear`, which then is only what people are told of it. */
  triggers?: Triggers
  /** How it hears without triggers: `auto` is all while one person is there, and when called otherwise. */
  hear?: Hear
  /** Whether it hears other bots as well. */
  hearBots?: boolean
  /** How long one answer may take, in milliseconds; default 30 s. */
  timeout?: number
  /** Other names that it is called by. */
  aliases?: readonly string[]
  /**
   * Addresses or hosts that it tells what it hears, shown to the room: public hosts by their name. None:
   * nothing leaves the server. Not given: the room reads that its code decides. `?` stands for a program that it
   * asks, of which nobody knows.
   */
  leaves?: readonly string[]
  /** What it asks besides, and shows the room as its tools. */
  tools?: readonly BotTool[]
  /** It answers by `ctx.stream`. */
  streams?: boolean
  /**
   * What is left for a person in a room, where it answers only so much: they read it on its card. Asked while they look, so it
   * must know at once: after half a second they read nothing of it.
   */
  rest?: (asker: { room: string; person: number }) => readonly BotRest[]
  /** Commands that it finds in what it hears by itself; those of triggers and `host.command` are known. */
  commands?: OneOrMore<string | CommandWords>
}

/** Where a bot has tools from. */
export interface BotTool {
  /** As its host calls it. */
  readonly name: string
  /** Its address; none: a program on this machine, which may send on what it gets. */
  readonly url?: string
}

/** How much there is, and how much of it is left, in this minute or day. */
export interface BotRest {
  /** Whose: the person's, the room's, or everybody's. */
  of: 'person' | 'room' | 'all'
  what: 'answers' | 'tokens'
  in: 'minute' | 'day'
  left: number
  limit: number
}

/** One key of a plugin's section in config.ini. */
export interface Field {
  type: 'string' | 'text' | 'int' | 'bool' | 'duration' | 'list' | 'enum' | 'secret' | 'url'
  default?: unknown
  required?: boolean
  values?: readonly string[]
  min?: number
  max?: number
  /** A `string` or `list` of files: relative ones are made absolute from the folder of config.ini. */
  path?: boolean
  help: string
}

type ValueOf<F extends Field> = F['type'] extends 'int' | 'duration'
  ? number
  : F['type'] extends 'bool'
    ? boolean
    : F['type'] extends 'list'
      ? string[]
      : string
export type ConfigOf<S extends Record<string, Field>> = {
  readonly [K in keyof S]: S[K] extends { default: unknown } | { required: true }
    ? ValueOf<S[K]>
    : ValueOf<S[K]> | undefined
}

/** Makes a nickname; `lang` is the visitor's language, `taken` says whether a candidate is held. */
export type NicknameGenerator = (ask: {
  lang: 'zh-CN' | 'en'
  taken: (name: string) => boolean
}) => string | Promise<string>

export interface PluginHost {
  /** The section's name: `[bot:小小鸟]` → `小小鸟`. */
  readonly name: string
  readonly log: PluginLog
  readonly signal: AbortSignal
  /** Every message in every room the section allows. `timeout`: own time in ms, without that of `next()`; default 2 s. */
  use(middleware: Middleware, options?: { timeout?: number }): void
  /** A member of its own. Its chain runs after delivery, in a task of its own. */
  bot(middleware: Bot, options?: BotOptions): void
  /** `/name …`: answered instead of delivered. What `run` returns is shown to the sender alone. */
  command(
    name: string,
    run: (ctx: MessageContext, args: string) => unknown,
    options?: Omit<CommandWords, 'name'>,
  ): void
  nickname(generate: NicknameGenerator): void
  /** Everything registered here is undone when the plugin stops, last first. */
  cleanup(undo: () => unknown): void
}

export interface Plugin<S extends Record<string, Field> = Record<string, Field>> {
  name: string
  api: 1
  config?: S
  setup(host: PluginHost, config: ConfigOf<S>): unknown
}

export const definePlugin = <const S extends Record<string, Field>>(plugin: Plugin<S>): Plugin<S> =>
  plugin
