import { existsSync } from 'node:fs'
import { lastBackup } from '../../store/last-backup.js'
import type { Check } from '../chart.js'

const OLD_MS = 2 * 86_400_000

/** When somebody last made one; a server without data needs none. */
export const backup: Check = ({ config }, chart) => {
  if (!existsSync(config.server.data)) return
  const last = lastBackup(config.server.data)
  if (!last) return chart.warn('backupNone')
  const { file } = last
  const at = `${new Date(last.at).toISOString().slice(0, 16)}Z`
  if (!existsSync(file)) chart.warn('backupGone', { file })
  else if (Date.now() - last.at > OLD_MS) chart.warn('backupOld', { at })
  else chart.ok('backup', { at, file })
}
