import { shown } from '../config/report.js'
import { fill, texts, type Lang } from '../i18n/index.js'

/** A sentence for each word behind a command that has no use for it. */
export const strayWords = (command: string, more: readonly string[], lang: Lang): string[] =>
  more.map((word) => fill(texts[lang].cli.tooManyWords, { command, word: shown(word) }))
