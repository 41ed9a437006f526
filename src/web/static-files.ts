import { chunkFolder, type Asset, type Assets } from './assets.js'
import type { Context, Middleware } from './context.js'

/**
 * Serves /static/, the icons that are asked for unnamed, and the avatars under the picture paths of the tutorial.
 * @param options.packed Whether `x.js.br` beside `x.js` is what the build made of it; not for who edits them.
 */
export const staticFiles = (files: Assets, { packed = true } = {}): Middleware =>
  async function staticFiles(ctx, next) {
    const asked = ctx.method === 'GET' || ctx.method === 'HEAD' ? ctx.path : ''
    const name = fileName(asked)
    const asset = files.find(name)
    if (!asset) return next()
    serve(ctx, asset, ctx.query.v === asset.hash || name.startsWith(chunkFolder))
    const small = packed ? files.find(`${name}.br`) : undefined
    if (small && ctx.acceptsEncodings('br', 'identity') === 'br') {
      ctx.set('Content-Encoding', 'br')
      ctx.body = small.body
    }
  }

/** Which file a path means; '' for none. */
function fileName(path: string): string {
  // Asked for by those that take no SVG as an icon.
  if (path === '/favicon.ico' || path === '/apple-touch-icon.png') return 'icon.png'
  const avatar = /^\/static\/images\/(\d+|bot)\.jpg$/.exec(path)
  if (avatar) return `avatars/${avatar[1]}.svg`
  return path.startsWith('/static/') ? path.slice('/static/'.length) : ''
}

/** @param exact Its address names its content. */
function serve(ctx: Context, asset: Asset, exact: boolean): void {
  ctx.set('Cache-Control', exact ? 'public, max-age=31536000, immutable' : 'public, no-cache')
  ctx.etag = `W/"${asset.hash}"`
  ctx.type = asset.extension
  if (asset.extension === '.svg') ctx.set(picture)
  ctx.body = asset.body
}

/** A picture opened by itself is a document: it may load and run nothing. Other pages may show it. */
export const picture = {
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'cross-origin',
}
