import { unsafe } from 'ini'
import type { Complaint } from '../options.js'

/** `key = value`, or a bare `key`, whose value is true. */
export interface Entry {
  key: string
  /** Written as `key[] =`, one item a line. */
  list: boolean
  value: string | true
  line: number
  /** What is behind an unquoted `;` or `#`, which npm's ini cuts off: a comment, or a part of the value? */
  cut?: 'apart' | 'glued'
  /** Quotes that npm's ini would leave in the value. */
  badQuotes?: true
}

export interface ScannedSection {
  name: string
  line: number
  entries: Entry[]
}

export interface Slip {
  line: number
  complaint: Complaint
  key?: string
}

export interface Scan {
  sections: ScannedSection[]
  slips: Slip[]
}

/**
 * Reads the lines of an ini file. npm's ini merges equal sections, nests dots and forgets line numbers, so
 * only the meaning of a single value is asked of it.
 */
export function scanIni(text: string): Scan {
  const sections: ScannedSection[] = []
  const slips: Slip[] = []

  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1
    const content = raw.trim()
    if (content === '' || /^[;#]/.test(content)) continue

    const header = /^\[([^\]]*)\]\s*(?:[;#].*)?$/.exec(content)
    const entry = header ? undefined : readEntry(content, line)
    const section = sections.at(-1)
    if (header) sections.push({ name: (header[1] ?? '').trim(), line, entries: [] })
    else if (!entry) slips.push({ line, complaint: 'badSyntax' })
    else if (!section) slips.push({ line, complaint: 'noSection', key: entry.key })
    else section.entries.push(entry)
  }
  return { sections, slips }
}

function readEntry(content: string, line: number): Entry | undefined {
  const [, word = '', brackets, assigned, raw = ''] =
    /^([^\s=[\]"';#]+)\s*(\[\])?\s*(?:(=)(.*))?$/.exec(content) ?? []
  if (word === '') return undefined
  const base = { key: word, list: brackets !== undefined, line }
  return assigned ? { ...base, ...readValue(raw.trim()) } : { ...base, value: true }
}

function readValue(raw: string): Pick<Entry, 'value' | 'cut' | 'badQuotes'> {
  if (/^'.*'$/.test(raw) && raw.length > 1) return { value: raw.slice(1, -1) }
  if (raw.startsWith('"')) {
    const value = parseQuoted(raw)
    return value === undefined ? { value: '', badQuotes: true } : { value }
  }

  const value = unsafe(raw)
  if (/^'.*'$/.test(value)) return { value: '', badQuotes: true }
  const comment = startOfComment(raw)
  if (comment === -1) return { value }
  const apart = /^$|\s/.test(raw.charAt(comment - 1))
  return apart ? { value, cut: 'apart' } : { value: raw, cut: 'glued' }
}

function parseQuoted(raw: string): string | undefined {
  try {
    const value: unknown = JSON.parse(raw)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

/** Where the first `;` or `#` without a backslash before it stands; -1 without one. */
function startOfComment(raw: string): number {
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === '\\') at++
    else if (raw[at] === ';' || raw[at] === '#') return at
  }
  return -1
}
