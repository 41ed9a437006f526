import { statSync } from 'node:fs'

/** What the group and everybody may do with a file. */
export const othersMay = { read: 0o044, write: 0o022, anything: 0o077 } as const

/** Whether others have one of these rights; on Windows there are no such bits, and what is not there has none. */
export function open(file: string, rights: number): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  return process.platform !== 'win32' && (mode & rights) !== 0
}
