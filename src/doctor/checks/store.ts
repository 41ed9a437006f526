import { examine, type Examined } from '../../store/examine.js'
import { storeFile } from '../../store/open.js'
import type { Chart, Check } from '../chart.js'

/** This program was made later. */
const MADE = Date.UTC(2026, 0, 1)
/** Clocks of one machine do not differ by more. */
const SLACK_MS = 5 * 60_000

/** The file of the store, and the clock that its times come from. */
export const store: Check = ({ config, lang }, chart) => {
  const file = storeFile(config.store.url, config.server.data, lang)
  const found = examine(file)
  if (!found) chart.ok('storeNew', { file })
  else tell(file, found, chart)
  tellClock(found?.last ?? 0, chart)
}

function tell(file: string, found: Examined, chart: Chart): void {
  const { damage: detail, newer, older, waiting, lost, bytes } = found
  if (detail !== undefined) return chart.fault('storeDamaged', { file, detail })
  if (newer !== undefined) return chart.fault('storeNewer', { file, detail: newer })
  chart.ok('store', { file, size: (bytes / 1024 ** 2).toFixed(1) })
  if (older) return chart.warn('storeOlder', { file })
  if (lost > 0) chart.fault('indexBroken', { count: lost })
  if (waiting > 0) chart.warn('indexWaits', { count: waiting })
  if (lost === 0 && waiting === 0) chart.ok('index')
}

function tellClock(last: number, chart: Chart): void {
  const at = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`
  const now = at(Date.now())
  if (Date.now() < MADE) chart.fault('clockWrong', { now })
  else if (last > Date.now() + SLACK_MS) chart.fault('clockBehind', { now, last: at(last) })
  else chart.ok('clock', { now })
}
