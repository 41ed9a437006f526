import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFile } from './folder.js'
import { migrations } from './migrations/index.js'
import { faultOf } from './quick-check.js'
import { openDatabase, type Database } from './sqlite/driver.js'

/** What a look at a store's file shows, while a server may go on with it. */
export interface Examined {
  bytes: number
  /** What SQLite says of its damage. */
  damage?: string
  /** A step of its tables that this version does not know. */
  newer?: string
  /** The next start has steps to do. */
  older: boolean
  /** Messages that will be indexed in the background, and those that nothing would index. */
  waiting: number
  lost: number
  /** When the last message was said, in ms since 1970 UTC; 0: none was. */
  last: number
}

/** Looks at a store's file without changing anything. Undefined: there is none. */
export function examine(file: string): Examined | undefined {
  if (!existsSync(file)) return undefined
  const bytes = statSync(file).size
  const nothing = { bytes, older: false, waiting: 0, lost: 0, last: 0 }
  const db = openDatabase(file, true)
  try {
    db.exec('pragma busy_timeout = 5000')
    const damage = faultOf(db)
    if (damage !== undefined) return { ...nothing, damage }
    const steps = db.prepare('select name from kysely_migration').all() as { name: string }[]
    const newer = steps.find(({ name }) => !Object.hasOwn(migrations, name))?.name
    const older = steps.length < Object.keys(migrations).length
    if (newer !== undefined) return { ...nothing, newer }
    return older ? { ...nothing, older } : { ...nothing, ...contentsOf(db) }
  } catch (error) {
    return { ...nothing, damage: error instanceof Error ? error.message : String(error) }
  } finally {
    db.close()
  }
}

/** A message has its number in the index, or is listed for it; one that was taken back has neither. */
function contentsOf(db: Database): Pick<Examined, 'waiting' | 'lost' | 'last'> {
  const one = (sql: string) => Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0)
  return {
    waiting: one('select count(*) from search_todo'),
    lost: one(`
      select count(*) from events left join search_todo using (room_id, seq)
      where type = 'chat' and data <> '' and events.doc is null and search_todo.doc is null`),
    last: one('select max(at) from events'),
  }
}

/** What a disk does with what is committed to it. */
export interface DiskTried {
  /** As SQLite calls it; what must be there is `wal, 2` (FULL). */
  found: string
  safe: boolean
  /** How long one commit takes, in milliseconds: the median of a few. */
  ms: number
}

const COMMITS = 9
/** `PRAGMA synchronous`, https://sqlite.org/pragma.html#pragma_synchronous */
const FULL = 2

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
