import { randomUUID } from 'node:crypto'
import { systemLang, texts, type Lang } from '../../i18n/index.js'
import { definePlugin } from '../../plugin.js'
import type { Registry, ServerSide } from '../gateways.js'
import {
  asForm,
  type HookForm,
  type HookReply,
  type HookRequest,
  type MessageRequest,
} from '../hook.js'
import { isToken } from '../token.js'
import { isSigned } from './github.js'
import { HookError } from './hook-error.js'
import { hookRefusal } from './hook-refusal.js'
import { lineOf } from './line.js'
import { Messages, headed } from './message.js'

interface Settings {
  secret: string | undefined
  names: boolean
  choose: boolean
}

/** One section, at work. */
interface Side {
  bot: string
  settings: Settings
  server: ServerSide
  messages: Messages
  lang: Lang
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
      const bot = host.name
      let opened: Side | undefined
      const side = () => {
        const { lang, server } = registry
        return (opened ??= { bot, settings, server, lang, messages: new Messages(bot, server) })
      }
      const answered = async (form: HookForm, act: () => Promise<HookReply>) =>
        asForm(form, await act().catch((error: unknown) => hookRefusal(error, host.log)))
      registry.add(token, {
        receive: (request) => answered(request.form, () => receive(request, side())),
        message: (request) => answered('discord', () => onMessage(request, side())),
      })
      host.cleanup(() => registry.remove(token))
    },
  })

async function receive(request: HookRequest, side: Side): Promise<HookReply> {
  const { bot, settings, server, messages } = side
  const { names, choose } = settings
  checkSignature(request, settings)
  const { text, as, channel } = await lineOf(request, side.lang)
  const name = names ? as : undefined
  const wanted = choose && channel ? { room: channel } : {}
  const key = request.header('idempotency-key') || randomUUID()
  const seq = await server.port.post(bot, { ...wanted, key, text: headed(text, name) })
  if (seq === 0) return { status: 429, body: 'rate_limited', retryAfter: 1 }
  if (request.form === 'slack' || request.form === 'alertmanager') return YES
  const room = request.wait ? await server.port.room(bot, wanted.room) : undefined
  const event = await room?.bySeq(seq)
  if (request.form !== 'discord' || !room || !event) return { status: 204 }
  return { status: 200, body: await messages.tell({ room, event }, name) }
}

/** What Slack's senders take for a yes: the exact bytes count (Grafana and Alertmanager compare them). */
const YES: HookReply = { status: 200, body: 'ok' }

async function onMessage(request: MessageRequest, side: Side): Promise<HookReply> {
  const { messages, settings, lang } = side
  const { act, id } = request
  checkSignature(request, settings)
  const sent = await messages.find(id)
  if (!sent) return { status: 404, body: 'no_message' }
  if (act === 'get') return { status: 200, body: await messages.tell(sent) }
  if (act === 'delete') {
    await messages.takeBack(sent)
    return { status: 204 }
  }
  const { text } = await lineOf({ ...request, form: 'discord' }, lang)
  await messages.edit(id, sent, text, randomUUID())
  const after = await messages.find(id)
  return after
    ? { status: 200, body: await messages.tell(after) }
    : { status: 404, body: 'no_message' }
}

function checkSignature(
  { raw, header }: Pick<HookRequest, 'raw' | 'header'>,
  { secret }: Settings,
): void {
  if (secret && !isSigned(raw, header('x-hub-signature-256'), secret))
    throw new HookError('bad_signature')
}
