import ipaddr from 'ipaddr.js'
import type { Check } from '../chart.js'
import { isLoopback } from '../../commands/addresses.js'

/** A network of private addresses may be as wide as this; nobody has more proxies. */
const WIDEST = { ipv4: 8, ipv6: 32 }

/** Whose word about where a request comes from is taken. */
export const proxy: Check = ({ config }, chart) => {
  const { trust_proxy: list, origins, tls_cert, host, port } = config.server
  const wide = list.filter(isWide)
  for (const entry of wide) chart.fault('proxyWide', { entry })
  if (list.length > 0 && wide.length === 0) chart.ok('proxy', { list: list.join(', ') })
  const secure = origins.find((origin) => origin.startsWith('https://'))
  if (list.length === 0 && tls_cert === '' && secure !== undefined)
    chart.warn('proxyMissing', { origin: secure })
  else if (list.length === 0) chart.ok('proxyNone')
  if (list.length > 0 && list.every(isLoopback) && !isLoopback(host))
    chart.warn('proxyAround', { port })
}

function isWide(entry: string): boolean {
  if (!entry.includes('/')) return false
  const [address, bits] = ipaddr.parseCIDR(entry)
  return bits < WIDEST[address.kind()]
}
