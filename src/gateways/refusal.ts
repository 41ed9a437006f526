import { BotError } from '../errors.js'
import type { PluginLog } from '../plugin.js'
import { TOO_FAST } from './words.js'

/** What a program asked for cannot be done. It reads the sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** As its protocol has it: an HTTP status, a `retcode`. */
  readonly code: number

  constructor(code: number, sentence: string) {
    super(sentence)
    this.code = code
  }
}

/** Why a program asked in vain, in a sentence for whoever reads it. */
export interface InVain {
  /** `own`: a fault of the server, of which the log has more than the program. */
  why: 'rule' | 'pace' | 'own'
  sentence: string
}

/** Tells a rule that the program broke from what went wrong here. The latter is in the log then, and nobody's to read. */
export function inVain(error: unknown, log: PluginLog): InVain {
  if (error instanceof BotError) return { why: 'rule', sentence: error.message }
  if (Reflect.get(Object(error), 'name') === 'TimeoutError')
    return { why: 'pace', sentence: TOO_FAST }
  log.error('what a program asked for failed', { error: String(error) })
  return { why: 'own', sentence: 'it failed here, and the log of the server says why' }
}
