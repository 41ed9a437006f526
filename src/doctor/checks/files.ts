import { readFileSync } from 'node:fs'
import type { Check } from '../chart.js'

/** A connection is a file; below this a school is too many. */
const FEW = 4096

/** How many files, and so connections, may be open at a time. */
export const files: Check = (_, chart) => {
  const count = limit()
  if (count === undefined) chart.ok('filesUnknown')
  else if (count < FEW) chart.warn('filesFew', { count })
  else chart.ok('files', { count })
}

/** Node itself goes up to the hard limit. */
function limit(): number | undefined {
  if (process.platform !== 'linux') return undefined
  const [, soft = ''] =
    /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
  return soft === 'unlimited' ? Infinity : Number(soft)
}
