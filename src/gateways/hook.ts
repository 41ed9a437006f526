/** A request that came to a hook, as its sender made it. */
export interface HookRequest {
  /** Whose form it is in, as the address says: `/hooks/<token>/github`. Slack's, if it says nothing. */
  form: HookForm
  /** The body, UTF-8. */
  raw: string
  /** Its media type, without parameters; empty: none. */
  type: string
  /** `''` if there is none. */
  header: (name: string) => string
  /** Discord's `?wait=true`: the sender wants the message back. */
  wait: boolean
}

export const hookForms = ['slack', 'discord', 'github', 'alertmanager'] as const
export type HookForm = (typeof hookForms)[number]

/** What the sender reads. */
export interface HookReply {
  status: number
  /** Words are sent as text/plain, byte for byte; anything else as JSON. */
  body?: string | object
  /** Seconds after which it may be tried again. */
  retryAfter?: number
}

/** What a hook has its bot say. */
export interface HookPost {
  /** Name of one of the bot's rooms; its first one if not given. */
  room?: string
  text: string
  /** The same for the same line, however often it is sent. */
  key: string
  /** Somebody called the bot, and this is its answer: it may speak where it is to be silent otherwise. */
  called?: boolean
}

/**
 * Has a bot say something that answers no line.
 * @returns its number once it is durable; 0: the bot speaks too fast.
 * @throws {ChatError} what the door says, such as `no_such_room`, `cid_conflict`, `overloaded`.
 */
export type Post = (bot: string, post: HookPost) => Promise<number>

/** Has a bot tell one person, if they are in the room. @returns false: the bot speaks too fast. @throws {ChatError} as {@link Post}. */
export type Whisper = (
  bot: string,
  aside: { room: string; to: number; text: string },
) => Promise<boolean>

/** What the server does for gateways. */
export interface Port {
  post: Post
  whisper: Whisper
  /** Where programs on this machine reach the server: `http://127.0.0.1:8088`, with its base path. */
  url: () => string
}

/** A door for programs that only speak: whoever knows its token speaks as its bot. */
export interface Hook {
  /** Never rejects. */
  receive(request: HookRequest): Promise<HookReply>
}
