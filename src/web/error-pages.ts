import type { Logger } from '../log.js'
import type { Context, Middleware } from './context.js'
import { asPageError, sentenceOf, type PageError } from './page-error.js'
import type { WebNeeds } from './needs.js'
import type { ShowPage } from './views.js'

/** Outermost but one: turns what was thrown, and answers nobody gave, into a page or JSON in the visitor's words. */
export const errorPages = (
  show: ShowPage,
  { log, refused }: Pick<WebNeeds, 'log' | 'refused'>,
): Middleware =>
  async function errorPages(ctx, next) {
    try {
      await next()
      if (ctx.status >= 400 && !ctx.body) answer(ctx, asPageError(ctx.status), show, log)
    } catch (error) {
      const refusal = asPageError(error)
      if (refusal.status >= 500) log.error({ err: error, method: ctx.method }, 'request failed')
      answer(ctx, refusal, show, log)
    }
    if (ctx.status >= 400) refused?.('page', ctx.status)
  }

/** Does who asks want data rather than a page? */
export const wantsJson = (ctx: Context): boolean =>
  ctx.path.startsWith('/api/') || ctx.accepts('html', 'json') === 'json'

/** Whom every page turns away needs no way to another one. */
const isBanned = ({ sentence }: PageError) => sentence === 'banned' || sentence === 'bannedFor'

function answer(ctx: Context, refusal: PageError, show: ShowPage, log: Logger): void {
  const sentence = sentenceOf(refusal, ctx.state.visit.lang)
  ctx.set('Cache-Control', 'no-store')
  ctx.remove('ETag')
  try {
    if (wantsJson(ctx)) ctx.body = { error: sentence }
    else show(ctx, 'error.njk', { status: refusal.status, sentence, back: !isBanned(refusal) })
  } catch (error) {
    log.error({ err: error }, 'error page failed')
    ctx.type = 'text'
    ctx.body = sentence
  }
  ctx.status = refusal.status
}
