import type { Logger } from '../log.js'
import type { ReadCaller } from './caller.js'
import type { Middleware } from './context.js'
import { hostRule } from './host.js'
import { originRule } from './origin.js'
import { PageError } from './page-error.js'
import { refusals } from './refusals.js'

/** Refuses names that nobody gave this server: a foreign name pointed at us would share our pages' rights. */
export function knownHost(origins: readonly string[], log: Logger): Middleware {
  const judge = hostRule(origins)
  const tellRefusal = refusals(log)
  return async function knownHost(ctx, next) {
    const refusal = refuseHost(judge(ctx.host), ctx.host, ctx.protocol)
    if (refusal) {
      tellRefusal('info', { event: 'host', address: ctx.ip })
      throw refusal
    }
    await next()
  }
}

/** What to say to a Host that was judged so; undefined: nothing. */
export function refuseHost(
  verdict: ReturnType<ReturnType<typeof hostRule>>,
  host: string,
  protocol: string,
): PageError | undefined {
  if (verdict === 'known') return undefined
  if (verdict === 'malformed') return new PageError(400, 'badHost')
  return new PageError(421, 'unknownHost', { host, line: `origins[] = ${protocol}://${host}` })
}

/** Refuses what another site's page sends in the name of our visitor. */
export function ownForms(
  origins: readonly string[],
  readCaller: ReadCaller,
  log: Logger,
): Middleware {
  const rule = originRule(origins)
  const tellRefusal = refusals(log)
  return async function ownForms(ctx, next) {
    if (!safe.has(ctx.method) && !rule.sendsForms(ctx.req, readCaller(ctx.req))) {
      tellRefusal('warn', { event: 'cross-site', address: ctx.ip, method: ctx.method })
      throw new PageError(403, 'crossSite')
    }
    await next()
  }
}

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
