import type { Check } from '../chart.js'
import { open, othersMay } from '../modes.js'

/** That they could be read is sure by now: who has faults in them is told those instead. */
export const settings: Check = ({ config: { file } }, chart) => {
  if (file === undefined) chart.ok('configNone')
  else if (open(file, othersMay.write)) chart.fault('configOpen', { file })
  else chart.ok('config', { file })
}
