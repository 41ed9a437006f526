import { randomBytes } from 'node:crypto'
import type { BotPost } from '../../bots/port.js'
import type { MessageContext } from '../../plugin.js'
import type { Hook } from '../hook.js'
import { fromSlack } from '../webhook-in/slack.js'
import { readBody } from '../webhook-in/body.js'
import { hookRefusal } from '../webhook-in/hook-refusal.js'
import { isWhisper } from './reply.js'

/** How long, in milliseconds, and how often a `response_url` may be used. */
const OPEN_MS = 30 * 60_000
const USES = 5

/**
 * A slash command in the form that Slack's apps read (https://docs.slack.dev/interactivity/implementing-slash-commands).
 * @param responseUrl Where it may be answered later.
 */
export function slashForm(ctx: MessageContext, responseUrl: string): string {
  const { room, user, trigger, args } = ctx
  return new URLSearchParams({
    token: '',
    team_id: 'chat-room',
    team_domain: 'chat-room',
    channel_id: room.name,
    channel_name: room.name,
    user_id: String(user.id),
    user_name: user.name,
    command: `/${trigger?.command ?? ''}`,
    text: args,
    response_url: responseUrl,
    trigger_id: `${room.name}.${ctx.message.id}`,
    api_app_id: '',
  }).toString()
}

/** Where late answers end up. */
export interface LateAnswers {
  say: (answer: BotPost) => Promise<number>
  whisper: (answer: { room: string; to: number; text: string }) => Promise<boolean>
}

/** A door that is open for half an hour and five answers, for one command. @param now Milliseconds, by a steady clock. */
export function lateAnswer(
  ctx: MessageContext,
  { say, whisper }: LateAnswers,
  now: () => number,
): { token: string; hook: Hook; over: () => boolean } {
  const token = randomBytes(16).toString('base64url')
  const until = now() + OPEN_MS
  const { room, user, trigger } = ctx
  let used = 0
  const over = () => used >= USES || now() > until
  const receive: Hook['receive'] = async ({ raw, type }) => {
    if (over()) return { status: 404, body: 'used_url' }
    used += 1
    try {
      const body = readBody(raw, type)
      const payload = 'text' in body ? body : body.payload
      const { text } = fromSlack(payload)
      const key = `${token}.${used}`
      if (isWhisper(payload, { ...(trigger && { trigger }) }))
        await whisper({ room: room.name, to: user.id, text })
      else if ((await say({ room: room.name, text, key, called: true, patient: true })) === 0)
        return { status: 429, body: 'rate_limited', retryAfter: 1 }
      return { status: 200, body: 'ok' }
    } catch (error) {
      return hookRefusal(error, ctx.log)
    }
  }
  return { token, hook: { receive }, over }
}
