import { randomUUID } from 'node:crypto'
import { ChatError } from '../../errors.js'
import { systemLang, texts, type Lang } from '../../i18n/index.js'
import { definePlugin } from '../../plugin.js'
import type { BotPost } from '../../bots/port.js'
import type { Registry } from '../gateways.js'
import type { HookReply, HookRequest } from '../hook.js'
import { isToken } from '../token.js'
import { fromAlertmanager } from './alertmanager.js'
import { readBody } from './body.js'
import { fromDiscord } from './discord.js'
import { fromGithub, isSigned } from './github.js'
import { HookError } from './hook-error.js'
import { fromSlack, type HookLine } from './slack.js'

interface Settings {
  secret: string | undefined
  names: boolean
  choose: boolean
}

/** Takes what programs send to `/hooks/<token>` and has the section's bot say it. The bot hears nothing. */
export const webhookIn = (registry: Registry) =>
  definePlugin({
    name: 'webhook-in',
    api: 1,
    config: {
      token: {
        type: 'secret',
        required: true,
        help: 'Whoever sends to /hooks/<token> speaks here',
      },
      secret: { type: 'secret', help: 'What GitHub signs with: then nothing else is taken' },
      names: {
        type: 'bool',
        default: true,
        help: 'Whether a sender’s own name stands above its line',
      },
      choose: { type: 'bool', default: false, help: 'Whether a sender may choose among the rooms' },
    },
    setup(host, { token, ...settings }) {
      if (!isToken(token)) throw new Error(texts[systemLang()].hooks.badToken)
      host.bot(() => undefined, { triggers: { mention: false }, leaves: [] })
      registry.add(token, {
        receive: (request) =>
          receive(request, settings, registry.lang, (post) =>
            registry.server.port.post(host.name, post),
          ).catch((error: unknown) => refusal(error, (what) => host.log.error(what))),
      })
      host.cleanup(() => registry.remove(token))
    },
  })

async function receive(
  request: HookRequest,
  { secret, names, choose }: Settings,
  lang: Lang,
  post: (post: BotPost) => Promise<number>,
): Promise<HookReply> {
  const signature = request.header('x-hub-signature-256')
  if (secret && !isSigned(request.raw, signature, secret)) throw new HookError('bad_signature')
  const { text, as, channel } = lineOf(request, lang)
  const key = request.header('idempotency-key') || randomUUID()
  const room = choose && channel ? { room: channel } : {}
  const seq = await post({ ...room, key, text: names && as ? `**${as}**\n${text}` : text })
  if (seq === 0) return { status: 429, body: 'rate_limited', retryAfter: 1 }
  return accepted(request, { id: String(seq), channel_id: channel ?? '', content: text })
}

/** What each form's senders take for a yes: the exact bytes count (Grafana and Alertmanager compare them). */
function accepted({ form, wait }: HookRequest, message: object): HookReply {
  if (form === 'slack' || form === 'alertmanager') return { status: 200, body: 'ok' }
  return form === 'discord' && wait ? { status: 200, body: message } : { status: 204 }
}

function lineOf({ form, raw, type, header }: HookRequest, lang: Lang): HookLine {
  const body = readBody(raw, type)
  if ('text' in body) return body
  const { payload } = body
  switch (form) {
    case 'discord':
      return fromDiscord(payload)
    case 'github':
      return fromGithub(header('x-github-event') || 'event', payload, lang)
    case 'alertmanager':
      return fromAlertmanager(payload, lang)
    default:
      return fromSlack(payload)
  }
}

/** Nothing of the room is in it: who sends may be anybody who found the token. */
function refusal(error: unknown, log: (what: string) => void): HookReply {
  if (error instanceof HookError) return { status: error.status, body: error.fault }
  if (!(error instanceof ChatError)) {
    log('a hook failed')
    return { status: 500, body: 'internal_error' }
  }
  if (error.code === 'no_such_room') return { status: 404, body: 'channel_not_found' }
  if (error.code === 'cid_conflict') return { status: 409, body: 'idempotency_conflict' }
  const { retryAfterMs, why } = error.details
  if (error.code === 'denied')
    return { status: 403, body: why === 'archived' ? 'channel_is_archived' : 'action_prohibited' }
  if (retryAfterMs === undefined) return { status: 403, body: error.code }
  return { status: 503, body: error.code, retryAfter: Math.ceil(retryAfterMs / 1_000) }
}
