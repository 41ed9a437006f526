import type { Middleware } from './context.js'
import { PageError } from './page-error.js'

/** What watches a server asks here, whatever path the pages have. */
const everywhere = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Lets routes be written without the path they are served under.
 * @param base '' or '/x' (`[server] base_path`).
 */
export const under = (base: string): Middleware =>
  async function under(ctx, next) {
    if (base && !everywhere.has(ctx.path)) {
      if (ctx.path === base) return ctx.redirect(`${base}/`)
      if (!ctx.path.startsWith(`${base}/`)) throw new PageError(404, 'notFound')
      ctx.path = ctx.path.slice(base.length)
    }
    await next()
  }
