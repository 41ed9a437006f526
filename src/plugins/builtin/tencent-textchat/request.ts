import { randomBytes } from 'node:crypto'
import { ServiceFailure } from './failure.js'
import { readReply, type Reply } from './reply.js'
import { sign } from './sign.js'

/** What is asked, and by whom. */
export interface Asked {
  /** UTF-8, 1 to 300 bytes. */
  readonly question: string
  /** 1 to 32 bytes. */
  readonly session: string
}

export interface RequestOptions {
  endpoint: string
  appId: number
  appKey: string
  /** For one request, in milliseconds. */
  timeout: number
  /** Milliseconds since 1970. */
  now?: () => number
}

/**
 * Asks the service once, with a nonce and a signature of its own.
 * @throws {ServiceFailure} when it cannot be reached, is late, or says something else.
 * @throws the signal's reason when it aborts.
 */
export async function request(
  asked: Asked,
  { endpoint, timeout, ...options }: RequestOptions,
  signal: AbortSignal,
): Promise<Reply> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), timeout)
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams(signedParameters(asked, options)),
      redirect: 'error', // a question goes where the host said, and nowhere else
      signal: AbortSignal.any([signal, over.signal]),
    })
    if (!response.ok) throw new ServiceFailure('HTTP status', { status: response.status })
    return await readReply(response)
  } catch (error) {
    signal.throwIfAborted()
    if (over.signal.aborted) throw new ServiceFailure('no answer in time', { timeout }, 'timeout')
    if (error instanceof ServiceFailure) throw error
    throw new ServiceFailure('it cannot be reached', { code: codeOf(error) }, 'network')
  } finally {
    clearTimeout(timer)
    over.abort() // nothing more is read of a body that was not wanted
  }
}

function signedParameters(
  { question, session }: Asked,
  { appId, appKey, now = Date.now }: Pick<RequestOptions, 'appId' | 'appKey' | 'now'>,
): Record<string, string> {
  const parameters = {
    app_id: String(appId),
    time_stamp: String(Math.floor(now() / 1000)),
    nonce_str: randomBytes(16).toString('hex'),
    session,
    question,
  }
  return { ...parameters, sign: sign(parameters, appKey) }
}

/** `ECONNREFUSED` and the like; the messages hold the address. */
function codeOf(error: unknown): string {
  const code = partOf(partOf(error, 'cause'), 'code')
  return typeof code === 'string' ? code : 'unknown'
}

const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
