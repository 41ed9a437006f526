import type { MessageContext, Middleware } from '../../../plugin.js'
import { answer, type AnswerOptions } from './answer.js'
import { inNeed, type Failure } from './failure.js'
import { refusalIn, words } from './words.js'

export interface AssistantOptions extends AnswerOptions {
  /** Whether lines that start with `/` are for it. */
  commands: boolean
}

/**
 * Lets the message go on, then answers it by a model, word by word. The room reads why there is no answer,
 * or not all of one.
 * @throws {Failure} after that, where it is one of the service.
 */
export const assistant = (options: AssistantOptions): Middleware =>
  async function openai(ctx, next) {
    await next()
    if (!options.commands && /^\/\S/.test(ctx.message.text)) return
    const refusal = options.budget.take({ room: ctx.room.name, person: ctx.user.id })
    if (refusal?.tell) await ctx.reply(refusalIn(ctx.lang, refusal, ctx.user.name))
    if (refusal) return

    const failure = await answer(ctx, options)
    if (!failure || failure.kind === 'cancelled' || ctx.signal.aborted) return
    await ctx.reply(sentenceFor(failure, failure.kind, ctx))
    if (inNeed.has(failure.kind)) throw failure
    ctx.failed(failure.kind, failure.details)
  }

function sentenceFor(
  { details }: Failure,
  kind: Exclude<Failure['kind'], 'cancelled'>,
  { lang }: MessageContext,
): string {
  const { failed, busyFor } = words[lang]
  const wait = details.retryAfter ?? 0
  return kind === 'rate-limit' && wait > 0 ? busyFor(wait) : failed[kind]
}
