import { ServerResponse, type IncomingMessage } from 'node:http'
import type Koa from 'koa'
import type { Admission, Gate, ProgramGate, Refusal } from '../chat/face.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { SUBPROTOCOL } from '../protocol.js'
import { refuseHost } from './admit.js'
import { signInGuest } from '../people/guest.js'
import type { Tokens } from '../tokens/tokens.js'
import { bearerOf, hasTokenInAddress } from './bearer.js'
import type { ReadCaller } from './caller.js'
import type { Context } from './context.js'
import { hostRule } from './host.js'
import type { WebNeeds } from './needs.js'
import { originRule } from './origin.js'
import { PageError, sentenceOf } from './page-error.js'
import { perWindow } from './rates.js'
import { refusals } from './refusals.js'
import type { Sessions } from './session.js'
import { shareOf } from './share.js'
import { readVisit } from './visit.js'

/** When names for the guests of an address have run out, in seconds. */
const NAMESAKES_S = 60

export interface GateOptions {
  app: Koa
  config: WebNeeds['config']
  log: WebNeeds['log']
  readCaller: ReadCaller
  visitorOf: Sessions['visitorOf']
  tokens: Pick<Tokens, 'check'>
  people: WebNeeds['people']
  refused?: WebNeeds['refused']
}

/**
 * Decides on upgrades before anything is answered: koa-websocket itself takes every path and every Origin.
 * A fault of ours is a 503, never an exception.
 */
export function createGate(options: GateOptions): { gate: Gate; programGate: ProgramGate } {
  const { app, config, log, readCaller, visitorOf, people, tokens } = options
  const { server, limits } = config
  const judgeHost = hostRule(server.origins)
  const origins = originRule(server.origins)
  const take = perWindow(limits.new_connections_per_window)
  const takeGuest = perWindow(limits.signins_per_window)
  const tellRefusal = refusals(log)
  const originOf = sharedOrigins(({ protocol, host }) => {
    return shareOf({ protocol, host }, '', server.base_path, server.host).url
  })

  /** In this order: what costs least and tells least comes first. */
  async function admit(ctx: Context): Promise<Admission> {
    const caller = readCaller(ctx.req)
    const path = pathOf(ctx.req)
    const isPlain = server.plain && path === `${server.base_path}/plain/chat`
    if (!isPlain && path !== `${server.base_path}/chat`) throw new PageError(404, 'notFound')
    if (!asksForWebSocket(ctx.req)) throw new PageError(426, 'upgradeRequired')

    const foreign = refuseHost(judgeHost(caller.host), caller.host, ctx.protocol)
    if (foreign) throw foreign
    // A browser cannot send this header with a WebSocket, so no page stands behind it.
    const bearer = bearerOf(ctx)
    if (bearer === undefined && !origins.opensSocket(ctx.req, caller)) {
      throw new PageError(403, 'foreignOrigin', { origin: ctx.get('origin') })
    }

    const wait = await take(caller.address)
    if (wait !== undefined) throw new TooMany(wait)

    const common = {
      lang: ctx.state.visit.lang,
      address: caller.address,
      origin: originOf(ctx),
    }
    const mode = modeOf(ctx.get('sec-websocket-protocol'))
    if (!mode) throw new PageError(400, 'badSubprotocol', { protocol: SUBPROTOCOL })
    if (isPlain) {
      if (mode !== 'classic') throw new PageError(400, 'noSubprotocol')
      const state = asksState(ctx.req) && { asksState: true as const }
      return { mode: 'plain', ...common, ...state, ...(await guestFrom(caller.address)) }
    }
    if (hasTokenInAddress(ctx)) throw new PageError(401, 'tokenInAddress')
    const visitor = bearer === undefined ? await visitorOf(ctx) : tokens.check(bearer)
    if (bearer !== undefined && !visitor) throw new PageError(401, 'badToken')
    if (bearer !== undefined && mode === 'classic')
      throw new PageError(400, 'botProtocol', { protocol: SUBPROTOCOL })
    return { mode, ...common, ...(visitor && { visitor }) }
  }

  /** A guest of the plain page: somebody new at each visit, and gone for good with its end. */
  async function guestFrom(address: string): Promise<Pick<Admission, 'visitor' | 'over'>> {
    const wait = await takeGuest(address)
    if (wait !== undefined) throw new TooMany(wait)
    const visitor = await signInGuest(people, address)
    if (!visitor) throw new TooMany(NAMESAKES_S)
    const over = () =>
      people.signOut(visitor.sidHash).catch((error: unknown) => {
        log.error({ err: error, user: visitor.user.id }, 'a guest could not be signed out')
      })
    return { visitor, over }
  }

  /** They tell who they are by a token, the one or the other way: how many there are is the gate's own. */
  async function admitProgram(ctx: Context): Promise<{ address: string }> {
    const { address } = readCaller(ctx.req)
    if (!asksForWebSocket(ctx.req)) throw new PageError(426, 'upgradeRequired')
    const wait = await take(address)
    if (wait !== undefined) throw new TooMany(wait)
    return { address }
  }

  const through =
    <Admitted>(admit: (ctx: Context) => Promise<Admitted>) =>
    async (request: IncomingMessage): Promise<Refusal | Admitted> => {
      try {
        const ctx = app.createContext(request, new ServerResponse(request))
        ctx.state.visit = readVisit(ctx, server.language)
        return await admit(ctx).catch((error: unknown) => refuse(error, ctx))
      } catch (error) {
        return broken(error, 'en')
      }
    }
  return { gate: through(admit), programGate: through(admitProgram) }

  function refuse(error: unknown, ctx: Context): Refusal {
    const { lang } = ctx.state.visit
    if (!(error instanceof PageError) || !isRefusal(error.status)) return broken(error, lang)
    options.refused?.('upgrade', error.status)
    tellRefusal('info', { event: 'upgrade', status: error.status, address: ctx.ip })
    const retry = error instanceof TooMany && { retryAfterS: error.seconds }
    return { status: error.status, sentence: sentenceOf(error, lang), ...retry }
  }

  function broken(error: unknown, lang: Lang): Refusal {
    options.refused?.('upgrade', 503)
    log.error({ err: error }, 'upgrade failed')
    return { status: 503, sentence: fill(texts[lang].web.unavailable), retryAfterS: 5 }
  }
}

type Asked = Pick<Context, 'protocol' | 'host'>

/** Nearly everybody asks for the same name, and keeps this for as long as they are connected: it is one for all of those. */
function sharedOrigins(urlOf: (asked: Asked) => string): (ctx: Asked) => () => string {
  let last = { protocol: '', host: '', origin: () => '' }
  return function originOf({ protocol, host }) {
    if (last.protocol !== protocol || last.host !== host)
      last = { protocol, host, origin: () => urlOf({ protocol, host }) }
    return last.origin
  }
}

class TooMany extends PageError {
  readonly seconds: number

  constructor(seconds: number) {
    super(429, 'tooManyConnections', { seconds })
    this.seconds = seconds
  }
}

const statuses: ReadonlySet<number> = new Set([400, 401, 403, 404, 421, 426, 429, 503])
const isRefusal = (status: number): status is Refusal['status'] => statuses.has(status)

/** As sent: what is encoded or written as a whole address is another path. */
const pathOf = ({ url }: IncomingMessage) => (url ?? '').split('?', 1)[0]

/** `/plain/chat?state` */
const asksState = ({ url }: IncomingMessage) => url?.split('?', 2)[1] === 'state'

const asksForWebSocket = ({ method, headers }: IncomingMessage) =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'

/** Undefined: only subprotocols were offered that we do not speak. */
function modeOf(offered: string): Admission['mode'] | undefined {
  const names = offered.split(',').map((name) => name.trim())
  if (names.includes(SUBPROTOCOL)) return 'v1'
  return names.every((name) => name === '') ? 'classic' : undefined
}
