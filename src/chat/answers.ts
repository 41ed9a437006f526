import type { ChatError } from '../errors.js'
import { fill, fillSpaced, spell, texts, type Lang } from '../i18n/index.js'
import { RETRYABLE, type FieldFault } from '../protocol.js'

/** The answer to a request that was granted. */
export const ack = (cid: string, rest: object): object => ({ type: 'ack', cid, ...rest })

/** The sentence of a refusal. */
export const sentence = ({ code, details }: ChatError, lang: Lang): string => {
  const { why, what, holds, waitMs, values } = details
  const { nack, denied, tooMany, notInTexts } = texts[lang]
  const time = waitMs !== undefined && { time: spell(waitMs, lang) }
  const words =
    (why && denied[why]) ?? (what && tooMany[what]) ?? (holds && notInTexts[holds]) ?? nack[code]
  return details.sentence ?? fillSpaced(words, { ...time, ...values })
}

/**
 * The answer to a request that was refused.
 * @param cid null when the frame had none that could be read.
 */
export const nack = (cid: string | null, error: ChatError, lang: Lang): object => {
  const retry_after_ms = error.details.retryAfterMs ?? error.details.waitMs
  return {
    type: 'nack',
    cid,
    code: error.code,
    data: sentence(error, lang),
    retry: RETRYABLE.has(error.code),
    ...(error.details.why && { why: error.details.why }),
    ...(error.details.fields && { fields: fieldsOf(error.details.fields, lang) }),
    ...(retry_after_ms !== undefined && { retry_after_ms: Math.ceil(retry_after_ms) }),
  }
}

/** A sentence beside each field that does not hold. */
const fieldsOf = (faults: Readonly<Record<string, FieldFault>>, lang: Lang) =>
  Object.fromEntries(
    Object.entries(faults).map(([id, { why, limit = 0 }]) => [
      id,
      fill(texts[lang].form[why], { limit }),
    ]),
  )
