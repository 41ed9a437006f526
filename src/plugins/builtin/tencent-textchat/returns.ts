import type { FailureKind } from './failure.js'

/** What a return code comes to: an answer, nothing to say, too many requests, or a failure. */
export interface Meaning {
  readonly kind: 'answer' | 'nothing' | 'busy' | 'failed'
  /** For the log. */
  readonly why: string
  /** Of a failure; not given: the service's own. */
  readonly fault?: FailureKind
}

/** The service's own table of return codes. */
export const meaningOf = (ret: number): Meaning => {
  if (ret < 0) return { kind: 'failed', why: 'system error of the service' }
  return RETURNS.get(ret) ?? { kind: 'failed', why: 'unknown return code' }
}

const RETURNS: ReadonlyMap<number, Meaning> = new Map([
  [0, { kind: 'answer', why: 'ok' }],
  [9, { kind: 'busy', why: 'too many requests a second', fault: 'rate-limit' }],
  [4096, { kind: 'failed', why: 'illegal parameter', fault: 'request' }],
  [12289, { kind: 'failed', why: 'there is no such app_id', fault: 'auth' }],
  [16385, { kind: 'failed', why: 'app_id is missing', fault: 'request' }],
  [16386, { kind: 'failed', why: 'time_stamp is missing', fault: 'request' }],
  [16387, { kind: 'failed', why: 'nonce_str is missing', fault: 'request' }],
  [16388, { kind: 'failed', why: 'invalid signature: see app_key', fault: 'auth' }],
  [16389, { kind: 'failed', why: 'app_id has no permission for this API', fault: 'auth' }],
  [
    16390,
    { kind: 'failed', why: 'clock: the time here is more than 5 minutes off', fault: 'clock' },
  ],
  // The next three belong to other calls of its kind; all four are an empty result.
  [16391, { kind: 'nothing', why: 'empty result' }],
  [16392, { kind: 'nothing', why: 'empty result' }],
  [16393, { kind: 'nothing', why: 'empty result' }],
  [16394, { kind: 'nothing', why: 'no answer to this question' }],
])
