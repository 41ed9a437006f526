import { basename } from 'node:path'
import type { Section } from '../../config/sections.js'
import { fill, texts, type Lang, type Texts } from '../../i18n/index.js'

/** Where faults are told from, and in which language. */
export interface FaultPlace {
  configFile?: string
  lang: Lang
}

type Kind = 'notFound' | 'noFile' | 'noTypeScript' | 'notLoaded' | 'notStarted' | 'noBot'

/** Why one section cannot work; its message is the whole sentence. */
export class SectionFault extends Error {
  override readonly name = 'SectionFault'

  constructor(
    kind: Kind,
    section: Section,
    place: FaultPlace,
    values: Record<string, string> = {},
  ) {
    const { plugins }: Texts = texts[place.lang]
    const about = { section: sectionName(section), use: section.use, name: section.name }
    super(placeOf(section, place, 'use') + fill(plugins[kind], { ...about, ...values }))
  }
}

/** As its header has it: `bot:dice`. */
export const sectionName = ({ kind, name }: Section): string => `${kind}:${name}`

/** `config.ini:12: `, if the section or its key stands in a file. */
export function placeOf(section: Section, { configFile }: FaultPlace, key: string): string {
  const line = section.lines[key] ?? section.line
  return configFile && line !== undefined ? `${basename(configFile)}:${line}: ` : ''
}
