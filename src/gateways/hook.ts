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
}

/**
 * Has a bot say something that answers no line.
 * @returns its number once it is durable; 0: the bot speaks too fast.
 * @throws {ChatError} what the door says, such as `no_such_room`, `cid_conflict`, `overloaded`.
 */
export type Post = (bot: string, post: HookPost) => Promise<number>

/** A door for programs that only speak: whoever knows its token speaks as its bot. */
export interface Hook {
  /** Never rejects. */
  receive(request: HookRequest): Promise<HookReply>
}
