import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { addressesFor, listening as at } from './addresses.js'
import { when } from './when.js'

/** Makes a link that makes its bearer host, once, within a quarter of an hour. */
export const hostLink = act({
  name: 'host-link',
  begins: true,
  words: [],
  read: () => ({}),
  result: z.object({ token: z.string(), until: z.number(), listening: at.optional() }),
  tell({ token, until, listening }, { done }, { config }) {
    const { local, network } = addressesFor(config, listening)
    const links = [local, ...network].map((address) => `  ${linkAt(address, token)}`)
    const offline = listening === undefined ? [done.startFirst] : []
    return [fill(done.hostLink, { until: when(until) }), ...links, ...offline]
  },
})

/** The token stands behind the `#`, which no server and no proxy gets to see. */
export const linkAt = (address: string, token: string): string => `${address}host#${token}`
