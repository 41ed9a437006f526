import { createHmac } from 'node:crypto'

export interface Signed {
  /** The same on every try of one delivery. */
  id: string
  /** Seconds since 1970 UTC. */
  at: number
  body: string
}

/**
 * Headers by which a receiver knows who sent a body, and when
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 * @param secret `whsec_` and base64, or any words; empty: the body is not signed.
 */
export function signature({ id, at, body }: Signed, secret: string): Record<string, string> {
  const about = { 'webhook-id': id, 'webhook-timestamp': String(at) }
  if (secret === '') return about
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret
  const mac = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')
  return { ...about, 'webhook-signature': `v1,${mac}` }
}

/** The same for what Slack's own apps check (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export function slackSignature({ at, body }: Omit<Signed, 'id'>, secret: string) {
  const about = { 'x-slack-request-timestamp': String(at) }
  if (secret === '') return about
  const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { ...about, 'x-slack-signature': `v0=${mac}` }
}
