import type { IncomingMessage } from 'node:http'
import { ownAddresses } from './address.js'
import type { Caller } from './caller.js'
import { hostOf } from './host.js'

export interface OriginRule {
  /** May a page of this origin open the WebSocket? Without an Origin no browser asks. */
  opensSocket(request: IncomingMessage, caller: Caller): boolean
  /** Did one of our own pages send this unsafe request, or something that is no browser? */
  sendsForms(request: IncomingMessage, caller: Caller): boolean
}

/**
 * The two questions about where a request comes from; exact comparison, never a part of a name.
 * @param origins `[server] origins`; `*` opens the WebSocket only.
 */
export function originRule(origins: readonly string[]): OriginRule {
  const isListed = (origin: URL) => origins.some((entry) => sameOrigin(entry, origin))

  return {
    opensSocket({ headers, socket }, { host }) {
      if (headers.origin === undefined || origins.includes('*')) return true
      const origin = webOrigin(headers.origin)
      if (!origin) return false
      return isOwn(origin, host) || isThisMachine(origin, socket.localPort) || isListed(origin)
    },

    sendsForms({ headers }, { host }) {
      const site = headers['sec-fetch-site']
      if (site !== undefined) return site === 'same-origin' || site === 'none'
      if (headers.origin === undefined) return true
      const origin = webOrigin(headers.origin)
      return origin !== undefined && (isOwn(origin, host) || isListed(origin))
    },
  }
}

/** Scheme, host and port of a page on the web; `null`, extensions, files and more than an origin are none. */
function webOrigin(text: string): URL | undefined {
  const url = /^https?:\/\//i.test(text) ? hostOf(text) : undefined
  return url?.origin === text.toLowerCase() ? url : undefined
}

/** A default port may be left out on either side. */
const isOwn = (origin: URL, host: string) =>
  hostOf(`${origin.protocol}//${host}`)?.host === origin.host

/** A page of this machine served by this server, under whichever of its addresses. */
function isThisMachine(origin: URL, ownPort: number | undefined): boolean {
  const port = Number(origin.port || (origin.protocol === 'https:' ? 443 : 80))
  const name = origin.hostname.replace(/^\[|\]$/g, '')
  return port === ownPort && (name === 'localhost' || ownAddresses().includes(name))
}

/** An entry without a scheme stands for http and https. */
const sameOrigin = (entry: string, origin: URL) =>
  entry.includes('://') ? hostOf(entry)?.origin === origin.origin : isOwn(origin, entry)
