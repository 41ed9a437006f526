import type { Router } from '@koa/router'
import { z } from 'zod'
import { texts } from '../../i18n/index.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { perWindow } from '../rates.js'
import { refusals } from '../refusals.js'
import type { ShowPage } from '../views.js'

/** Claims of an address in ten minutes: a person needs one, and nobody guesses 256 bits. */
const CLAIMS = 20

const body = z.object({ token: z.string().max(256) })

/**
 * Where the host's one-time link leads. The token stands behind the `#`, so that it is in no log and no
 * Referer; the page sends it by POST, once somebody is signed in.
 */
export function hostRoutes(
  router: Router,
  { claimHost, log }: Pick<WebNeeds, 'claimHost' | 'log'>,
  show: ShowPage,
): void {
  const take = perWindow(CLAIMS)
  const tellRefusal = refusals(log)

  router.get('/host', (ctx) =>
    show(ctx, 'host.njk', {
      user: ctx.state.visit.visitor?.user ?? null,
      words: texts[ctx.state.visit.lang].host,
    }),
  )

  router.post('/host', async (ctx) => {
    const { visitor } = ctx.state.visit
    const wait = await take(ctx.ip)
    if (wait !== undefined) {
      tellRefusal('warn', { event: 'limit', limit: 'claims', address: ctx.ip })
      ctx.set('Retry-After', String(wait))
      throw new PageError(429, 'tooManyClaims', { minutes: Math.ceil(wait / 60) })
    }
    if (ctx.is('json') === false) throw new PageError(415, 'unsupportedType')
    if (!visitor) throw new PageError(401, 'signInFirst')

    const { user } = visitor
    const { token = '' } = body.safeParse(ctx.request.body).data ?? {}
    if (!(await claimHost(user, token))) {
      tellRefusal('warn', { event: 'claim', user: user.id, address: ctx.ip })
      throw new PageError(422, 'hostLinkSpent')
    }
    ctx.body = { user: { id: user.id, name: user.name, imageid: user.imageid, role: 'host' } }
  })
}
