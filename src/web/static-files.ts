import type { Asset, Assets } from './assets.js'
import type { Context, Middleware } from './context.js'

export interface StaticOptions {
  files: Assets
  vendor: Assets
}

/** Serves /static/, /vendor/, the favicon, and the avatars under the picture paths of the tutorial. */
export const staticFiles = ({ files, vendor }: StaticOptions): Middleware =>
  async function staticFiles(ctx, next) {
    const asked = ctx.method === 'GET' || ctx.method === 'HEAD' ? ctx.path : ''
    const asset = asked.startsWith('/vendor/')
      ? vendor.find(asked.slice('/vendor/'.length))
      : files.find(fileName(asked))
    if (!asset) return next()
    serve(ctx, asset)
  }

/** Which file a path means; '' for none. */
function fileName(path: string): string {
  if (path === '/favicon.ico') return 'favicon.svg'
  const avatar = /^\/static\/images\/(\d|1\d|2[0-6]|bot)\.jpg$/.exec(path)
  if (avatar) return `avatars/${avatar[1]}.svg`
  return path.startsWith('/static/') ? path.slice('/static/'.length) : ''
}

function serve(ctx: Context, asset: Asset): void {
  const exact = ctx.query.v === asset.hash
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
