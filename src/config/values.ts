import { resolve } from 'node:path'
import type { Option } from '../options.js'
import { formatDuration, parseDuration } from './duration.js'
import { shown, type Place, type Report } from './report.js'

/** What a source says about one key, before its type is known. */
export interface Given {
  place: Place
  /** One word for one line, flag or variable. */
  words: readonly string[]
  /** Of each word, where they differ. */
  places?: readonly Place[]
  /** The words are a list's items already; otherwise commas part them. */
  list: boolean
  /** Where relative paths start. */
  folder: string
}

export type OptionValue = string | number | boolean | string[]

/** The value of the option's type, or undefined after its faults were told. */
export function readValue(option: Option, given: Given, report: Report): OptionValue | undefined {
  const told = report.faults().length
  const value = readTyped(option, given, report)
  return report.faults().length > told ? undefined : value
}

function readTyped(option: Option, given: Given, report: Report): OptionValue | undefined {
  const word = given.words.at(-1) ?? ''
  switch (option.type) {
    case 'list':
      return readList(option, given, report)
    case 'string':
      return passes(option, word, given, report) ? word : undefined
    case 'path':
      return passes(option, word, given, report) ? readPath(option, word, given) : undefined
    case 'enum':
      if (option.values.includes(word)) return word
      return report.fault(given.place, 'badEnum', {
        values: option.values.join(', '),
        value: shown(word),
      })
    case 'int':
      return readInt(option, word, given, report)
    case 'duration':
      return readDuration(option, word, given, report)
    case 'bool':
      return readBool(word, given, report)
  }
}

function readList(option: Option, given: Given, report: Report): string[] {
  const { words, places = [], list } = given
  return words.flatMap((word, index) => {
    const own = { ...given, place: places[index] ?? given.place }
    return itemsOf({ words: [word], list }).filter((item) => passes(option, item, own, report))
  })
}

/** The items of a list: as they were given one by one, or parted by commas. */
export const itemsOf = ({ words, list }: Pick<Given, 'words' | 'list'>): string[] =>
  words
    .flatMap((word) => (list ? [word] : word.split(',')))
    .map((item) => item.trim())
    .filter((item) => item !== '')

function passes(option: Option, value: string, { place }: Given, report: Report): boolean {
  const complaint = option.check?.(value)
  if (complaint) report.fault(place, complaint, { value: option.secret ? '***' : shown(value) })
  return complaint === undefined
}

function readPath({ behind = '' }: { behind?: string }, word: string, { folder }: Given): string {
  return word === '' ? '' : behind + resolve(folder, word.slice(behind.length))
}

function readInt(
  { min, max }: { min: number; max: number },
  word: string,
  { place }: Given,
  report: Report,
): number | undefined {
  const value = /^\d{1,15}$/.test(word) ? Number(word) : NaN
  if (value >= min && value <= max) return value
  return report.fault(place, 'badInt', { min, max, value: shown(word) })
}

function readDuration(
  { min, max = Infinity }: { min: number; max?: number },
  word: string,
  { place }: Given,
  report: Report,
): number | undefined {
  const value = parseDuration(word)
  if (value === undefined) return report.fault(place, 'badDuration', { value: shown(word) })
  if (value < min) {
    return report.fault(place, 'shortDuration', { min: formatDuration(min), value: shown(word) })
  }
  if (value <= max) return value
  return report.fault(place, 'longDuration', { max: formatDuration(max), value: shown(word) })
}

function readBool(word: string, { place }: Given, report: Report): boolean | undefined {
  if (/^(?:yes|true|on|1)$/i.test(word)) return true
  if (/^(?:no|false|off|0)$/i.test(word)) return false
  return report.fault(place, 'badBool', { value: shown(word) })
}
