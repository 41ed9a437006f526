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

/** Whose forms a hook knows. */
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

/** What a sender does with a message that it has sent. */
export interface MessageRequest extends Pick<HookRequest, 'raw' | 'type' | 'header'> {
  act: 'get' | 'edit' | 'delete'
  /** As it was told when the message was sent. */
  id: string
}

/** A door for programs that only speak: whoever knows its token speaks as its bot. */
export interface Hook {
  /** Never rejects. */
  receive(request: HookRequest): Promise<HookReply>
  /** In Discord's form; a hook that does not have it knows no messages. Never rejects. */
  message?(request: MessageRequest): Promise<HookReply>
}
/** Numbers that Discord's clients tell apart (https://discord.com/developers/docs/topics/opcodes-and-status-codes#json). */
const numbered: Readonly<Record<string, readonly [code: number, message: string]>> = {
  no_service: [10_015, 'Unknown Webhook'],
  no_message: [10_008, 'Unknown Message'],
  no_text: [50_006, 'Cannot send an empty message'],
  invalid_payload: [50_109, 'The request body contains invalid JSON.'],
  too_large: [40_005, 'Request entity too large'],
}

/** A refusal as senders of a form read it: Slack's read a word, Discord's an object with a number. */
export function asForm(form: HookForm, reply: HookReply): HookReply {
  const { status, body, retryAfter } = reply
  if (form !== 'discord' || status < 400 || typeof body !== 'string') return reply
  const [code, message] = numbered[body] ?? [0, body]
  if (retryAfter === undefined) return { status, body: { message, code } }
  return { status, retryAfter, body: { message, retry_after: retryAfter, global: false } }
}
