import type { Database } from './sqlite/driver.js'

/** What SQLite says of a file's damage (https://sqlite.org/pragma.html#pragma_quick_check); undefined: it is whole. */
export function faultOf(db: Database): string | undefined {
  try {
    const [row = {}] = db.prepare('pragma quick_check(1)').all() as Record<string, unknown>[]
    const said = String(Object.values(row)[0])
    return said === 'ok' ? undefined : said
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
