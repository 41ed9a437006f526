import { ChatError } from '../../errors.js'
import type { ClientFrame } from '../../frames.js'
import { Close, type NackCode } from '../../protocol.js'
import { StoreFullError } from '../../store/store.js'
import { nack } from '../answers.js'
import type { Connection } from '../connection.js'
import type { ChatDeps } from '../deps.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'
import { Seldom } from '../../seldom.js'

/** What somebody may not do, or does too often: these refusals are for the log, and no slips of everyday. */
const TOLD: ReadonlySet<string> = new Set<NackCode>([
  'denied',
  'muted',
  'no_such_room',
  'rate_limited',
  'too_many',
])

/** Whoever wanted something kept on a full disk may try again after this long, in milliseconds. */
const FULL_MS = 1_000

/** A refusal becomes a `nack` in the person's language; anything else is logged and costs its connection. */
export const reportErrors = ({ log, meter }: ChatDeps): Step<FrameContext> => {
  const seldom = new Seldom()
  /** Nothing was kept of what was asked for, and reading goes on. */
  const putOff = (full: StoreFullError) => {
    log.error({ err: full }, 'disk full')
    return new ChatError('storage_full', { retryAfterMs: FULL_MS })
  }
  const tell = (code: NackCode, { type }: ClientFrame, connection: Connection) => {
    const { user, sidHash: session, address } = connection
    if (!TOLD.has(code) || !seldom.tells(`${user.id} ${type} ${code}`)) return
    log.info({ event: 'frame', code, type, address, user: user.id, session }, 'refused')
  }

  return async function reportErrors(ctx, next) {
    try {
      await next()
    } catch (thrown) {
      const error = thrown instanceof StoreFullError ? putOff(thrown) : thrown
      if (!(error instanceof ChatError)) {
        log.error(
          { err: error, type: ctx.frame.type, user: ctx.connection.user.id },
          'frame failed',
        )
        ctx.connection.close(Close.serverError, 'internal error')
      } else if ('cid' in ctx.frame) {
        meter.refused.frame.add(error.code)
        tell(error.code, ctx.frame, ctx.connection)
        ctx.connection.send(nack(ctx.frame.cid, error, ctx.connection.lang))
      }
    }
  }
}
