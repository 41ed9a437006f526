import type { Router } from '@koa/router'
import { bearerOf } from '../bearer.js'
import { readText } from '../body.js'
import type { Context } from '../context.js'
import type { WebNeeds } from '../needs.js'
import { refusals } from '../refusals.js'

/** Bytes of a body: a message may hold a picture in base64, which is not kept. */
const LARGEST = 8 * 1024 * 1024

/** What programs of bots that speak Satori ask for: `POST /satori/v1/message.create`. */
export function satoriRoutes(
  router: Router,
  { satori, bodyMs: ms, log }: Pick<WebNeeds, 'satori' | 'bodyMs' | 'log'>,
): void {
  const tellRefusal = refusals(log)
  router.post('/satori/v1/:method', async (ctx: Context & { params: Record<string, string> }) => {
    const answer = await satori({
      method: ctx.params['method'] ?? '',
      token: bearerOf(ctx) ?? '',
      // The second are what the first draft of the protocol called them.
      platform: ctx.get('satori-platform') || ctx.get('x-platform'),
      user: ctx.get('satori-user-id') || ctx.get('x-self-id'),
      body: () => readText(ctx, { bytes: LARGEST, ms }),
    })
    if (answer.status === 401)
      tellRefusal('info', { event: 'program', door: 'satori', address: ctx.ip })
    ctx.set('Cache-Control', 'no-store')
    ctx.status = answer.status
    ctx.body = answer.body
  })
}
