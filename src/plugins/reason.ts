import { basename } from 'node:path'
import { fill, texts, type Lang } from '../i18n/index.js'
import { ModuleFault } from './module-fault.js'
import { sentenceOf } from './sentence.js'

/** Why a plugin failed, for its author: `dice.js:3: Unexpected token`. */
export function reasonOf(error: unknown, lang: Lang): string {
  if (!(error instanceof ModuleFault)) return sentenceOf(error)
  const { message, code, values, file, line } = error.data
  const reason = code === undefined ? message : fill(texts[lang].dropIn.reasons[code], values)
  if (file === undefined) return reason
  return `${basename(file)}${line === undefined ? '' : `:${line}`}: ${reason}`
}
