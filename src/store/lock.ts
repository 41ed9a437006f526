import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Exit, StartError } from '../errors.js'
import { fill, systemLang, texts, type Lang } from '../i18n/index.js'
import { makeFile, makeFolder } from './folder.js'
import { reasonOf, sqliteCode } from './reason.js'
import { openDatabase, type Database } from './sqlite/driver.js'

/** SQLite's result code for a file that somebody else has locked. */
const BUSY = 5

export interface Lock {
  /** Lets the next server in. */
  release(): Promise<void>
}

/**
 * Locks the data folder for the life of this process. The operating system holds the lock, so none is
 * left behind however the process ends. Makes the folder (0700) if there is none.
 * @param folder Absolute path.
 * @param lang Language of the sentence if it fails; the environment's, if not given.
 * @throws {StartError} exit code 75: another server has it, named by its process id; 78: no lock to be had here.
 */
export async function lockData(folder: string, lang: Lang = systemLang()): Promise<Lock> {
  const pidFile = path.join(folder, 'chat-room.pid')
  try {
    makeFolder(folder)
    const holder = lockFile(path.join(folder, 'chat-room.lock'))
    // Beside the lock, not in it: to open and close a locked file gives up the lock.
    writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 })
    return lock(holder, pidFile)
  } catch (error) {
    throw refusal(error, folder, pidFile, lang)
  }
}

function lockFile(file: string): Database {
  makeFile(file)
  const holder = openDatabase(file)
  try {
    holder.exec('begin exclusive')
    return holder
  } catch (error) {
    holder.close()
    throw error
  }
}

function lock(holder: Database, pidFile: string): Lock {
  let held = true
  return {
    async release() {
      if (!held) return
      held = false
      rmSync(pidFile, { force: true })
      holder.close()
    },
  }
}

function refusal(error: unknown, folder: string, pidFile: string, lang: Lang): StartError {
  const words = texts[lang].store
  if (sqliteCode(error) === BUSY) {
    const sentence = fill(words.locked, { folder, pid: readPid(pidFile) })
    return new StartError([sentence], Exit.busy, error)
  }
  const sentence = fill(words.unlockable, { folder, reason: reasonOf(error) })
  return new StartError([sentence], Exit.config, error)
}

/** Written a moment after the lock was taken, so it may be missing. */
function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim() || '?'
  } catch {
    return '?'
  }
}
