import { serverNow } from '../server-time.js'
import { LONGEST_MS } from '../timers.js'

/**
 * Who may not speak here, as moderators are told.
 * @param {{changed: (user: number) => void}} room Somebody may speak again, or no more.
 */
export function mutedHere({ changed }) {
  /** @type {Map<number, number>} */
  let until = new Map()

  return { joined, heard, is }

  /** @param {readonly {user: number, muted_until: number}[]} all */
  function joined(all) {
    const before = until
    until = new Map(all.map(({ user, muted_until }) => [user, muted_until]))
    for (const id of new Set([...before.keys(), ...until.keys()])) changed(id)
    for (const id of until.keys()) expire(id)
  }

  /** @param {{user: number, muted_until?: number}} frame */
  function heard({ user, muted_until }) {
    if (muted_until === undefined) until.delete(user)
    else until.set(user, muted_until)
    changed(user)
    expire(user)
  }

  /** @param {number} user */
  function is(user) {
    return (until.get(user) ?? 0) > serverNow()
  }

  /** The mark goes when the mute ends. @param {number} user */
  function expire(user) {
    const end = until.get(user)
    if (end === undefined) return
    const left = Math.min(end - serverNow(), LONGEST_MS)
    setTimeout(() => until.get(user) === end && changed(user), Math.max(0, left))
  }
}
