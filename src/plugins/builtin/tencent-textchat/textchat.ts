import type { MessageContext, Middleware } from '../../../plugin.js'
import { ServiceFailure } from './failure.js'
import { questionsFor } from './question.js'
import { Rest } from './rest.js'
import type { Ask } from './service.js'
import { sessionId } from './session-id.js'

export interface TextchatOptions {
  ask: Ask
  /** What the bot is called: its name and its aliases. */
  names: readonly string[]
  rest?: Rest
}

/** Answers with the service's words; what the service leaves unanswered goes on to who stands behind it. */
export function textchat({ ask, names, rest = new Rest() }: TextchatOptions): Middleware {
  const questionIn = questionsFor(names)

  return async function textchat(ctx, next) {
    const answer = await answerTo(ctx)
    if (answer === undefined) await next()
    else await ctx.reply(answer)
  }

  async function answerTo(ctx: MessageContext) {
    const { message, room, user, signal } = ctx
    const question = questionIn(message.text)
    if (question === '') return undefined
    const session = sessionId(room.name, user.id)
    try {
      return await rest.spare(() => ask({ question, session }, signal), isFailure)
    } catch (error) {
      if (!isFailure(error)) throw error
      ctx.failed(error.kind, { why: error.message, ...error.details }) // the offline brain answers
      return undefined
    }
  }
}

const isFailure = (error: unknown): error is ServiceFailure => error instanceof ServiceFailure
