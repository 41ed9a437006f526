import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { addressesOf } from './addresses.js'
import { when } from './when.js'

/** Makes a link that makes its bearer host, once, within a quarter of an hour. */
export const hostLink = act({
  name: 'host-link',
  begins: true,
  words: [],
  read: () => ({}),
  result: z.object({ token: z.string(), until: z.number(), port: z.number().optional() }),
  tell({ token, until, port }, { done }, { config }) {
    const { local, network } = addressesOf(config, port ?? config.server.port)
    const links = [local, ...network].map((address) => `  ${linkAt(address, token)}`)
    const offline = port === undefined ? [done.startFirst] : []
    return [fill(done.hostLink, { until: when(until) }), ...links, ...offline]
  },
})

/** The token stands behind the `#`, which no server and no proxy gets to see. */
export const linkAt = (address: string, token: string): string => `${address}host#${token}`
