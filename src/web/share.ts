import { isLoopback, lanAddress } from './address.js'
import type { Context } from './context.js'
import { hostOf } from './host.js'

/**
 * The address under which others reach a room.
 * @param base '' or '/x'.
 * @param listening `[server] host`: where it is loopback, no other machine gets here.
 */
export function shareUrl(ctx: Context, room: string, base: string, listening: string): string {
  const path = room === 'lobby' ? '/' : `/r/${encodeURIComponent(room)}`
  return `${ctx.protocol}://${reachable(ctx.host, listening)}${base}${path}`
}

/** `localhost` in the address bar means another machine to everybody else. */
function reachable(host: string, listening: string): string {
  const asked = hostOf(host)
  const lan = isLoopback(listening) || listening === 'localhost' ? undefined : lanAddress()
  const onlyHere = asked?.hostname === 'localhost' || isLoopback(bare(asked?.hostname ?? ''))
  if (!asked || !onlyHere || !lan) return host
  return asked.port ? `${lan}:${asked.port}` : lan
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')
