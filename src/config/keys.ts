import { rows, type Row } from '../options.js'
import { nearest } from './nearest.js'
import { shown, type Place, type Report } from './report.js'
import type { Entry, ScannedSection } from './scan.js'

/** Variables by name, as in `process.env`. */
export type Env = Readonly<Record<string, string | undefined>>

/** What a reader of the file needs to know about where it is. */
export interface Reading {
  /** The path as the host wrote it, for sentences. */
  name: string
  folder: string
  env: Env
  report: Report
}

/** The row of a known key. */
export const rowOf = (section: string, key: string): Row | undefined =>
  rows.find((row) => row.section === section && row.key === key)

/** Tells that a section of the table has no such key, and which was meant. */
export function tellUnknownKey(section: string, key: string, place: Place, report: Report): void {
  const other = rows.find((row) => row.section !== section && row.key === key)
  const known = rows.filter((row) => row.section === section).map((row) => row.key)
  const details = { section, key: shown(key) }
  if (other) report.fault(place, 'otherSection', { ...details, other: other.section })
  else report.fault(place, 'unknownKey', { ...details, nearest: nearest(key, known) })
}

/** A key of a section with all its lines. */
export interface Gathered {
  /** The first of its lines. */
  entry: Entry
  words: string[]
  /** Of each word. */
  places: Place[]
  /** Of the first. */
  place: Place
}

/** Puts the lines of a list together, tells doubles and what ini would cut, and fills in `${NAME}`. */
export function gather(
  section: ScannedSection,
  isSecret: (key: string) => boolean,
  { name, env, report }: Reading,
): Map<string, Gathered> {
  const keys = new Map<string, Gathered>()
  for (const entry of section.entries) {
    const { key, line } = entry
    const place = { at: name, line, name: `[${section.name}] ${shown(key)}` }
    tellCuts(entry, place, isSecret(key), report)
    const word = expand(entry.value, env, place, report)
    const before = keys.get(key)
    if (key === '__proto__' || isStray(entry)) report.fault(place, 'badSyntax')
    else if (!before) keys.set(key, { entry, words: [word], places: [place], place })
    else if (before.entry.list && entry.list) {
      before.words.push(word)
      before.places.push(place)
    } else report.fault(place, 'doubleKey', { key: shown(key), first: before.entry.line })
  }
  return keys
}

/** A word alone that is no switch may be the rest of a secret that was broken in two: it is not shown. */
const isStray = ({ key, value }: Entry): boolean =>
  value === true && !/^[a-z][a-z_]{0,30}$/.test(key)

/** A cut secret is a weak secret, and a value cut in a word was not meant as a comment: both are faults. */
function tellCuts(entry: Entry, place: Place, secret: boolean, report: Report): void {
  const key = shown(entry.key)
  if (entry.badQuotes) report.fault(place, 'badQuotes')
  else if (entry.cut === 'glued' || (entry.cut && secret)) report.fault(place, 'cutOff', { key })
  else if (entry.cut && entry.value !== '') report.warn(place, 'commentCut', { key })
}

function expand(value: string | true, env: Env, place: Place, report: Report): string {
  if (value === true) return 'true'
  return value.replace(/\$\{([A-Za-z_]\w*)\}/g, (_whole, variable: string) => {
    const found = env[variable]
    if (!found) report.fault(place, 'missingVariable', { variable })
    return found ?? ''
  })
}
