import { existsSync, statSync } from 'node:fs'
import { faultOf, numberOf, stepsOf } from './look.js'
import { reasonOf } from './reason.js'
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
    const { newer, older } = stepsOf(db)
    if (newer !== undefined) return { ...nothing, newer }
    return older ? { ...nothing, older } : { ...nothing, ...contentsOf(db) }
  } catch (error) {
    return { ...nothing, damage: reasonOf(error) }
  } finally {
    db.close()
  }
}

/** A message has its number in the index, or is listed for it; one that was taken back has neither. */
const LOST = `
  select count(*) from events left join search_todo using (room_id, seq)
  where type = 'chat' and data <> '' and events.doc is null and search_todo.doc is null`

const contentsOf = (db: Database): Pick<Examined, 'waiting' | 'lost' | 'last'> => ({
  waiting: numberOf(db, 'select count(*) from search_todo'),
  lost: numberOf(db, LOST),
  last: numberOf(db, 'select max(at) from events'),
})
