import Keygrip from 'keygrip'
import type Koa from 'koa'
import session from 'koa-session'
import { z } from 'zod'
import type { Visitor } from '../chat/face.js'
import type { People } from '../people/people.js'
import type { Context, CookieOptions, Middleware } from './context.js'

export interface SessionOptions {
  people: People
  secrets: readonly string[]
  serverId: string
  /** How long a cookie lives unrenewed, in milliseconds. */
  ttl: number
}

export interface Sessions {
  /** Recognises the visitor, and writes the cookie when the session began, ended or aged. */
  middleware: Middleware
  /** Whose session this request shows. Also for an upgrade: what it would write goes nowhere. */
  visitorOf: (ctx: Context) => Promise<Visitor | undefined>
}

/**
 * Sessions by koa-session: the signed cookie holds a sid, the store says whether it is still good. (A cookie
 * by itself could be replayed after sign-out, and koa-session signs with SHA-1 unless told otherwise.)
 */
export function sessions(app: Koa, options: SessionOptions): Sessions {
  const { people, ttl } = options
  app.keys = new Keygrip(options.secrets, 'sha256')
  const hold = session({ maxAge: ttl, renew: true, httpOnly: true, sameSite: 'lax', decode }, app)

  async function visitorOf(ctx: Context) {
    Object.assign(ctx.sessionOptions, cookieOptions(ctx.secure, options))
    const sid = ctx.session?.sid
    return typeof sid === 'string' ? await people.check(sid) : undefined
  }

  async function recognise(ctx: Context, next: Koa.Next) {
    const visitor = await visitorOf(ctx)
    // Signed by an older key: the cookie library renews only the signature, and without its attributes.
    if (visitor && ctx.response.get('Set-Cookie')) await ctx.session?.save?.()
    if (visitor) ctx.state.visit.visitor = visitor
    await next()
  }

  return { visitorOf, middleware: (ctx, next) => hold(ctx, () => recognise(ctx, next)) }
}

/**
 * The cookie's name depends on the request: over https a name that only https can write, and then no other.
 * It also carries the server's id, for cookies do not tell ports apart.
 */
function cookieOptions(secure: boolean, { serverId }: SessionOptions): CookieOptions {
  const name = `chat_room_${serverId.slice(0, 6)}`
  return { key: secure ? `__Host-${name}` : name, secure, path: '/' }
}

const held = z.object({ sid: z.string(), _expire: z.number() })

/**
 * What a cookie with a good signature holds. Nothing else of it is taken over: koa-session would copy any
 * key, and an old `_maxAge` over the configured one.
 * @returns Undefined unless it is as we wrote it. Throws a SyntaxError, which koa-session takes for the same.
 */
function decode(base64: string): z.infer<typeof held> | undefined {
  return held.safeParse(JSON.parse(Buffer.from(base64, 'base64').toString('utf8'))).data
}
