import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { copyStore, type Contents } from './copy.js'
import { flush } from './folder.js'
import { openDatabase } from './sqlite/driver.js'

/**
 * Puts a copy of a store in the place of the present one, which is kept beside it. Whenever the machine stops, there
 * is one of the two. The caller holds the lock of the folder.
 * @param from The copy. @param file Of the store; there may be none yet. @param kept Where the present one goes.
 * @returns What is there now, and whether something was kept.
 * @throws {CopyError} The copy is no good; nothing was changed.
 */
export function restoreStore(
  from: string,
  file: string,
  kept: string,
): Contents & { kept: boolean } {
  const coming = `${file}.restored`
  const contents = copyStore(from, coming, { fresh: true })
  try {
    const there = existsSync(file)
    if (there) keep(file, kept)
    renameSync(coming, file)
    flush(dirname(file))
    return { ...contents, kept: there }
  } finally {
    rmSync(coming, { force: true })
  }
}

/** The file stays in its place under its name, too, until the new one takes that. */
function keep(file: string, kept: string): void {
  const beside = ['-wal', '-shm'].filter((end) => existsSync(`${file}${end}`))
  if (beside.length > 0 || !giveName(file, kept)) copyAll(file, kept, ['', ...beside])
  flush(dirname(kept))
  if (beside.length === 0) return
  // The last server did not end by itself. SQLite would play what it left into the new file.
  foldLog(file)
  for (const end of beside) rmSync(`${file}${end}`, { force: true })
}

/** @returns whether the file has this name too, now: not every file system gives a file two (exFAT, some shares). */
function giveName(file: string, name: string): boolean {
  try {
    linkSync(file, name)
    return true
  } catch {
    return false
  }
}

/** Nothing has the name of the kept file before all of it is on the disk. */
function copyAll(file: string, kept: string, ends: readonly string[]): void {
  const part = (end: string) => `${kept}${end}.part`
  try {
    for (const end of ends) copyFileSync(`${file}${end}`, part(end))
    for (const end of ends) flush(part(end))
    for (const end of ends.toReversed()) renameSync(part(end), `${kept}${end}`)
  } finally {
    for (const end of ends) rmSync(part(end), { force: true })
  }
}

/** Moves what lies beside the file into it. */
function foldLog(file: string): void {
  try {
    const db = openDatabase(file)
    try {
      db.exec('pragma wal_checkpoint(TRUNCATE)')
    } finally {
      db.close()
    }
  } catch {
    // It is damaged, maybe why a backup is wanted; it was copied as it was.
  }
}

/**
 * A free name for what was there before, with the moment in it: `chat-room.before-20261126-152005.db`, and
 * `…-152005-2.db` for another one within the second.
 */
export function keptName(folder: string, stamp: string): string {
  for (let nth = 1; ; nth += 1) {
    const file = join(folder, `chat-room.before-${stamp}${nth === 1 ? '' : `-${nth}`}.db`)
    if (!existsSync(file)) return file
  }
}
