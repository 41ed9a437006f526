import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/** `::ffff:192.0.2.1` is 192.0.2.1; what is no address stays as it is. */
export const plainAddress = (address: string): string =>
  ipaddr.isValid(address) ? ipaddr.process(address).toString() : address

export const isLoopback = (address: string): boolean => rangeOf(address) === 'loopback'

/** Loopback, or a network in which a whole class may sit behind one address. */
export const isNear = (address: string): boolean => near.has(rangeOf(address))

/** What limits count by: an address, of IPv6 its /64, for a single machine owns all of it. */
export function neighbourhood(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${parsed.toNormalizedString().split(':').slice(0, 4).join(':')}::/64`
}

/** Addresses of this machine, as they are now. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address))

/**
 * Makes the question whether an address stands in a list.
 * @param listed Addresses and CIDR ranges.
 * @throws {Error} naming an entry that is neither.
 */
export function inList(listed: readonly string[]): (address: string) => boolean {
  const ranges = listed.map((entry) =>
    entry.includes('/') ? ipaddr.parseCIDR(entry) : single(ipaddr.process(entry)),
  )
  return function isListed(address) {
    if (!ipaddr.isValid(address)) return false
    const asked = ipaddr.process(address)
    return ranges.some((range) => asked.kind() === range[0].kind() && asked.match(range))
  }
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number]
const single = (address: Range[0]): Range => [address, address.kind() === 'ipv4' ? 32 : 128]

const near = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal'])
const rangeOf = (address: string) =>
  ipaddr.isValid(address) ? ipaddr.process(address).range() : 'unknown'
