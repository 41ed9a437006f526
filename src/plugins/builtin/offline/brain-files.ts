import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Brain } from './brain.js'
import { faultsIn } from './faults.js'
import { parseBrain } from './parse-brain.js'
import { consoleTongue } from './tongue.js'

/**
 * Reads a host's brain files and then the bird's own.
 * @param extra Paths of the host's files.
 * @param skills Names that may stand behind `@` in them.
 * @throws {Error} which file cannot be read, or all faults in them, a line each.
 */
export async function readBrain(
  extra: readonly string[],
  skills: ReadonlySet<string>,
): Promise<Brain> {
  const files = await Promise.all([...extra, own('zh.txt'), own('en.txt')].map(readText))
  return parseBrain(files, skills)
}

/** The same from src/ and from dist/, as texts are not compiled. */
const own = (name: string): string =>
  fileURLToPath(new URL(`../../../../src/plugins/builtin/offline/brain/${name}`, import.meta.url))

async function readText(name: string) {
  try {
    return { name, text: await readFile(name, 'utf8') }
  } catch (cause) {
    throw new Error(faultsIn[consoleTongue()].noFile(name), { cause })
  }
}
