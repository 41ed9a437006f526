import { systemLang, texts } from '../../i18n/index.js'
import { definePlugin, type MessageContext } from '../../plugin.js'
import type { BotPost } from '../../bots/port.js'
import type { Registry } from '../gateways.js'
import { deliver, DeliveryError, longest } from './deliver.js'
import { lineEvent } from './event.js'
import { sayAnswer } from './reply.js'
import { signature, slackSignature } from './sign.js'
import { lateAnswer, slashForm } from './slash.js'

/** Beside the tries: for what is answered to be said, in milliseconds. */
const SPARE_MS = 60_000

/**
 * Sends what is for the bot to a program elsewhere, whose answer the bot says. What is sent is signed, sent again if it
 * was not answered, and told to the bot's log.
 */
export const webhookOut = (registry: Registry) =>
  definePlugin({
    name: 'webhook-out',
    api: 1,
    config: {
      url: { type: 'url', required: true, help: 'Where lines for the bot are sent' },
      secret: { type: 'secret', default: '', help: 'What they are signed with; empty: not at all' },
      timeout: { type: 'duration', default: 7_000, min: 1, help: 'How long one try may take' },
      commands: {
        type: 'list',
        default: [],
        help: 'Slash commands of its own, sent as Slack does',
      },
      own_url: { type: 'url', help: 'Where that program reaches this server, to answer later' },
      alias: { type: 'list', default: [], help: 'Other names it answers to' },
    },
    setup(host, { url, secret, timeout, commands, own_url, alias }) {
      const { protocol, username, password } = new URL(url)
      if (!/^https?:$/.test(protocol) || username + password !== '')
        throw new Error(texts[systemLang()].hooks.badUrl)
      const names = [host.name, ...alias]
      const signing = { secret, at: () => Math.floor(registry.clock.now() / 1_000) }
      const late = {
        say: (line: BotPost) => registry.server.port.post(host.name, line),
        whisper: (line: { room: string; to: number; text: string }) =>
          registry.server.port.whisper(host.name, line),
      }

      const bodyOf = (ctx: MessageContext) => {
        if (ctx.trigger?.kind !== 'command') return jsonOf(ctx, names, signing)
        const answer = lateAnswer(ctx, late, registry.clock.steady)
        registry.lend(answer.token, answer.hook, answer.over)
        const url = `${own_url ?? registry.server.url()}/hooks/${answer.token}`
        return formOf(slashForm(ctx, url), signing)
      }
      host.bot(
        async (ctx) => {
          const { signal, log } = ctx
          ctx.typing()
          try {
            await sayAnswer(ctx, await deliver({ url, timeout, signal, log, ...bodyOf(ctx) }))
          } catch (error) {
            if (!(error instanceof DeliveryError)) throw error
            ctx.failed(error.kind)
            await ctx.reply(texts[ctx.lang].hooks.noAnswer, { whisper: true })
          }
        },
        {
          triggers: { mention: true, ...(commands.length > 0 && { command: commands }) },
          aliases: alias,
          leaves: [url],
          timeout: longest(timeout) + SPARE_MS,
          streams: true,
        },
      )
    },
  })

interface Signing {
  secret: string
  /** Seconds since 1970 UTC. */
  at: () => number
}

function jsonOf(ctx: MessageContext, names: readonly string[], { secret, at }: Signing) {
  const event = lineEvent(ctx, names)
  const body = JSON.stringify(event)
  const id = `${event.room.name}.${event.message.id}.${event.bot.id}`
  const headers = () => ({
    'content-type': 'application/json',
    ...signature({ id: encodeURIComponent(id), at: at(), body }, secret),
  })
  return { body, headers }
}

function formOf(body: string, { secret, at }: Signing) {
  const headers = () => ({
    'content-type': 'application/x-www-form-urlencoded',
    ...slackSignature({ at: at(), body }, secret),
  })
  return { body, headers }
}
