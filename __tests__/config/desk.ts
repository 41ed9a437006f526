import { afterEach } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig, type ConfigSources, type LoadedConfig } from '../../src/config.js'
import { StartError } from '../../src/errors.js'

/** A host's working folder, with a config.ini if the host wrote one. */
export interface Desk {
  folder: string
  write(name: string, text: string | Uint8Array, mode?: number): string
  /** Loads with these flags and variables; `--config config.ini` is there once config.ini was written. */
  load(sources?: Partial<ConfigSources>): LoadedConfig
  /** The sentences it is refused with. */
  refusal(sources?: Partial<ConfigSources>): readonly string[]
}

/** A desk of its own for a test; it is cleared away after the test. */
export function desk(ini?: string): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'chat-room-desk-'))
  folders.push(folder)
  const write: Desk['write'] = (name, text, mode = 0o600) => {
    writeFileSync(join(folder, name), text, { mode })
    return join(folder, name)
  }
  if (ini !== undefined) write('config.ini', ini)
  const named = ini === undefined ? {} : { config: ['config.ini'] }

  const load: Desk['load'] = ({ flags = {}, env = {}, lang = 'en' } = {}) =>
    loadConfig({ flags: { ...named, ...flags }, env, cwd: folder, lang })
  return {
    folder,
    write,
    load,
    refusal(sources) {
      try {
        load(sources)
      } catch (error) {
        if (error instanceof StartError && error.exitCode === 78) return error.faults
        throw error
      }
      throw new Error('it was not refused')
    },
  }
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})
