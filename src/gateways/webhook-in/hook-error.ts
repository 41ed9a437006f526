/** Why a hook was not taken, in the words that Slack's senders know (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export type HookFault = 'invalid_payload' | 'no_text' | 'bad_signature'

const statuses: Readonly<Record<HookFault, number>> = {
  invalid_payload: 400,
  no_text: 400,
  bad_signature: 403,
}

/** A request that a hook does not take. Its sender reads `fault`, and nothing of the room. */
export class HookError extends Error {
  override readonly name = 'HookError'
  readonly fault: HookFault
  readonly status: number

  constructor(fault: HookFault) {
    super(fault)
    this.fault = fault
    this.status = statuses[fault]
  }
}
