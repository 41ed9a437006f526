/** Why there is no answer, or not all of one. */
export type FailureKind =
  | 'auth'
  | 'request'
  | 'rate-limit'
  | 'server'
  | 'timeout'
  | 'idle'
  | 'network'
  | 'truncated'
  | 'cancelled'
  | 'content_filter'
  | 'empty'
  | 'tools'

export interface FailureDetails {
  /** HTTP status of the answer. */
  status?: number
  /** What the service asks to wait, in seconds. */
  retryAfter?: number
}

/** A model did not answer as it should. Its message has no key, no address and no text of anybody. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  readonly details: FailureDetails

  constructor(kind: FailureKind, details: FailureDetails = {}) {
    super(kind)
    this.kind = kind
    this.details = details
  }
}

/** The service is in need of somebody; the others say that it works, only not for this question. */
export const inNeed: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'auth',
  'request',
  'rate-limit',
  'server',
  'timeout',
  'idle',
  'network',
  'truncated',
])

/** What an aborted signal stands for: a failure of its own, or that nobody wants the answer any more. */
export const failureOf = ({ reason }: AbortSignal): Failure =>
  reason instanceof Failure ? reason : new Failure('cancelled')
