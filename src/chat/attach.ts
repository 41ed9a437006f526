import { ServerResponse, STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from 'node:net'
import type KoaWebsocket from 'koa-websocket'
import type { WebSocket } from 'ws'
import type { Logger } from '../log.js'
import { Close, FRAME_BYTES, SUBPROTOCOL } from '../protocol.js'
import { Seldom } from '../seldom.js'
import type { Admission, Gate, Programs, Refusal } from './face.js'
import { TellingSocket } from './telling-socket.js'

/** An empty fragment costs its sender nothing; a message may have this many. */
const FRAGMENTS = 64

export interface AttachOptions {
  app: KoaWebsocket.App
  server: Server
  gate: Gate
  /** What this node itself has to say against one more connection: limits, draining. */
  refuse: (address: string) => Refusal | undefined
  /** Other WebSockets than the chat's, which are held to the same limits. */
  programs?: Programs
  /** Counts one of those as a connection of its address. @returns undoes it. */
  count: (address: string) => () => void
  /** Takes over a connection, synchronously: a listener that comes a turn later misses frames. */
  accept: (ws: WebSocket, socket: Socket, admission: Admission) => void
  log: Logger
}

type SocketClass = Parameters<KoaWebsocket.App['ws']['listen']>[0]['WebSocket'] & {}

/** Who is refused and does not answer to the close frame is cut after this long; ws itself waits half a minute. */
const goodbye = { closeTimeout: 5_000 }
/** So long a plain answer to who asked for another protocol may take, and a client to hang up once it has its answer. */
const PLAIN_MS = 30_000
const REFUSED_MS = 5_000

/**
 * Puts the chat under a server. koa-websocket 7 takes any path and Origin, answers 101 before its first
 * middleware, and swallows what that throws; so it runs behind our own gate, without a server of its own,
 * and within a try/catch.
 */
export function attach(options: AttachOptions): void {
  const { app, server, gate, refuse, accept, programs, count, log } = options
  const admissions = new WeakMap<IncomingMessage, Admission>()
  const seldom = new Seldom()
  const tellProgram = (address: string) => {
    if (seldom.tells(address)) log.info({ event: 'program', door: 'socket', address }, 'refused')
  }

  app.ws.use(function takeOver(ctx) {
    const ws = ctx.websocket
    try {
      const admission = admissions.get(ctx.req)
      if (!admission) throw new Error('a WebSocket that did not come through the gate')
      accept(ws, ctx.req.socket, admission)
    } catch (error) {
      log.error({ err: error }, 'connection failed')
      ws.close(Close.serverError, 'internal error')
    }
  })
  app.ws.listen({
    noServer: true,
    clientTracking: false,
    maxPayload: FRAME_BYTES,
    maxFragments: FRAGMENTS,
    perMessageDeflate: false,
    ...goodbye,
    // Its types ask for the package's other exports on the class, too; ws itself makes sockets of it, no more.
    WebSocket: TellingSocket as unknown as SocketClass,
    handleProtocols: (offered) => offered.has(SUBPROTOCOL) && SUBPROTOCOL,
  })

  server.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      return answerPlainly(server, request, socket)
    const hangUp = () => socket.destroy()
    socket.on('error', hangUp)
    const another = programs?.isFor(request) ? programs : undefined
    decide<Admission | { address: string }>(request, another?.gate ?? gate, refuse)
      .then((decision) => {
        if ('status' in decision) return answer(socket, decision)
        socket.off('error', hangUp) // ws has its own from here on
        if (another) {
          socket.once('close', count(decision.address))
          const { address } = decision
          return another.upgrade(request, socket, head, () => tellProgram(address))
        }
        if ('mode' in decision) admissions.set(request, decision)
        const wss = app.ws.server
        wss?.handleUpgrade(request, socket, head, (ws) => wss.emit('connection', ws, request))
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'upgrade failed')
        socket.destroy()
      })
  })
}

/**
 * A client that offers another protocol (curl --http2 and Java's HttpClient send `h2c`) means a plain request:
 * the offer may be ignored (RFC 9110 §7.8).
 */
function answerPlainly(server: Server, request: IncomingMessage, socket: Duplex): void {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket as Socket)
  response.once('finish', () => hangUp(socket))
  socket.on('error', () => socket.destroy())
  cutAfter(socket, PLAIN_MS)
  server.emit('request', request, response)
}

/** Ends a line; cuts it when its client does not. Node looks after none that asked for another protocol. */
function hangUp(socket: Duplex, lastWords = ''): void {
  cutAfter(socket, REFUSED_MS)
  socket.end(lastWords)
  socket.resume() // else its client's goodbye is never read
}

function cutAfter(socket: Duplex, ms: number): void {
  const cut = setTimeout(() => socket.destroy(), ms).unref()
  socket.once('close', () => clearTimeout(cut))
}

async function decide<Admitted extends Pick<Admission, 'address' | 'over'>>(
  request: IncomingMessage,
  gate: (request: IncomingMessage) => Promise<Refusal | Admitted>,
  refuse: AttachOptions['refuse'],
): Promise<Refusal | Admitted> {
  const decision = await gate(request)
  if ('status' in decision) return decision
  const refusal = refuse(decision.address)
  if (refusal) await decision.over?.()
  return refusal ?? decision
}

function answer(socket: Duplex, { status, sentence, retryAfterS }: Refusal): void {
  const body = `${sentence}\n`
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(retryAfterS === undefined ? [] : [`Retry-After: ${retryAfterS}`]),
    ...(status === 426 ? ['Upgrade: websocket'] : []),
  ]
  hangUp(socket, `${headers.join('\r\n')}\r\n\r\n${body}`)
}
