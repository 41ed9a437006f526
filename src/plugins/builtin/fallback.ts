import type { Plugin } from '../../plugin.js'

/**
 * Two plugins as one: what the first leaves unanswered, by `next()` or by registering nothing, the second
 * answers. A section takes the settings of both; of two keys of one name the first plugin's rule holds.
 */
export const withFallback = (first: Plugin, second: Plugin): Plugin => ({
  name: first.name,
  api: 1,
  config: { ...second.config, ...first.config },
  async setup(host, config) {
    await first.setup(host, config)
    await second.setup(host, config)
  },
})
