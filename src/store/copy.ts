import { randomBytes } from 'node:crypto'
import { renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { flush, makeFile } from './folder.js'
import { faultOf, numberOf, stepsOf } from './look.js'
import { openDatabase, type Database } from './sqlite/driver.js'

/** What a file of the store holds. */
export interface Contents {
  messages: number
  rooms: number
  /** When the last message was said, in ms since 1970 UTC; absent: none was. */
  last?: number
  bytes: number
}

/** Why a file is no good as a store: `damaged` (or another program's), `newer` (a later version's). */
export class CopyError extends Error {
  override readonly name = 'CopyError'
  readonly why: 'damaged' | 'newer'

  constructor(why: CopyError['why'], detail: string) {
    super(detail)
    this.why = why
  }
}

/**
 * Copies a store into one new file, as it is at one moment, while the server may go on writing it. What was
 * recalled is not in the copy: it is written anew, without what lies between (https://sqlite.org/lang_vacuum.html).
 * The copy is on the disk, whole, or not there at all.
 * @param from The file of the store. @param to Where the copy goes; replaced if it is there.
 * @param fresh Whether the copy counts as another past: clients that know the old numbers begin anew.
 * @throws {CopyError} what is copied is no store; what the file system or SQLite says otherwise.
 */
export function copyStore(from: string, to: string, { fresh = false } = {}): Contents {
  const part = `${to}.part`
  rmSync(part, { force: true })
  makeFile(part) // for this user alone, before anything is in it
  try {
    reading(from, (db) => db.prepare('vacuum into ?').run(part))
    if (fresh) renewEpoch(part)
    const contents = reading(part, look)
    flush(part)
    renameSync(part, to)
    flush(dirname(to))
    return { ...contents, bytes: statSync(to).size }
  } finally {
    rmSync(part, { force: true })
  }
}

/** Reads a store that nobody needs to have open. @throws {CopyError} */
function reading<T>(file: string, read: (db: Database) => T): T {
  const db = openDatabase(file, true)
  try {
    check(db)
    return read(db)
  } finally {
    db.close()
  }
}

function check(db: Database): void {
  const damage = faultOf(db)
  if (damage !== undefined) throw new CopyError('damaged', damage)
  const tables = db.prepare(`select name from sqlite_master where name in ('meta', 'events')`).all()
  if (tables.length < 2) throw new CopyError('damaged', 'there is no room in it')
  const { newer } = stepsOf(db)
  if (newer !== undefined) throw new CopyError('newer', newer)
}

function look(db: Database): Omit<Contents, 'bytes'> {
  const last = numberOf(db, 'select max(at) from events')
  return {
    messages: numberOf(db, `select count(*) from events where type = 'chat'`),
    rooms: numberOf(db, 'select count(*) from rooms'),
    ...(last > 0 && { last }),
  }
}

function renewEpoch(file: string): void {
  const db = openDatabase(file)
  try {
    db.prepare(`update meta set value = ? where name = 'epoch'`).run(randomBytes(8).toString('hex'))
  } finally {
    db.close()
  }
}
