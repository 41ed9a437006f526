import { fill, texts, type Lang } from '../i18n/index.js'
import type { Complaint } from '../options.js'

type Details = Readonly<Record<string, string | number>>

/** Where a value comes from, as the host wrote it. */
export interface Place {
  /** What a sentence calls it: `[server] port`, `CHAT_ROOM_PORT`, `--port`. */
  name: string
  /** The file it stands in, or the flag that holds it. */
  at?: string
  line?: number
}

/** Collects what is wrong, so that all of it is told at once. */
export interface Report {
  /** One sentence each, in the order of their lines, then those from elsewhere. */
  faults(): string[]
  warnings(): string[]
  /** Undefined is the value of what is wrong. */
  fault(place: Place, complaint: Complaint, details?: Details): undefined
  warn(place: Place, complaint: Complaint, details?: Details): void
}

/** A report without entries; its sentences will be in `lang`. */
export function openReport(lang: Lang): Report {
  const faults: Entry[] = []
  const warnings: Entry[] = []
  const entry = (place: Place, complaint: Complaint, details: Details = {}): Entry => ({
    line: place.line ?? Infinity,
    sentence: where(place) + fill(texts[lang].config[complaint], { name: place.name, ...details }),
  })

  return {
    faults: () => inOrder(faults),
    warnings: () => inOrder(warnings),
    fault(...said) {
      faults.push(entry(...said))
      return undefined
    },
    warn: (...said) => void warnings.push(entry(...said)),
  }
}

interface Entry {
  line: number
  sentence: string
}

const where = ({ at, line }: Place): string => (at ? `${at}${line ? `:${line}` : ''}: ` : '')

const inOrder = (entries: readonly Entry[]): string[] =>
  entries
    .toSorted((a, b) => (a.line < b.line ? -1 : Number(a.line > b.line)))
    .map((e) => e.sentence)

/** A word of the host's, fit for a sentence: one short line, without control characters or passwords. */
export const shown = (text: string): string => {
  const line = text.replace(/\p{C}/gu, ' ').replace(/:\/\/[^/@]*@/, '://***@')
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}
