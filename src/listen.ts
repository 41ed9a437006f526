import { isIPv6 } from 'node:net'
import { readFileSync, statSync } from 'node:fs'
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Config } from './config.js'
import { Exit, StartError } from './errors.js'
import { fill, systemLang, texts } from './i18n/index.js'
import type { Logger } from './log.js'

type ServerConfig = Config['server']

/** Times that a slow or silent HTTP client may take, in milliseconds. */
const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
const KEEP_ALIVE_MS = 5_000
/** Who reads nothing of an answer, and sends nothing, for so long is gone. */
const SILENT_MS = 60_000
/** Who takes longer is looked for this often; left to Node it would be half a minute more. */
const LOOK_MS = 1_000
const MAX_HEADERS = 100
/** Requests of a connection that wait for their answers; browsers and proxies send one at a time. */
const AHEAD = 16
/** The files of the certificate are looked at this often. */
const RENEWED_MS = 10_000

/** An HTTP server, or an HTTPS one if `tls_cert` is set; slow and silent clients are cut. */
export function httpServer({ tls_cert, tls_key }: ServerConfig, handler: RequestListener): Server {
  const options = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: LOOK_MS,
  }
  const answer = fewAhead(handler)
  const server = tls_cert
    ? createHttpsServer({ ...options, ...certificate(tls_cert, tls_key) }, answer)
    : createHttpServer(options, answer)
  server.maxHeadersCount = MAX_HEADERS
  server.timeout = SILENT_MS
  watchSilent(server)
  return server
}

/**
 * Node takes up at once all requests that came in one piece, a thousand or more, and keeps their answers in memory for
 * who does not read them. Whoever sends so many ahead is no browser, and is cut.
 */
function fewAhead(handler: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>()
  return function answer(request, response) {
    const { socket } = request
    const ahead = waiting.get(socket) ?? 0
    if (ahead >= AHEAD) return void socket.destroy()
    waiting.set(socket, ahead + 1)
    response.once('close', () => waiting.set(socket, (waiting.get(socket) ?? 1) - 1))
    handler(request, response)
  }
}

/**
 * Takes a renewed certificate up while the server runs: who connects from then on gets it, nobody else notices.
 * Files that do not fit together, as in the moment when one of them is written, are looked at again when they change.
 * @param every How often the files are looked at, in milliseconds.
 * @returns ends it.
 */
export function takeRenewed(
  server: Server,
  { tls_cert, tls_key }: ServerConfig,
  log: Logger,
  every = RENEWED_MS,
): () => void {
  if (!(server instanceof HttpsServer)) return () => undefined
  const state = () => [tls_cert, tls_key].map(stateOf).join()
  let seen = state()
  const look = () => {
    const now = state()
    if (now === seen) return
    seen = now
    try {
      server.setSecureContext(certificate(tls_cert, tls_key))
      log.info({ event: 'tls' }, 'the renewed certificate is in use')
    } catch (error) {
      log.error({ err: error }, 'the renewed certificate cannot be used: the one before stays')
    }
  }
  const timer = setInterval(look, every).unref()
  return () => clearInterval(timer)
}

function stateOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  return `${found?.ino} ${found?.mtimeMs} ${found?.size}`
}

/** @throws {StartError} when the port is taken or may not be used. */
export function listen(server: Server, { host, port }: ServerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new StartError([whyNot(error, host, port)], Exit.unavailable, error))
    })
    server.listen(port, host, resolve)
  })
}

/** Resolves when the last connection is gone: those that asked for something get their answer first. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    for (const socket of open.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy()
  })
}

/** Connections, by server. */
const open = new WeakMap<Server, Set<Socket>>()

/**
 * A browser connects ahead of what it may want to ask. To Node such a connection is not idle, and closing would wait for
 * it until its headers are overdue.
 */
function watchSilent(server: Server): void {
  const sockets = new Set<Socket>()
  open.set(server, sockets)
  // One for all of them: thousands stay for hours.
  function forget(this: Socket): void {
    sockets.delete(this)
  }
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', forget)
  })
}

function certificate(certFile: string, keyFile: string): { cert: Buffer; key: Buffer } {
  try {
    return { cert: readFileSync(certFile), key: readFileSync(keyFile) }
  } catch (error) {
    throw new StartError([`TLS: ${(error as Error).message}`], Exit.config, error)
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const { listen } = texts[systemLang()]
  if (code === 'EADDRINUSE') return fill(listen.busy, { port, next: port + 1 })
  if (code === 'EACCES') return fill(listen.forbidden, { port })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return fill(listen.noSuchHost, { host })
  return message
}

/** Where a server listens, flags and all: whoever asks it need not have been started as it was. */
export interface Listening {
  host: string
  port: number
  https: boolean
  base_path: string
}

/** @param port The port it got, which is not the configured one when that is 0. */
export const listeningAt = (
  { host, tls_cert, base_path }: ServerConfig,
  port: number,
): Listening => ({ host, port, https: tls_cert !== '', base_path })

/** Where a program on this machine reaches the server, with its base path. */
export function urlHere({ host, tls_cert, base_path }: ServerConfig, port: number): string {
  const anywhere = host === '0.0.0.0' || host === '::'
  const name = anywhere ? '127.0.0.1' : isIPv6(host) ? `[${host}]` : host
  return `${tls_cert ? 'https' : 'http'}://${name}:${port}${base_path}`
}
