import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Section } from '../config/sections.js'
import type { Lang } from '../i18n/index.js'
import type { Plugins } from '../plugins/load.js'
import { botNameOf, isBotFile } from './bot-file.js'
import { faultOf } from './fault.js'

export interface TryOptions {
  folder: string
  plugins: Pick<Plugins, 'bring'>
  /** Of the configuration: what one of them uses was tried with it. */
  sections: readonly Section[]
  lang: Lang
}

/** Loads the bots of a folder without a room. @returns a sentence for each that cannot be used. */
export async function tryFolder({
  folder,
  plugins,
  sections,
  lang,
}: TryOptions): Promise<string[]> {
  const faults: string[] = []
  const files = await readdir(folder).catch((): string[] => [])
  for (const file of files.filter(isBotFile).toSorted()) {
    const use = join(folder, file)
    if (sections.some((section) => section.use === use)) continue
    const name = botNameOf(file)
    try {
      const section = { kind: 'bot' as const, name, use, rooms: [], settings: {}, lines: {} }
      const newcomer = await plugins.bring(section, { hear: 'all' })
      newcomer.takePlace()
    } catch (error) {
      const about = { file: `${basename(folder)}/${file}`, name }
      faults.push(`${faultOf(error, { ...about, folder: dirname(folder), lang })}.`)
    }
  }
  return faults
}
