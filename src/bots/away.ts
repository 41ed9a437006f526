import ipaddr from 'ipaddr.js'
import type { BotTool } from '../plugin.js'
import type { BotInfo } from '../protocol.js'

type Away = BotInfo['away']

/**
 * Where a bot's messages leave this machine to, for people to read: a public host by its name, a private
 * one not (how a network is laid out is nobody's business).
 * @param leaves Addresses or hosts as the plugin declares them; empty: nothing leaves; absent: nobody knows.
 */
export function awayOf(leaves: readonly string[] | undefined): Away {
  if (leaves === undefined) return { to: 'unknown' }
  const hosts = leaves.filter((one) => one !== UNKNOWN).map(hostOf)
  const distant = [...new Set(hosts.filter((host) => reachOf(host) === 'internet'))]
  if (distant.length > 0) return { to: 'internet', hosts: distant }
  if (leaves.includes(UNKNOWN)) return { to: 'unknown' }
  return { to: hosts.some((host) => reachOf(host) === 'network') ? 'network' : 'machine' }
}

/** A program that is asked, of which nobody knows. */
const UNKNOWN = '?'

/** Where a bot's tools are, as the room may know it. */
export function toolsOf(tools: readonly BotTool[]): NonNullable<BotInfo['tools']> {
  return tools.map(({ name, url }) => {
    if (url === undefined) return { name, to: 'program' }
    const { to, hosts: [host] = [] } = awayOf([url])
    return { name, to: to === 'unknown' ? 'program' : to, ...(host !== undefined && { host }) }
  })
}

/** `https://user:key@api.example.com:8443/v1?x` → `api.example.com` */
function hostOf(address: string): string {
  const whole = address.includes('://') ? address : `http://${address}`
  return URL.canParse(whole) ? new URL(whole).hostname.replace(/^\[|\]$|\.$/g, '') : ''
}

function reachOf(host: string): Away['to'] {
  if (ipaddr.isValid(host)) return reachOfAddress(host)
  if (host === 'localhost' || host.endsWith('.localhost')) return 'machine'
  return HOUSE.test(host) ? 'network' : 'internet'
}

/** Names without a dot, and those that no public server may have (RFC 6762, RFC 8375 and common use). */
const HOUSE = /^[^.]*$|\.(?:local|lan|internal|home\.arpa)$/

function reachOfAddress(host: string): Away['to'] {
  const range = ipaddr.process(host).range()
  if (range === 'loopback' || range === 'unspecified') return 'machine'
  return PRIVATE.has(range) ? 'network' : 'internet'
}

const PRIVATE: ReadonlySet<string> = new Set([
  'private',
  'uniqueLocal',
  'linkLocal',
  'carrierGradeNat',
])
