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

/** A door for programs that only speak: whoever knows its token speaks as its bot. */
export interface Hook {
  /** Never rejects. */
  receive(request: HookRequest): Promise<HookReply>
}
