/** The service did not do its part. Its message and details are for the log: no address, no key, no text. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure'
  readonly details: Readonly<Record<string, string | number>>

  constructor(why: string, details: ServiceFailure['details'] = {}) {
    super(why)
    this.details = details
  }
}
