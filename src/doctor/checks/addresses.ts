import { addressesOf, isLoopback } from '../../commands/addresses.js'
import { listeningAt } from '../../listen.js'
import type { Check } from '../chart.js'

/** Where people find the room: where the server that runs listens, whatever the settings say by now. */
export const addresses: Check = async ({ config, running }, chart) => {
  const { origins } = config.server
  const server = await running()
  const at = server?.listening ?? listeningAt(config.server, server?.port ?? config.server.port)
  const { local, network } = addressesOf(at)
  const { host } = at
  if (isLoopback(host)) chart.ok('addressHere', { url: local, host })
  else chart.ok('address', { url: network[0] ?? local })
  const named = origins.filter((origin) => origin !== '*')
  if (named.length > 0) chart.ok('addressNames', { names: named.join(', ') })
  if (origins.includes('*')) chart.fault('originStar')
}
