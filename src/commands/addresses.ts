import { isIPv6 } from 'node:net'
import { z } from 'zod'
import type { Config } from '../config.js'
import { listeningAt, type Listening } from '../listen.js'
import { reachable, type Interfaces } from '../network.js'

/** Where people open the room. */
export interface Addresses {
  /** For this machine. */
  local: string
  /** For phones and others on the network, the likeliest first. */
  network: string[]
}

/** Where a server listens, as it says itself. */
export const listening = z.object({
  host: z.string(),
  port: z.number(),
  https: z.boolean(),
  base_path: z.string(),
})

/** The addresses of a server that runs; of one that is to run by this configuration, where none does. */
export const addressesFor = (config: Config, running: Listening | undefined): Addresses =>
  addressesOf(running ?? listeningAt(config.server, config.server.port))

/** The addresses of a server that listens there. */
export function addressesOf(
  { host, port, https, base_path }: Listening,
  interfaces?: Interfaces,
): Addresses {
  const scheme = https ? 'https' : 'http'
  const url = (name: string) =>
    `${scheme}://${isIPv6(name) ? `[${name}]` : name}:${port}${base_path}/`

  if (isLoopback(host)) return { local: url(host), network: [] }
  if (host !== '0.0.0.0' && host !== '::') return { local: url(host), network: [url(host)] }
  const hosts = reachable(interfaces).filter((address) => host === '::' || !isIPv6(address))
  return { local: url('localhost'), network: hosts.map(url) }
}

/** Whether a host to listen on is out of reach for everybody else. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')
