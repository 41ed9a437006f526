import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

type End = () => unknown
const ends: End[] = []

/** Has this done when the test is over, passed or failed, last first. */
export function later(end: End): void {
  ends.push(end)
}

/** Ends what the test began; a thread left open would keep the whole run from ending. */
export async function tidy(): Promise<void> {
  for (const end of ends.splice(0).toReversed()) await end()
}

/** Closes this when the test is over. Closing it before does no harm. */
export function keep<T extends { close(): unknown }>(thing: T): T {
  later(() => thing.close())
  return thing
}

/** A folder of its own. */
export async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chat-room-'))
  later(() => rm(folder, { recursive: true }))
  return folder
}
