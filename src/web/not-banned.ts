import type { Logger } from '../log.js'
import { spell } from '../i18n/index.js'
import { comesBack } from './comes-back.js'
import type { Middleware } from './context.js'
import type { DeviceOf } from './device.js'
import type { WebNeeds } from './needs.js'
import { PageError } from './page-error.js'
import { refusals } from './refusals.js'

/** Keeps out who is banned from the house: one sentence, which does not say what they were known by. */
export const notBanned = (
  bannedMs: WebNeeds['bannedMs'],
  deviceOf: DeviceOf,
  log: Logger,
): Middleware => {
  const tellRefusal = refusals(log)
  return async function notBanned(ctx, next) {
    const { visitor, lang } = ctx.state.visit
    const { known, hash } = deviceOf(ctx)
    const ms = bannedMs({
      address: ctx.ip,
      ...(known && { device: hash }),
      ...(visitor && { userId: visitor.user.id }),
    })
    if (ms === 0) return next()
    tellRefusal('info', { event: 'banned', address: ctx.ip, user: visitor?.user.id })
    if (ms === Infinity) throw new PageError(403, 'banned')
    comesBack(ctx, ms)
    throw new PageError(403, 'bannedFor', { time: spell(ms, lang) })
  }
}
