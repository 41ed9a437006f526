import { Failure, type FailureDetails, type FailureKind } from './failure.js'

/** Where the model is served. */
export interface Service {
  /** The address under which `/chat/completions` is. */
  url: string
  key: string
}

/**
 * Posts a question. Redirects are not followed: they could carry the key elsewhere.
 * @returns an answer that is JSON or a stream of events.
 * @throws {Failure} for any other answer; what `fetch` throws.
 */
export async function post(service: Service, body: object, signal: AbortSignal): Promise<Response> {
  const response = await fetch(completionsAt(service.url), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(service.key !== '' && { authorization: `Bearer ${service.key}` }),
    },
    body: JSON.stringify(body),
    signal,
  })
  const failure = refusal(response)
  if (!failure) return response
  await response.body?.cancel()
  throw failure
}

/** Also where the whole address was copied from somewhere. */
export function completionsAt(base: string): string {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/chat\/completions\/*$|\/+$/, '')}/chat/completions`
  return url.href
}

function refusal({ status, ok, headers }: Response): Failure | undefined {
  if (!ok) return new Failure(kindOf(status), { status, ...retryAfter(headers) })
  const type = headers.get('content-type') ?? ''
  // A page of a proxy, for example.
  return /\b(?:json|event-stream)\b/.test(type) ? undefined : new Failure('server', { status })
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'auth'
  if (status === 429) return 'rate-limit'
  return status >= 500 ? 'server' : 'request'
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function retryAfter(headers: Headers): FailureDetails {
  const value = headers.get('retry-after') ?? ''
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000
  return Number.isNaN(seconds) ? {} : { retryAfter: Math.max(0, Math.ceil(seconds)) }
}
