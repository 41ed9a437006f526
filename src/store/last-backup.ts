import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const note = z.object({ at: z.number(), file: z.string() })

/** When a backup of a data folder was made last, in ms since 1970 UTC, and where it was put. */
export type LastBackup = z.infer<typeof note>

const noteIn = (data: string): string => join(data, 'last-backup.json')

/** What is known of it. */
export function lastBackup(data: string): LastBackup | undefined {
  try {
    return note.safeParse(JSON.parse(readFileSync(noteIn(data), 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Notes one. Who may read the data but not write there has made a good backup all the same. */
export function noteBackup(data: string, made: LastBackup): void {
  try {
    writeFileSync(noteIn(data), `${JSON.stringify(made)}\n`, { mode: 0o600 })
  } catch {
    // Then nobody knows of it.
  }
}
