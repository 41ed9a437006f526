/** Why a hook was not taken, in the words that Slack's senders know (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export type HookFault = 'no_service' | 'invalid_payload' | 'no_text' | 'channel_not_found'

const statuses: Readonly<Record<HookFault, number>> = {
  no_service: 404,
  invalid_payload: 400,
  no_text: 400,
  channel_not_found: 404,
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
