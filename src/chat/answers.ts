import type { ChatError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { RETRYABLE } from '../protocol.js'

/** The answer to a request that was granted. */
export const ack = (cid: string, rest: object): object => ({ type: 'ack', cid, ...rest })

/** The sentence of a refusal. */
export const sentence = ({ code, details }: ChatError, lang: Lang): string =>
  details.sentence ?? fill(texts[lang].nack[code], details.values)

/**
 * The answer to a request that was refused.
 * @param cid null when the frame had none that could be read.
 */
export const nack = (cid: string | null, error: ChatError, lang: Lang): object => ({
  type: 'nack',
  cid,
  code: error.code,
  data: sentence(error, lang),
  retry: RETRYABLE.has(error.code),
  ...(error.details.retryAfterMs !== undefined && {
    retry_after_ms: error.details.retryAfterMs,
  }),
})
