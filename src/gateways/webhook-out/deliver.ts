import { setTimeout as pause } from 'node:timers/promises'
import type { PluginLog } from '../../plugin.js'

/** Before the second try and the third, in milliseconds. */
const PAUSES = [1_000, 4_000]
/** What a receiver may ask us to wait, in milliseconds; one that wants more is not asked again. */
const MOST_PATIENCE = 10_000

/** Tries and the pauses between them take no longer than this. */
export const longest = (timeout: number): number =>
  (PAUSES.length + 1) * timeout + PAUSES.length * MOST_PATIENCE

export interface Delivery {
  url: string
  body: string
  /** Made anew for each try: a signature holds a moment. */
  headers: () => Record<string, string>
  /** Of one try until its answer begins, in milliseconds. */
  timeout: number
  signal: AbortSignal
  log: PluginLog
}

/** Why there is no answer. Its message has no address and no text of anybody. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  readonly kind: 'timeout' | 'network' | 'status'

  constructor(kind: DeliveryError['kind'], detail: string) {
    super(detail)
    this.kind = kind
  }
}

/**
 * Sends a body and waits for the answer's beginning. What may pass is tried again: a broken line, a late answer,
 * 429 and 5xx. Each try is told to the log, which is the list of deliveries.
 * @throws {DeliveryError} no try was answered with 2xx.
 */
export async function deliver(delivery: Delivery): Promise<Response> {
  for (let nth = 1; ; nth += 1) {
    const outcome = await once(delivery, nth)
    if ('response' in outcome) return outcome.response
    const { error, wait = PAUSES[nth - 1] } = outcome
    const again = outcome.passing && nth <= PAUSES.length && (wait ?? 0) <= MOST_PATIENCE
    if (!again) throw error
    await pause(wait, undefined, { signal: delivery.signal })
  }
}

type Outcome = { response: Response } | { error: DeliveryError; passing: boolean; wait?: number }

async function once(delivery: Delivery, nth: number): Promise<Outcome> {
  const { url, body, headers, timeout, signal, log } = delivery
  const start = performance.now()
  const tell = (outcome: object) =>
    log.info('delivery', { try: nth, ms: Math.round(performance.now() - start), ...outcome })
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: headers(),
      redirect: 'manual', // where it goes was written by the host, and by nobody else
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    const { status } = response
    tell({ status })
    if (response.ok) return { response }
    await response.body?.cancel()
    const error = new DeliveryError('status', `it answered ${status}`)
    return { error, passing: status === 429 || status >= 500, ...patience(response) }
  } catch (error) {
    signal.throwIfAborted()
    const late = error instanceof Error && error.name === 'TimeoutError'
    const kind = late ? 'timeout' : 'network'
    tell({ kind })
    return { error: new DeliveryError(kind, `no answer: ${kind}`), passing: true }
  }
}

/** `Retry-After` in seconds, the only form that is used beside dates (RFC 9110 §10.2.3). */
function patience({ headers }: Response): { wait?: number } {
  const seconds = Number(headers.get('retry-after') ?? NaN)
  return seconds >= 0 ? { wait: seconds * 1_000 } : {}
}
