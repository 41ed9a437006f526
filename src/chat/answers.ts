import type { ChatError } from '../errors.js'
import { fill, fillSpaced, spell, texts, type Lang } from '../i18n/index.js'
import { RETRYABLE, type FieldFault } from '../protocol.js'

/** The answer to a request that was granted. */
export const ack = (cid: string, rest: object): object => ({ type: 'ack', cid, ...rest })

/** The sentence of a refusal. */
export const sentence = (error: ChatError, lang: Lang): string => {
  const { code, details } = error
  const { why, what, holds } = details
  const { nack, denied, tooMany, notInTexts } = texts[lang]
  const words =
    (why && denied[why]) ?? (what && tooMany[what]) ?? (holds && notInTexts[holds]) ?? nack[code]
  return details.sentence ?? filled(words, error, lang)
}

/** The same for who has bare lines alone: no field that keeps a text, no emoji, and nothing that sends a line again. */
export const bareSentence = (error: ChatError, lang: Lang): string => {
  const { code, details } = error
  const words: Readonly<Partial<Record<string, string>>> = texts[lang].bare
  const own = words[details.why ?? code]
  return own === undefined ? sentence(error, lang) : filled(own, error, lang)
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

/** With how long it takes, and what else belongs into it. */
function filled(words: string, { details: { waitMs, values } }: ChatError, lang: Lang): string {
  const time = waitMs !== undefined && { time: spell(waitMs, lang) }
  return fillSpaced(words, { ...time, ...values })
}

/** A sentence beside each field that does not hold. */
const fieldsOf = (faults: Readonly<Record<string, FieldFault>>, lang: Lang) =>
  Object.fromEntries(
    Object.entries(faults).map(([id, { why, limit = 0 }]) => [
      id,
      fill(texts[lang].form[why], { limit }),
    ]),
  )
