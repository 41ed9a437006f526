import { createHash, randomBytes } from 'node:crypto'
import Keygrip from 'keygrip'
import type { Context } from './context.js'

/** As long as browsers keep a cookie at most, in milliseconds. */
const KEPT_MS = 400 * 86_400_000

/** The browser that asks, known again by a random id in a signed cookie of its own, beside the session's. */
export interface Device {
  hash: string
  /** It has the cookie already. */
  known: boolean
  /** Writes the cookie, anew or for another while. */
  keep: () => void
}

export type DeviceOf = (ctx: Context) => Device

/** @param options.serverId Names the cookie, for cookies do not tell ports apart. */
export function devices(options: { secrets: readonly string[]; serverId: string }): DeviceOf {
  const keys = new Keygrip([...options.secrets], 'sha256')
  const name = `chat_room_device_${options.serverId.slice(0, 6)}`

  return function deviceOf(ctx) {
    const cookie = ctx.secure ? `__Host-${name}` : name
    const kept = ctx.cookies.get(cookie, { signed: false })
    // Looked at by ourselves: the library would renew the signature of an older key without its attributes.
    const signature = ctx.cookies.get(`${cookie}.sig`, { signed: false }) ?? ''
    const known = kept !== undefined && keys.verify(`${cookie}=${kept}`, signature)
    const id = known ? kept : randomBytes(16).toString('base64url')
    const keep = () =>
      void ctx.cookies.set(cookie, id, { ...attributes, secure: ctx.secure, signed: true })
    return { hash: createHash('sha256').update(id).digest('base64url'), known, keep }
  }
}

const attributes = {
  maxAge: KEPT_MS,
  httpOnly: true,
  sameSite: 'lax',
  path: '/',
  overwrite: true,
} as const
