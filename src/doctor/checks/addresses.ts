import { addressesOf, isLoopback } from '../../commands/addresses.js'
import type { Check } from '../chart.js'

/** Where people find the room. */
export const addresses: Check = ({ config }, chart) => {
  const { origins, host, port } = config.server
  const { local, network } = addressesOf(config, port)
  if (isLoopback(host)) chart.ok('addressHere', { url: local, host })
  else chart.ok('address', { url: network[0] ?? local })
  const named = origins.filter((origin) => origin !== '*')
  if (named.length > 0) chart.ok('addressNames', { names: named.join(', ') })
  if (origins.includes('*')) chart.fault('originStar')
}
