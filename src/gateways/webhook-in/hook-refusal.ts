import { ChatError } from '../../errors.js'
import type { PluginLog } from '../../plugin.js'
import type { HookReply } from '../hook.js'
import { HookError } from './hook-error.js'

/**
 * Why what was sent to a hook is not said. Nothing of the room is in it: who sends may be anybody who found the token.
 * A fault of ours is in the log then.
 */
export function hookRefusal(error: unknown, log: PluginLog): HookReply {
  if (error instanceof HookError) return { status: error.status, body: error.fault }
  if (!(error instanceof ChatError)) {
    log.error('a hook failed', { error: String(error) })
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
