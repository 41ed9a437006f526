import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import helmet from 'koa-helmet'
import type { Middleware } from './context.js'

const YEAR_S = 31_536_000

/**
 * Headers of every answer: a Content-Security-Policy under which only our own files and this page's nonce
 * run, and nothing is kept by caches unless a route says so.
 */
export function securityHeaders(): Middleware {
  const nonces = new WeakMap<ServerResponse, string>()
  const apply = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...policy,
        scriptSrc: ["'self'", (_, response) => `'nonce-${nonces.get(response) ?? ''}'`],
      },
    },
    // `no-referrer` would make browsers send `Origin: null` with our own forms, and plain http has no
    // Sec-Fetch-Site to tell them apart.
    referrerPolicy: { policy: 'same-origin' },
    // Browsers complain about it in the console of every page on plain http.
    originAgentCluster: false,
    // The same, under every address that is not loopback.
    crossOriginOpenerPolicy: false,
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: false,
  })

  return async function securityHeaders(ctx, next) {
    ctx.state.nonce = randomBytes(16).toString('base64')
    nonces.set(ctx.res, ctx.state.nonce)
    ctx.set('Cache-Control', 'no-store')
    if (ctx.secure) ctx.set(onHttps)
    await apply(ctx, next)
  }
}

const onHttps = {
  'Strict-Transport-Security': `max-age=${YEAR_S}`,
  'Cross-Origin-Opener-Policy': 'same-origin',
}

const policy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'blob:'],
  mediaSrc: ["'self'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}
