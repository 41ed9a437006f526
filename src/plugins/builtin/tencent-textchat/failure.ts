/** A word for the host: whose fault it is, and of what sort. */
export type FailureKind =
  'auth' | 'request' | 'rate-limit' | 'clock' | 'server' | 'timeout' | 'network'

/** The service did not do its part. Its message and details are for the log: no address, no key, no text. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure'
  readonly kind: FailureKind
  readonly details: Readonly<Record<string, string | number>>

  constructor(
    why: string,
    details: ServiceFailure['details'] = {},
    kind: ServiceFailure['kind'] = 'server',
  ) {
    super(why)
    this.kind = kind
    this.details = details
  }
}
