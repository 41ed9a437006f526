import { fileURLToPath } from 'node:url'
import { bodyParser } from '@koa/bodyparser'
import { Router } from '@koa/router'
import Koa from 'koa'
import compress from 'koa-compress'
import conditional from 'koa-conditional-get'
import websockify from 'koa-websocket'
import type { Gate, ProgramGate } from '../chat/face.js'
import type { Middleware } from './context.js'
import { knownHost, ownForms } from './admit.js'
import { assets, pageFiles } from './assets.js'
import { under } from './base-path.js'
import { callers, tellCallers } from './caller.js'
import { errorPages } from './error-pages.js'
import { createGate } from './gate.js'
import { securityHeaders } from './headers.js'
import { devices } from './device.js'
import type { WebNeeds } from './needs.js'
import { notBanned } from './not-banned.js'
import { apiRoutes, isApi, nothing } from './routes/api.js'
import { chatRoute } from './routes/chat.js'
import { healthRoutes } from './routes/health.js'
import { hookRoutes } from './routes/hooks.js'
import { hostRoutes } from './routes/host.js'
import { inviteRoutes } from './routes/invites.js'
import { plainRoute } from './routes/plain.js'
import { roomRoutes } from './routes/rooms.js'
import { satoriRoutes } from './routes/satori.js'
import { shareRoutes } from './routes/share.js'
import { nicknameRoutes, signinRoutes, signoutRoutes } from './routes/signin.js'
import { tokenRoutes } from './routes/tokens.js'
import { sessions } from './session.js'
import { staticFiles } from './static-files.js'
import { unfinished } from './unfinished.js'
import { views } from './views.js'
import { problems } from './problem.js'
import { receive } from './visit.js'

/** A body is a nickname, a number and a path. */
const BODY = '16kb'

export interface Web {
  /** For `createServer(app.callback())`; its `app.ws` has neither server nor middleware yet. */
  app: websockify.App
  gate: Gate
  programGate: ProgramGate
}

/**
 * Makes the pages and the REST routes, and the gate of the WebSocket that shares their rules.
 * @throws {Error} when a static file cannot be read, the bundle was not built, or a trusted proxy is no address.
 */
export function createWeb(needs: WebNeeds): Web {
  const { config, log } = needs
  const { server } = config
  const base = server.base_path
  const fresh = process.env['NODE_ENV'] === 'development'

  const app = websockify(new Koa())
  app.on('error', unfinished(log))
  const readCaller = callers(server.trust_proxy)
  tellCallers(app, readCaller)

  const files = assets(() => pageFiles(folders), { fresh })
  const { templates } = folders
  const show = views({ templates, files, base, title: server.title, fresh })
  const { secrets, people, serverId } = needs
  const ttl = config.session.ttl
  const session = sessions(app, { people, secrets, serverId, ttl })

  const open = new Router({ strict: true, sensitive: true })
  healthRoutes(open, needs, readCaller)
  shareRoutes(open, needs)
  hookRoutes(open, needs)
  satoriRoutes(open, needs)
  chatRoute(open)
  if (server.plain) plainRoute(open, needs, show)

  const deviceOf = devices({ secrets, serverId })
  const pages = new Router({ strict: true, sensitive: true })
  signinRoutes(pages, needs, show, deviceOf)
  signoutRoutes(pages, needs, show)
  nicknameRoutes(pages, needs)
  hostRoutes(pages, needs, show)
  roomRoutes(pages, needs, show)
  inviteRoutes(pages, needs, show)
  tokenRoutes(pages, needs, show)

  app.use(receive(server.language))
  app.use(securityHeaders())
  app.use(compress({ threshold: 1024 }))
  app.use(errorPages(show, needs))
  app.use(knownHost(server.origins, log))
  app.use(under(base))
  // By a header that only a program sets, and no cookie: no page can ask here for somebody.
  app.use(forApi(problems(needs)))
  app.use(apiRoutes(needs).routes())
  app.use(forApi(nothing))
  app.use(ownForms(server.origins, readCaller, log))
  app.use(conditional())
  app.use(staticFiles(files, { packed: !fresh }))
  app.use(open.routes())
  app.use(session.middleware)
  app.use(notBanned(needs.bannedMs, deviceOf, log))
  app.use(bodyParser({ enableTypes: ['json', 'form'], jsonLimit: BODY, formLimit: BODY }))
  app.use(pages.routes())
  app.use(pages.allowedMethods())

  const { visitorOf } = session
  return { app, ...createGate({ ...needs, app, readCaller, visitorOf }) }
}

/** For addresses of the API alone. */
const forApi = (middleware: Middleware): Middleware =>
  async function forApi(ctx, next) {
    if (isApi(ctx)) await middleware(ctx, next)
    else await next()
  }

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Two floors up, from src/web/ and from dist/web/ alike. */
const folders = {
  templates: folder('../../templates'),
  static: folder('../../static'),
  bundle: folder('../../dist/static'),
}
