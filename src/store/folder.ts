import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { systemCode } from './reason.js'

/**
 * Makes the folder, and those above it, for this user alone; one that exists stays as it is. One by one, since
 * Node's `recursive` never returns where none can be made (/proc/data).
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
}

/**
 * Makes an empty file for this user alone; one that exists stays as it is. That one is not even opened:
 * closing it would give up every lock that this process holds on it (POSIX advisory locks).
 */
export function makeFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
}

/** Waits until it is on the disk, a folder's names too. */
export function flush(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
