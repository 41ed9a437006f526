import { en } from './en.js'
import { ownName } from './own-name.js'
import { zhCN, type Texts } from './zh-CN.js'

export type { Texts }
export type Lang = 'zh-CN' | 'en'
/** A sentence in the language of whoever reads it. */
export type Sentence = (lang: Lang) => string

export const texts: Record<Lang, Texts> = { 'zh-CN': called(zhCN), en: called(en) }

/** The same words, with commands as whoever reads them has to type them (`{program}`). */
function called<Words>(words: Words, program = ownName()): Words {
  const put = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replaceAll('{program}', program)
    if (Array.isArray(part)) return part.map(put)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, put(value)]))
  }
  return put(words) as Words
}

/**
 * The language for a visitor.
 * @param setting `[server] language`: `auto`, `zh-CN` or `en`.
 * @param acceptLanguage The request's header (RFC 9110 §12.5.4); the first listed language we have wins.
 */
export function chooseLang(setting: string, acceptLanguage: string | undefined): Lang {
  if (setting === 'zh-CN' || setting === 'en') return setting
  for (const tag of (acceptLanguage ?? '').toLowerCase().split(',')) {
    if (tag.trim().startsWith('zh')) return 'zh-CN'
    if (tag.trim().startsWith('en')) return 'en'
  }
  return acceptLanguage ? 'en' : 'zh-CN'
}

/** The language of the terminal: `LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG` in this order, as gettext has it. */
export function systemLang(env: Readonly<Record<string, string | undefined>> = process.env): Lang {
  const name = env.LANGUAGE || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return name.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Puts values into the `{placeholders}` of a sentence. */
export const fill = (sentence: string, values: Record<string, string | number> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** The same, with a space where a value in Latin letters or digits meets a Chinese character. */
export const fillSpaced = (sentence: string, values: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
    const value = String(values[name] ?? whole)
    const before = HAN.test(sentence[at - 1] ?? '') && /^[\p{Script=Latin}\d]/u.test(value)
    const after =
      HAN.test(sentence[at + whole.length] ?? '') && /[\p{Script=Latin}\d]$/u.test(value)
    return `${before ? ' ' : ''}${value}${after ? ' ' : ''}`
  })

const HAN = /\p{Script=Han}/u

/** A length of time in words, rounded up; in Chinese spaced as on the pages, 10 分钟. @param ms Milliseconds; 0 or more. */
export function spell(ms: number, lang: Lang): string {
  const { unit, length } = units.find(({ from, by }) => Math.ceil(ms / by) * by >= from) ?? seconds
  const count = Math.max(1, Math.ceil(ms / length))
  const unitDisplay = lang === 'en' ? 'long' : 'short' // 4 秒, not 4秒钟
  const words = new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay }).format(count)
  return words.replace(/(?<=\d)(?=\p{Script=Han})/u, ' ')
}

const seconds = { unit: 'second', length: 1_000 }
/** `by`: what is smaller is rounded up to before: a moment less than two hours is none of 120 minutes. */
const units = [
  { unit: 'day', length: 86_400_000, from: 2 * 86_400_000, by: 3_600_000 },
  { unit: 'hour', length: 3_600_000, from: 2 * 3_600_000, by: 60_000 },
  { unit: 'minute', length: 60_000, from: 60_000, by: 1_000 },
]
