import { basename, relative } from 'node:path'
import { fill, texts, type Lang } from '../../i18n/index.js'
import { ModuleFault } from '../module/module-fault.js'
import { sentenceOf } from '../sentence.js'
import { WorkerEnded, wordsOf } from '../worker/end.js'

/**
 * Why a plugin failed, for its author: `dice.js:3: Unexpected token`.
 * @param folder From which its file is named; without one it is its name alone.
 */
export function reasonOf(error: unknown, lang: Lang, folder?: string): string {
  if (error instanceof WorkerEnded) {
    return fill(texts[lang].dropIn.reasons.endsWorker, { reason: wordsOf(error.end, lang) })
  }
  if (!(error instanceof ModuleFault)) return sentenceOf(error)
  const { message, code, values, file, line } = error.data
  const reason = code === undefined ? message : fill(texts[lang].dropIn.reasons[code], values)
  if (file === undefined) return reason
  const name = folder === undefined ? basename(file) : relative(folder, file)
  return `${name}${line === undefined ? '' : `:${line}`}: ${reason}`
}
