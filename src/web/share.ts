import { isIPv6 } from 'node:net'
import { reachable } from '../network.js'
import { isLoopback } from './address.js'
import type { Context } from './context.js'
import { hostOf } from './host.js'

export interface Share {
  /** The address, for others. */
  url: string
  /**
   * `same`: it is the one in the address bar. `other`: the one there works on this machine only, this one in the
   * network. `closed`: no other machine gets here, since we listen on loopback alone. `alone`: this machine is in no network.
   */
  reach: 'same' | 'other' | 'closed' | 'alone'
}

/**
 * How others reach a page. `localhost` in the address bar means another machine to everybody else.
 * @param path Behind the base, such as `/r/tea`.
 * @param base '' or '/x'.
 * @param listening `[server] host`.
 * @param addresses Of this machine, the likeliest first.
 */
export function shareOf(
  ctx: Pick<Context, 'protocol' | 'host'>,
  path: string,
  base: string,
  listening: string,
  addresses: readonly string[] = reachable(),
): Share {
  const at = (host: string) => `${ctx.protocol}://${host}${base}${path}`
  const asked = hostOf(ctx.host)
  if (!asked || !isOnlyHere(bare(asked.hostname))) return { url: at(ctx.host), reach: 'same' }
  if (isOnlyHere(listening)) return { url: at(ctx.host), reach: 'closed' }

  const address = addresses.find((one) => listening === '::' || !isIPv6(one))
  if (!address) return { url: at(ctx.host), reach: 'alone' }
  const host = isIPv6(address) ? `[${address}]` : address
  return { url: at(asked.port ? `${host}:${asked.port}` : host), reach: 'other' }
}

/** Where a room's page is. */
export const roomPath = (room: string): string =>
  room === 'lobby' ? '/' : `/r/${encodeURIComponent(room)}`

const isOnlyHere = (host: string) => host === 'localhost' || isLoopback(host)

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')
