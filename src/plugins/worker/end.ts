import { fill, texts, type Lang, type Texts } from '../../i18n/index.js'

/** Why a worker ended. */
export class WorkerEnd extends Error {
  override readonly name = 'WorkerEnd'
  readonly code: EndCode
  readonly values: Readonly<Record<string, string>>

  constructor(code: EndCode, values: Record<string, string> = {}, options: ErrorOptions = {}) {
    super(fill(texts.en.dropIn.ends[code], values), options)
    this.code = code
    this.values = values
  }
}

export type EndCode = keyof Texts['dropIn']['ends']

/** The same for whoever waited for the worker. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded'
  readonly kind = 'worker'
  readonly end: WorkerEnd

  constructor(end: WorkerEnd) {
    super(`the plugins' worker ended: ${end.message}`)
    this.end = end
  }
}

/** What nobody caught in a worker, or that its heap is full. */
export function endBy(error: unknown): WorkerEnd {
  const full = ofError(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY'
  const what = ofError(error, 'message') ?? String(error)
  return new WorkerEnd(full ? 'heap' : 'uncaught', { what }, { cause: error })
}

/** What another thread threw is a copy of an error, and not always one itself. */
export function ofError(error: unknown, key: 'code' | 'message' | 'stack'): string | undefined {
  const value: unknown = Object(error)[key]
  return typeof value === 'string' ? value : undefined
}

/** In a few words, such as stand in brackets. */
export const wordsOf = ({ code, values }: WorkerEnd, lang: Lang): string =>
  fill(texts[lang].dropIn.ends[code], values)
