import { createHash, randomBytes } from 'node:crypto'
import type { Order } from './order.js'
import { claimHost } from './role.js'
import type { Person } from './acts.js'

/** A link is good for this long, in milliseconds. */
const HOST_LINK_MS = 900_000
/** 256 random bits, base64url. */
const TOKEN = /^[\w-]{43}$/

/** Makes the token of a one-time link that makes its bearer host; the store keeps its hash. */
export async function makeHostLink({ options }: Order): Promise<{ token: string; until: number }> {
  const token = randomBytes(32).toString('base64url')
  const now = options.clock.now()
  const until = now + HOST_LINK_MS
  await options.store.roles.addLink(hash(token), until, now)
  options.log.info({ event: 'host-link' }, 'audit')
  return { token, until }
}

/** Makes the bearer of a token host. @returns false: it is unknown, over or used up; any string may be given. */
export const claimHostLink = async (
  order: Order,
  { person, token }: { person: Person; token: string },
): Promise<boolean> => TOKEN.test(token) && claimHost(order, { person, hash: hash(token) })

const hash = (token: string) => createHash('sha256').update(token).digest('base64url')
