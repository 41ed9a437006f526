import type { MessageContext, Middleware } from '../../plugin.js'
import { answer, type AnswerOptions } from './answer.js'
import type { Refusal } from './budget.js'
import { words } from './words.js'

export interface AssistantOptions extends AnswerOptions {
  /** Answers in a minute, to be told; the budget counts them. */
  perRoom: number
  perPerson: number
  /** Whether lines that start with `/` are for it. */
  commands: boolean
}

/** Lets the message go on, then answers it by a model, word by word. */
export const assistant = (options: AssistantOptions): Middleware =>
  async function openai(ctx, next) {
    await next()
    if (!options.commands && /^\/\S/.test(ctx.message.text)) return
    const refusal = options.budget.take(ctx.room.name, ctx.user.id)
    if (refusal) return refuse(refusal, ctx, options)

    const failure = await answer(ctx, options)
    if (!failure || failure.kind === 'cancelled' || ctx.signal.aborted) return
    const { kind, details } = failure
    ctx.log.warn('the model failed', { kind, ...details })
    const { failed, busyFor } = words[ctx.lang]
    const wait = details.retryAfter ?? 0
    await ctx.reply(kind === 'rate-limit' && wait > 0 ? busyFor(wait) : failed[kind])
  }

async function refuse(
  { why, seconds, first }: Refusal,
  ctx: MessageContext,
  { perRoom, perPerson, tokensADay }: AssistantOptions,
): Promise<void> {
  if (!first) return
  const { roomBusy, personBusy, dayOver } = words[ctx.lang]
  if (why === 'day') await ctx.reply(dayOver(tokensADay))
  else await ctx.reply(why === 'room' ? roomBusy(perRoom, seconds) : personBusy(perPerson, seconds))
}
