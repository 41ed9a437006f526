import { createHash, timingSafeEqual } from 'node:crypto'
import type { Router } from '@koa/router'
import type { ReadCaller } from '../caller.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { refusals } from '../refusals.js'

/** For those who watch the server: does it live, does it serve, what does it do. */
export function healthRoutes(
  router: Router,
  { ready, metrics, config, log }: Pick<WebNeeds, 'ready' | 'metrics' | 'config' | 'log'>,
  readCaller: ReadCaller,
): void {
  const tellRefusal = refusals(log)

  router.get('/healthz', (ctx) => {
    ctx.body = 'ok'
  })

  router.get('/readyz', (ctx) => {
    const state = ready()
    ctx.status = state.ready ? 200 : 503
    // As a text: of an object Koa would ask first whether it is a Response, for which Node loads all of fetch (35 ms).
    ctx.type = 'json'
    ctx.body = JSON.stringify(state)
  })

  router.get('/metrics', async (ctx) => {
    const allowed = readCaller(ctx.req).local || bears(ctx.get('authorization'), config)
    if (!allowed) {
      tellRefusal('info', { event: 'metrics', address: ctx.ip })
      throw new PageError(403, 'metricsRefused')
    }
    ctx.body = await metrics()
    ctx.set('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  })
}

/** Hashed first: the comparison takes as long whatever was sent. */
function bears(authorization: string, { server }: WebNeeds['config']): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  const wanted = hash(`Bearer ${server.metrics_token}`)
  return server.metrics_token !== '' && timingSafeEqual(hash(authorization), wanted)
}
