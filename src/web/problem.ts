import { fill, texts, type Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { Middleware } from './context.js'
import type { WebNeeds } from './needs.js'

/** What a refusal tells beside its sentence. */
export interface ProblemDetails {
  retry?: boolean
  retry_after_ms?: number
  field?: string
  why?: string
}

/** A refusal that a program reads: RFC 9457, with a code that is the same in every language. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly details: ProblemDetails

  constructor(status: number, code: string, sentence: string, details: ProblemDetails = {}) {
    super(sentence)
    this.status = status
    this.code = code
    this.details = details
  }

  /** A `nack` as one. @param wrongField What to say of a field, if the frame was not well made. */
  static of(nack: Readonly<Record<string, unknown>>, wrongField: string): Problem {
    const { code, data, retry, retry_after_ms: wait, field, why } = nack
    const named = typeof field === 'string' ? field : undefined
    return new Problem(
      statuses[String(code)] ?? 400,
      String(code),
      named === undefined ? String(data) : fill(wrongField, { field: named }),
      {
        retry: retry === true,
        ...(typeof wait === 'number' && { retry_after_ms: wait }),
        ...(named !== undefined && { field: named }),
        ...(typeof why === 'string' && { why }),
      },
    )
  }
}

/** Of the codes of a `nack`, https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const statuses: Readonly<Record<string, number>> = {
  too_long: 422,
  empty: 422,
  not_joined: 403,
  denied: 403,
  muted: 403,
  waiting: 403,
  no_such_room: 404,
  no_such_message: 404,
  no_such_user: 404,
  no_such_invite: 404,
  too_late: 409,
  closed: 409,
  too_many: 409,
  cid_conflict: 409,
  rate_limited: 429,
  slow_mode: 429,
  overloaded: 503,
  draining: 503,
  unknown: 503,
  storage_full: 507,
}

/** Outermost of the API: what was thrown becomes a problem, and nothing of ours gets out. */
export const problems = ({ log }: Pick<WebNeeds, 'log'>): Middleware =>
  async function problems(ctx, next) {
    try {
      await next()
    } catch (error) {
      const { status, code, message, details } = asProblem(error, ctx.state.visit.lang, log)
      const { retry_after_ms: wait = status === 503 ? 1_000 : undefined } = details
      if (wait !== undefined && status !== 403)
        ctx.set('Retry-After', String(Math.max(1, Math.ceil(wait / 1_000))))
      ctx.status = status
      ctx.body = JSON.stringify({
        type: `urn:chat-room:${code}`,
        status,
        code,
        detail: message,
        retry: false,
        ...details,
      })
      ctx.type = 'application/problem+json'
    }
  }

function asProblem(error: unknown, lang: Lang, log: Logger): Problem {
  if (error instanceof Problem) return error
  const words = texts[lang].api
  // An address that cannot be decoded.
  if (error instanceof Error && 'status' in error && error.status === 400)
    return new Problem(404, 'not_found', words.notFound)
  log.error({ err: error }, 'request failed')
  return new Problem(500, 'failed', words.failed, { retry: true })
}
