import type { IncomingMessage } from 'node:http'
import type Koa from 'koa'
import { inList, isLoopback, plainAddress } from './address.js'

/** Who is at the other end, and how they reached us. */
export interface Caller {
  address: string
  /** Over https, ours or a trusted proxy's. */
  secure: boolean
  /** As in the address bar: host or host:port. */
  host: string
  /** On this machine, and not behind a proxy that nobody told us about. */
  local: boolean
}

export type ReadCaller = (request: IncomingMessage) => Caller

/**
 * Reads the caller of a request, once: it is asked for again and again. X-Forwarded-* counts only from the addresses
 * listed.
 * @param trusted Addresses and CIDR ranges of the proxies in front (`[server] trust_proxy`).
 */
export function callers(trusted: readonly string[]): ReadCaller {
  const isTrusted = inList(trusted)
  const known = new WeakMap<IncomingMessage, Caller>()

  return function readCaller(request) {
    const before = known.get(request)
    if (before) return before
    const caller = read(request)
    known.set(request, caller)
    return caller
  }

  function read(request: IncomingMessage): Caller {
    const peer = plainAddress(request.socket.remoteAddress ?? '')
    const behind = isTrusted(peer)
    const forwarded = (name: string) => (behind ? listed(request, name) : [])
    const chain = forwarded('x-forwarded-for').map(plainAddress)
    const address = chain.findLast((hop) => !isTrusted(hop)) ?? chain[0] ?? peer

    return {
      address,
      // The last value is the one that our own proxy wrote; those before it came from its client.
      secure:
        'encrypted' in request.socket ||
        forwarded('x-forwarded-proto').at(-1)?.toLowerCase() === 'https',
      host: forwarded('x-forwarded-host').at(-1) ?? hostNamed(request) ?? socketHost(request),
      local: isLoopback(address) && (behind || !isForwarded(request)),
    }
  }
}

/** Lets `ctx.ip`, `ctx.protocol`, `ctx.secure` and `ctx.host` say what {@link callers} found. */
export function tellCallers(app: Koa, readCaller: ReadCaller): void {
  const tell = (read: (caller: Caller) => string) => ({
    get(this: Koa.Request) {
      return read(readCaller(this.req))
    },
  })
  Object.defineProperties(app.request, {
    ip: tell(({ address }) => address),
    protocol: tell(({ secure }) => (secure ? 'https' : 'http')),
    host: tell(({ host }) => host),
  })
}

/** What stands in the Host header; two of them are none that could be judged (RFC 9112 §3.2), and Node takes the first. */
function hostNamed({ headers, rawHeaders }: IncomingMessage): string | undefined {
  const names = rawHeaders.filter((text, at) => at % 2 === 0 && /^host$/i.test(text))
  return names.length > 1 ? '' : headers.host
}

function listed(request: IncomingMessage, name: string): string[] {
  const value = [request.headers[name] ?? []].flat().join(',')
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

const isForwarded = ({ headers }: IncomingMessage) =>
  ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => name in headers,
  )

/** Without a Host header (HTTP/1.0) the caller used our address: no name that could have been rebound. */
function socketHost({ socket }: IncomingMessage): string {
  const address = plainAddress(socket.localAddress ?? '127.0.0.1')
  return `${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`
}
