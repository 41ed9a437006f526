import { createRequire } from 'node:module'
import type { DatabaseSync } from '@photostructure/sqlite'

export type Database = InstanceType<typeof DatabaseSync>
export type Statement = ReturnType<Database['prepare']>

/**
 * Opens an SQLite file with the library that Node brings along (22.13 and later), or else with the
 * prebuilt one of the same interface: no compiler and no download is needed to install.
 * @param file Absolute path; made if absent.
 * @param readOnly Nothing can be written by way of this connection; the file must be there.
 */
export const openDatabase = (file: string, readOnly = false): Database =>
  new library.DatabaseSync(file, { readOnly })

interface Library {
  DatabaseSync: typeof DatabaseSync
}

const require = createRequire(import.meta.url)
const library = load()

function load(): Library {
  // Node would call its SQLite experimental on the console of everybody who starts the server.
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => {}
  try {
    return require('node:sqlite')
  } catch {
    return require('@photostructure/sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}
