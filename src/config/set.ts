import { rows, type Row } from '../options.js'
import { rowOf, tellUnknownKey } from './keys.js'
import { nearest } from './nearest.js'
import { shown, type Report } from './report.js'
import {
  findSection,
  isSecretKey,
  sectionKind,
  withKey,
  type Section,
  type SetKey,
} from './sections.js'
import type { Given } from './values.js'

/** The keys given by `--set "SECTION.KEY=VALUE"`. */
export interface Sets {
  /** What they say about a row of the table. */
  given(row: Row, folder: string): Given | undefined
  /** Those for plugins and bots, a section's `use` first, since it may make the section. */
  readonly sections: readonly SetKey[]
}

/** Reads the words behind `--set`; a section may hold dots, a key may not. */
export function readSets(words: readonly string[], report: Report): Sets {
  const keys: SetKey[] = []
  for (const word of words) {
    const set = readSet(word, report)
    const before = keys.find(({ section, key }) => section === set?.section && key === set.key)
    if (set && before?.list) before.words.push(...set.words)
    else if (set && before) before.words = set.words
    else if (set) keys.push(set)
  }
  const [others, known] = [keys.filter(isPlugins), keys.filter((set) => !isPlugins(set))]
  for (const { section, key } of known) {
    if (!rowOf(section, key)) tellUnknown(section, key, report)
  }

  return {
    sections: others.toSorted((a, b) => Number(b.key === 'use') - Number(a.key === 'use')),
    given(row, folder) {
      const set = known.find(({ section, key }) => section === row.section && key === row.key)
      const place = { name: `--set ${row.section}.${row.key}` }
      return set && { place, words: set.words, list: set.list, folder }
    },
  }
}

function readSet(word: string, report: Report): SetKey | undefined {
  const [, section, key, brackets, value] =
    /^([^=]+)\.([^.=[\]\s]+)(\[\])?\s*=(.*)$/s.exec(word) ?? []
  if (!section || !key || value === undefined || key === '__proto__') {
    const left = word.split('=')[0] ?? '' // what is behind may be a secret
    return report.fault({ name: '--set' }, 'badSet', { value: shown(left) })
  }
  const secret = rowOf(section, key)?.option.secret === true || isSecretKey(key)
  if (secret) report.warn({ name: `--set ${section}.${key}` }, 'visibleSet')
  return { section: section.trim(), key, words: [value.trim()], list: brackets !== undefined }
}

const isPlugins = ({ section }: SetKey): boolean => sectionKind(section) !== undefined

function tellUnknown(section: string, key: string, report: Report): void {
  const known = [...new Set(rows.map((row) => row.section))]
  const place = { name: key, at: '--set' }
  if (known.includes(section)) return tellUnknownKey(section, key, place, report)
  report.fault(place, 'unknownSection', {
    section: shown(section),
    nearest: nearest(section, [...known, 'plugin:NAME', 'bot:NAME']),
  })
}

/** Sections with the keys of `--set` in them; `use` for a section that is not there makes it. */
export function applySets(
  sections: readonly Section[],
  { sections: sets }: Sets,
  folder: string,
  report: Report,
): Section[] {
  let result = [...sections]
  for (const set of sets) {
    const section = findSection(result, set.section) ?? makeSection(set)
    if (!section) {
      const known = result.map(({ kind, name }) => `${kind}:${name}`)
      report.fault({ name: set.key, at: '--set' }, 'unknownSection', {
        section: shown(set.section),
        nearest: nearest(set.section, known),
      })
      continue
    }
    const changed = withKey(section, set, folder, report)
    result = result.includes(section)
      ? result.map((other) => (other === section ? changed : other))
      : [...result, changed]
  }
  return result
}

function makeSection({ section, key }: SetKey): Section | undefined {
  const kind = sectionKind(section)
  if (!kind || key !== 'use') return undefined
  const name = section.slice(kind.length + 1).trim()
  return { kind, name, use: '', rooms: [], settings: {}, lines: {} }
}
