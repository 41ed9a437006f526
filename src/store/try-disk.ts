import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFile } from './folder.js'
import { FULL } from './sqlite/durability.js'
import { openDatabase } from './sqlite/driver.js'

/** What a disk does with what is committed to it. */
export interface DiskTried {
  /** As SQLite calls it; what must be there is `wal, 2` (FULL). */
  found: string
  safe: boolean
  /** How long one commit takes, in milliseconds: the median of a few. */
  ms: number
}

const COMMITS = 9

/** Commits a little to a file of its own in a folder, as the store would. @throws what the disk says. */
export function tryDisk(folder: string): DiskTried {
  const file = join(folder, `doctor-${process.pid}.db`)
  makeFile(file)
  const db = openDatabase(file)
  try {
    db.exec('pragma journal_mode = WAL; pragma synchronous = FULL; create table tried (x)')
    const times = Array.from({ length: COMMITS }, () => {
      const start = performance.now()
      db.exec('insert into tried values (1)')
      return performance.now() - start
    })
    const of = (pragma: string) =>
      String(Object.values(db.prepare(`pragma ${pragma}`).get() ?? {})[0])
    const [journal, sync] = [of('journal_mode'), of('synchronous')]
    const ms = times.toSorted((a, b) => a - b)[Math.floor(COMMITS / 2)] ?? 0
    return { found: `${journal}, ${sync}`, safe: journal === 'wal' && sync === String(FULL), ms }
  } finally {
    db.close()
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  }
}
