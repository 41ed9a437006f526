import { migrations } from './migrations/index.js'
import { reasonOf } from './reason.js'
import type { Database } from './sqlite/driver.js'

/* What a file of the store says to who looks at it without opening the store. */

/** What SQLite says of its damage (https://sqlite.org/pragma.html#pragma_quick_check); undefined: it is whole. */
export function faultOf(db: Database): string | undefined {
  try {
    const [row = {}] = db.prepare('pragma quick_check(1)').all() as Record<string, unknown>[]
    const said = String(Object.values(row)[0])
    return said === 'ok' ? undefined : said
  } catch (error) {
    return reasonOf(error)
  }
}

/** The steps that its tables have taken. */
export function stepsOf(db: Database): {
  /** One that this version does not know. */
  newer?: string
  /** There are more, and the next start takes them. */
  older: boolean
} {
  const steps = db.prepare('select name from kysely_migration').all() as { name: string }[]
  const newer = steps.find(({ name }) => !Object.hasOwn(migrations, name))?.name
  const older = steps.length < Object.keys(migrations).length
  return { older, ...(newer !== undefined && { newer }) }
}

/** The number that a question gives; 0 where it gives none. */
export const numberOf = (db: Database, sql: string): number =>
  Number(Object.values(db.prepare(sql).get() ?? {})[0] ?? 0)
