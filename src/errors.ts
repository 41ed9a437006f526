import type { Texts } from './i18n/index.js'
import type { FieldFault, NackCode } from './protocol.js'

/** Which rule says no (i18n `denied`). */
export type DeniedReason = keyof Texts['denied']

/** What a refusal may carry beside its code. */
export interface RefusalDetails {
  /** Values for the placeholders of its sentence. */
  values?: Record<string, string | number>
  /** With `denied`: the rule. */
  why?: DeniedReason
  /** With `too_many`: of what (i18n `tooMany`). */
  what?: keyof Texts['tooMany']
  /** With `bad_request`: what is in a text that no message holds (i18n `notInTexts`). */
  holds?: keyof Texts['notInTexts']
  /** With `wrong_fields`: why each does not hold. */
  fields?: Readonly<Record<string, FieldFault>>
  /** A sentence of its own, in the visitor's words (a plugin's `ctx.reject`). */
  sentence?: string
  /** How long to wait before the same cid is worth sending again, in milliseconds. */
  retryAfterMs?: number
  /** The same where it is long: the sentence's `{time}` says it in words. */
  waitMs?: number
}

/** A refusal that its visitor is told about: it becomes a `nack`, or a classic client's line from the bot. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: NackCode
  readonly details: RefusalDetails

  constructor(code: NackCode, details: RefusalDetails = {}) {
    super(details.sentence ?? code)
    this.code = code
    this.details = details
  }
}

/** A rule that a bot breaks. Whose program it is, or who wrote it, reads the sentence. */
export class BotError extends Error {
  override readonly name = 'BotError'
}

/** Exit codes of the program, after BSD's sysexits(3). */
export const Exit = {
  ok: 0,
  failure: 1,
  usage: 64,
  unavailable: 69,
  software: 70,
  busy: 75,
  config: 78,
} as const

/** Why the server cannot start: one sentence a fault, all of them at once. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly faults: readonly string[]
  readonly exitCode: number

  constructor(faults: readonly string[], exitCode: number, cause?: unknown) {
    super(faults.join('\n'), { cause })
    this.faults = faults
    this.exitCode = exitCode
  }
}
