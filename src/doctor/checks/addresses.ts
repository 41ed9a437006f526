import { addressesOf, isLoopback } from '../../commands/addresses.js'
import type { Check } from '../chart.js'

/** Where people find the room: at the port of the server that runs, whatever the settings say by now. */
export const addresses: Check = async ({ config, running }, chart) => {
  const { origins, host, port } = config.server
  const { local, network } = addressesOf(config, (await running())?.port ?? port)
  if (isLoopback(host)) chart.ok('addressHere', { url: local, host })
  else chart.ok('address', { url: network[0] ?? local })
  const named = origins.filter((origin) => origin !== '*')
  if (named.length > 0) chart.ok('addressNames', { names: named.join(', ') })
  if (origins.includes('*')) chart.fault('originStar')
}
