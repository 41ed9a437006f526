import { accessSync, constants, existsSync, readdirSync, statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tryDisk } from '../../store/try-disk.js'
import { reasonOf } from '../../store/reason.js'
import type { Chart, Check } from '../chart.js'
import { open, othersMay } from '../modes.js'

const GIB = 1024 ** 3
const LITTLE = 1
const NEXT_TO_NOTHING = 0.1
/** A commit that takes longer than this is felt. */
const SLOW_MS = 50

/** The folder of the data: who may write and read there, how much goes in, and whether the disk keeps it. */
export const data: Check = ({ config }, chart) => {
  const folder = config.server.data
  const there = nearestThere(folder)
  if (!mayWrite(there)) return chart.fault('dataShut', { folder: there })
  const free = freeGib(there)
  if (there !== folder) chart.ok('dataNew', { folder })
  else chart.ok('data', { folder, free: free.toFixed(1) })
  tellSpace(there, free, chart)
  if (there === folder) tellModes(folder, chart)
  tellFileSystem(there, chart)
  tellDisk(there, chart)
}

function nearestThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder))
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function freeGib(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return (bavail * bsize) / GIB
}

function tellSpace(folder: string, gib: number, chart: Chart): void {
  const free = gib.toFixed(2)
  if (gib < NEXT_TO_NOTHING) chart.fault('spaceNone', { free, folder })
  else if (gib < LITTLE) chart.warn('spaceLow', { free, folder })
}

/** A folder that is shut keeps what is in it as well. */
function tellModes(folder: string, chart: Chart): void {
  if (!open(folder, othersMay.anything)) return
  chart.warn('dataOpen', { folder })
  const wide = readdirSync(folder).filter(
    (name) => name !== 'bots' && open(join(folder, name), othersMay.read),
  )
  if (wide.length > 0) chart.fault('dataWide', { folder, files: wide.join(', ') })
}

/** By the numbers of Linux, https://man7.org/linux/man-pages/man2/statfs.2.html */
const unfit: Readonly<Record<number, ['diskNet' | 'diskMaybe' | 'diskGone', string]>> = {
  0x6969: ['diskNet', 'NFS'],
  0xff534d42: ['diskNet', 'CIFS'],
  0xfe534d42: ['diskNet', 'SMB'],
  0x65735546: ['diskMaybe', 'FUSE'],
  0x01021997: ['diskMaybe', '9p'],
  0x01021994: ['diskGone', 'tmpfs'],
  0x794c7630: ['diskGone', 'overlayfs'],
}

function tellFileSystem(folder: string, chart: Chart): void {
  const found = process.platform === 'linux' ? unfit[statfsSync(folder).type >>> 0] : undefined
  if (!found) return
  const [what, type] = found
  if (what === 'diskNet') chart.fault(what, { folder, type })
  else chart.warn(what, { folder, type })
}

function tellDisk(folder: string, chart: Chart): void {
  try {
    const { safe, found, ms } = tryDisk(folder)
    const took = ms < 10 ? ms.toFixed(1) : Math.round(ms)
    if (!safe) chart.fault('diskUnsafe', { found })
    else if (ms > SLOW_MS) chart.warn('diskSlow', { ms: took })
    else chart.ok('disk', { ms: took })
  } catch (error) {
    chart.fault('diskUnsafe', { found: reasonOf(error) })
  }
}
