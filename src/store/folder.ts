import { closeSync, mkdirSync, openSync } from 'node:fs'
import { systemCode } from './reason.js'

/** Makes the folder, and those above it, for this user alone; one that exists stays as it is. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
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
