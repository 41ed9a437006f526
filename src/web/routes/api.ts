import { randomUUID } from 'node:crypto'
import { Router } from '@koa/router'
import type { Visitor } from '../../chat/face.js'
import { frameOf, readQuery } from '../../gateways/api/frame-of.js'
import { openApi } from '../../gateways/api/openapi.js'
import { API, routes, type Route } from '../../gateways/api/routes.js'
import type { BodyFault } from '../../gateways/call.js'
import { fill, texts } from '../../i18n/index.js'
import { FRAME_BYTES } from '../../protocol.js'
import { bearerOf, hasTokenInAddress } from '../bearer.js'
import { readText } from '../body.js'
import type { Context } from '../context.js'
import type { WebNeeds } from '../needs.js'
import { Problem } from '../problem.js'
import { perWindow } from '../rates.js'
import { refusals } from '../refusals.js'
import { shareOf } from '../share.js'

const KEY = /^[A-Za-z0-9._~:-]{8,64}$/
/** Wrong tokens of an address in ten minutes. */
const TRIES = 100

/** What bots elsewhere ask for over HTTP: each address is a frame of the protocol, and goes the way of all frames. */
export function apiRoutes(needs: WebNeeds): Router {
  const { config, tokens, ask, version, log, bodyMs } = needs
  const { base_path: base, host } = config.server
  const take = perWindow(TRIES)
  const tellRefusal = refusals(log)
  const router = new Router({ prefix: API, strict: true, sensitive: true })

  router.get('/openapi.json', (ctx) => {
    ctx.body = openApi({ url: base, version })
  })
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1')
    router[route.method](path, async (ctx) => {
      const visitor = await admit(ctx)
      if (!route.frame) return tellWho(ctx, visitor)
      const cid = keyOf(ctx, route)
      const given = route.method === 'get' ? readQuery(route, ctx.query) : await bodyOf(ctx, bodyMs)
      const frame = frameOf(route, { params: ctx.params, given, cid })
      const asked = { protocol: ctx.protocol, host: ctx.host }
      const origin = () => shareOf(asked, '', base, host).url
      const { lang } = ctx.state.visit
      const answer = await ask({ visitor, lang, address: ctx.ip, origin, frame })
      tell(ctx, route, answer)
    })
  }
  return router

  /** @throws {Problem} the same for a token that is missing, unknown, expired or revoked. */
  async function admit(ctx: Context): Promise<Visitor> {
    const { lang } = ctx.state.visit
    ctx.set('WWW-Authenticate', 'Bearer realm="chat-room"')
    if (hasTokenInAddress(ctx))
      throw new Problem(401, 'unauthorized', texts[lang].web.tokenInAddress)
    const visitor = tokens.check(bearerOf(ctx) ?? '')
    if (!visitor) {
      const seconds = await take(ctx.ip)
      tellRefusal('info', { event: 'api', status: 401, address: ctx.ip })
      if (seconds === undefined) throw new Problem(401, 'unauthorized', words(ctx).unauthorized)
      const sentence = fill(words(ctx).tooManyTries, { seconds })
      throw new Problem(429, 'rate_limited', sentence, { retry_after_ms: seconds * 1_000 })
    }
    ctx.remove('WWW-Authenticate')
    return visitor
  }
}

/** Is it an address of the API? */
export const isApi = ({ path }: Pick<Context, 'path'>): boolean => path.startsWith(`${API}/`)

/** Behind all routes. @throws {Problem} 404, or which methods this address takes. */
export function nothing(ctx: Context): never {
  const methods = routes.filter(({ path }) => isAt(ctx.path, path)).map(({ method }) => method)
  if (methods.length === 0) throw new Problem(404, 'not_found', words(ctx).notFound)
  const allowed = methods.join(', ').toUpperCase()
  ctx.set('Allow', allowed)
  throw new Problem(405, 'not_allowed', fill(words(ctx).notAllowed, { methods: allowed }))
}

const words = (ctx: Context) => texts[ctx.state.visit.lang].api

function tellWho(ctx: Context, { user, grant }: Visitor): void {
  ctx.body = { user, scopes: [...(grant?.scopes ?? [])], rooms: grant?.rooms ?? [] }
}

/** @throws {Problem} it is none, or nothing would come of it. */
function keyOf(ctx: Context, { once }: Route): string {
  const key = ctx.get('idempotency-key')
  if (key === '') return randomUUID()
  if (!once) throw new Problem(400, 'bad_request', words(ctx).noKey, { field: 'Idempotency-Key' })
  if (KEY.test(key)) return key
  throw new Problem(400, 'bad_request', words(ctx).badKey, { field: 'Idempotency-Key' })
}

/** An object; nothing at all is an empty one. @throws {Problem} */
async function bodyOf(ctx: Context, ms: number | undefined): Promise<object> {
  const type = ctx.is('json', '+json')
  if (type === null || ctx.get('content-length') === '0') return {}
  if (type === false) throw new Problem(415, 'unsupported_type', words(ctx).unsupported)
  const read = await readText(ctx, { bytes: FRAME_BYTES, ms })
  if ('fault' in read) throw problemOf(read.fault, ctx)
  const body = parse(read.text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  throw new Problem(400, 'bad_request', words(ctx).notJson)
}

function problemOf(fault: BodyFault, ctx: Context): Problem {
  const { notJson, tooLarge, tooSlow } = words(ctx)
  if (fault === 'slow') return new Problem(408, 'too_slow', tooSlow, { retry: true })
  if (fault === 'broken') return new Problem(400, 'bad_request', notJson)
  return new Problem(413, 'too_large', fill(tooLarge, { bytes: FRAME_BYTES }))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An answer of the chat as one of HTTP. @throws {Problem} */
function tell(ctx: Context, route: Route, answer: Awaited<ReturnType<WebNeeds['ask']>>): void {
  if (!answer) throw new Problem(500, 'failed', words(ctx).failed, { retry: true })
  const { type, ...said } = answer
  if (type === 'nack') throw Problem.of(said, words(ctx).field)
  ctx.body = said
  ctx.status = route.frame === 'chat' && !said['dup'] ? 201 : 200
}

function isAt(asked: string, path: string): boolean {
  const parts = `${API}${path}`.split('/')
  const given = asked.split('/')
  return (
    parts.length === given.length &&
    parts.every((part, index) => part.startsWith('{') || part === given[index])
  )
}
