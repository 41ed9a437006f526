import { fill } from '../components/dom.js'
import { boot, texts } from './boot.js'
import { confirm } from './confirm.js'
import { me } from './me.js'
import { openMenu } from './menus.js'
import { toChange } from './session.js'
import { toast } from './toast.js'

const MINUTE_MS = 60_000
/** How long a moderator may silence somebody with one press, in minutes. */
const MUTES = [10, 60, 1440]

/** @typedef {import('../models/timeline.js').User} User */

/**
 * What may be done with a member: call them, write to them alone, and for moderators keep order.
 * @param {{connection: import('../socket.js').Connection, mention: (name: string) => void, direct: (user: number) => unknown,
 *   isMuted: (user: number) => boolean}} room
 */
export function personMenu({ connection, mention, direct, isMuted }) {
  return open

  /** @param {HTMLElement} anchor @param {User} user */
  function open(anchor, user) {
    const label = fill(texts.person.menu, { name: user.name })
    const choices = me.is(user)
      ? [{ label: texts.me.change, icon: 'face', run: toChange }]
      : [
          {
            label: fill(texts.message.mention, { name: user.name }),
            icon: 'at',
            run: () => mention(user.name),
          },
          { label: texts.places.talk, icon: 'talk', run: () => void direct(user.id) },
          ...(mayJudge(user) ? judging(user) : []),
          ...(me.user.role === 'host' && user.kind === 'person' ? [naming(user)] : []),
        ]
    void openMenu({ anchor, label, choices })
  }

  /** @param {User} user @returns {import('../components/menu.js').Choice[]} */
  function judging(user) {
    const { person } = texts
    const room = boot.room.name
    const mutes = MUTES.map((minutes, index) => ({
      label: person.mutes[index] ?? '',
      group: person.mute,
      run: () =>
        void act(
          { type: 'mute', room, user: user.id, ms: minutes * MINUTE_MS },
          fill(person.muted, { name: user.name }),
        ),
    }))
    return [
      ...mutes.map((one, index) => ({ ...one, separate: index === 0 })),
      ...(isMuted(user.id) ? [unmuting(user)] : []),
      {
        label: person.kick,
        icon: 'out',
        danger: true,
        separate: true,
        run: () =>
          void act({ type: 'kick', room, user: user.id }, fill(person.kicked, { name: user.name })),
      },
      { label: person.ban, icon: 'ban', danger: true, run: () => void ban(user) },
    ]
  }

  /** @param {User} user @returns {import('../components/menu.js').Choice} */
  function unmuting(user) {
    const { person } = texts
    const frame = { type: 'mute', room: boot.room.name, user: user.id, ms: 0 }
    return {
      label: person.unmute,
      group: person.mute,
      run: () => void act(frame, fill(person.unmuted, { name: user.name })),
    }
  }

  /** Whose role holds everywhere bans from the house, others from their room. @param {User} user */
  async function ban(user) {
    const { person } = texts
    const everywhere = me.user.role !== undefined
    const sentence = fill(everywhere ? person.banHouse : person.banRoom, { name: user.name })
    if (!(await confirm(sentence, person.ban))) return
    const where = everywhere ? {} : { room: boot.room.name }
    await act({ type: 'ban', ...where, user: user.id }, fill(person.banned, { name: user.name }))
  }

  /** @param {User} user @returns {import('../components/menu.js').Choice} */
  function naming(user) {
    const { person } = texts
    const off = user.role === 'mod'
    const done = fill(off ? person.noMod : person.isMod, { name: user.name })
    return {
      label: off ? person.takeMod : person.makeMod,
      icon: 'star',
      separate: true,
      run: () => void act({ type: 'role', user: user.id, role: off ? null : 'mod' }, done),
    }
  }

  /** @param {{type: string} & Record<string, unknown>} frame @param {string} done */
  async function act(frame, done) {
    toast(
      await connection.request(frame).then(
        () => done,
        (nack) => nack.data ?? texts.bar.noLine,
      ),
    )
  }
}

/** Nobody judges a bot, the host, or a peer. @param {User} user */
function mayJudge({ kind, role }) {
  if (me.role === undefined || kind === 'bot' || role === 'host') return false
  return role === undefined || me.role === 'host'
}
