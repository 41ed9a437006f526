import { ChatError } from '../../errors.js'
import { Close } from '../../protocol.js'
import { nack } from '../answers.js'
import type { ChatDeps } from '../deps.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

/** A refusal becomes a `nack` in the person's language; anything else is logged and costs its connection. */
export const reportErrors = ({ log }: ChatDeps): Step<FrameContext> =>
  async function reportErrors(ctx, next) {
    try {
      await next()
    } catch (error) {
      if (!(error instanceof ChatError)) {
        log.error(
          { err: error, type: ctx.frame.type, user: ctx.connection.user.id },
          'frame failed',
        )
        ctx.connection.close(Close.serverError, 'internal error')
      } else if ('cid' in ctx.frame) {
        ctx.connection.send(nack(ctx.frame.cid, error, ctx.connection.lang))
      }
    }
  }
