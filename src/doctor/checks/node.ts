import type { Check } from '../chart.js'

/** Node 20 got its last fixes in April 2026. */
const OLDEST_CARED_FOR = 22

export const node: Check = (_, chart) => {
  const version = process.versions.node
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 9) || major > 22
  if (!fits) chart.fault('nodeUnfit', { version })
  else if (major < OLDEST_CARED_FOR) chart.warn('nodeOld', { version })
  else chart.ok('node', { version })
  if (process.getuid?.() === 0) chart.warn('root')
}
