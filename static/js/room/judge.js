import { fill } from '../models/words.js'
import { ask } from './ask.js'
import { boot, texts } from './boot.js'
import { confirm, confirmTime } from './confirm.js'
import { me } from './me.js'
import { toast } from './toast.js'

const MINUTE_MS = 60_000

/** @typedef {Pick<import('../models/timeline.js').User, 'id' | 'name' | 'kind'>} User */

/**
 * What moderators do to people; each act says that it is done, or why it is not.
 * @param {{connection: import('../socket.js').Connection}} room
 */
export function judge({ connection }) {
  return { mute, kick, ban, act }

  /** @param {User} user @param {number} minutes 0 lets them speak again. */
  function mute(user, minutes) {
    const { muted, unmuted } = texts.person
    const frame = { type: 'mute', room: boot.room.name, user: user.id, ms: minutes * MINUTE_MS }
    return act(frame, fill(minutes > 0 ? muted : unmuted, { name: user.name }))
  }

  /** @param {User} user @returns {Promise<boolean>} They did not think better of it. */
  async function kick(user) {
    const { person } = texts
    const { id, name } = user
    if (!(await confirm(fill(person.kickSentence, { name }), person.kickYes))) return false
    await act({ type: 'kick', room: boot.room.name, user: id }, fill(person.kicked, { name }))
    return true
  }

  /**
   * Whose role holds everywhere bans from the house, others from their room.
   * @param {User} user @returns {Promise<boolean>} They did not think better of it.
   */
  async function ban(user) {
    const { person } = texts
    const everywhere = me.user.role !== undefined
    const sentence = fill(everywhere ? person.banHouse : person.banRoom, { name: user.name })
    const ms = await confirmTime(sentence, person.banYes)
    if (ms === undefined) return false
    const where = everywhere ? {} : { room: boot.room.name }
    const time = ms > 0 ? { ms } : {}
    await act(
      { type: 'ban', ...where, ...time, user: user.id },
      fill(person.banned, { name: user.name }),
    )
    return true
  }

  /** @param {{type: string} & Record<string, unknown>} frame @param {string} done */
  async function act(frame, done) {
    const { fault } = await ask(connection, frame)
    toast(fault ?? done)
  }
}

/** Nobody judges themselves, a bot, the host, or a peer. @param {User & {role?: string}} user As far as is known. */
export function mayJudge({ id, kind, role }) {
  if (me.role === undefined || kind === 'bot' || role === 'host' || id === me.user.id) return false
  return role === undefined || me.role === 'host'
}
