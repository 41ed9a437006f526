import { isIPv6 } from 'node:net'
import type { Config } from '../config.js'
import { reachable, type Interfaces } from '../network.js'

/** Where people open the room. */
export interface Addresses {
  /** For this machine. */
  local: string
  /** For phones and others on the network, the likeliest first. */
  network: string[]
}

type Where = Pick<Config, 'server'>

/**
 * The addresses of a running server.
 * @param port The port it got, which is not the configured one when that is 0.
 */
export function addressesOf({ server }: Where, port: number, interfaces?: Interfaces): Addresses {
  const scheme = server.tls_cert ? 'https' : 'http'
  const url = (host: string) =>
    `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}${server.base_path}/`

  const { host } = server
  if (isLoopback(host)) return { local: url(host), network: [] }
  if (host !== '0.0.0.0' && host !== '::') return { local: url(host), network: [url(host)] }
  const hosts = reachable(interfaces).filter((address) => host === '::' || !isIPv6(address))
  return { local: url('localhost'), network: hosts.map(url) }
}

/** Whether a host to listen on is out of reach for everybody else. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')
