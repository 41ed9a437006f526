import { fill } from '../models/words.js'
import { texts } from './boot.js'
import { mayJudge } from './judge.js'
import { me } from './me.js'
import { openMenu } from './menus.js'
import { toChange } from './session.js'

/** How long a moderator may silence somebody with one press, in minutes. */
const MUTES = [10, 60, 1440]

/** @typedef {import('../models/timeline.js').User} User */

/**
 * What may be done with a member: call them, write to them alone, and for moderators keep order.
 * @param {{judging: ReturnType<typeof import('./judge.js').judge>, mention: (name: string) => void, direct: (user: number) => unknown,
 *   isMuted: (user: number) => boolean,
 *   volume: ReturnType<typeof import('./volumes.js').volumes>}} room
 */
export function personMenu({ judging, mention, direct, isMuted, volume }) {
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
          ...(user.kind === 'bot' ? volume.choices(user) : []),
          ...(mayJudge(user) ? keepingOrder(user) : []),
          ...(me.user.role === 'host' && user.kind === 'person' ? [naming(user)] : []),
        ]
    void openMenu({ anchor, label, choices })
  }

  /** @param {User} user @returns {import('../components/menu.js').Choice[]} */
  function keepingOrder(user) {
    const { person } = texts
    const mutes = MUTES.map((minutes, index) => ({
      label: person.mutes[index] ?? '',
      group: person.mute,
      run: () => void judging.mute(user, minutes),
    }))
    return [
      ...mutes.map((one, index) => ({ ...one, separate: index === 0 })),
      ...(isMuted(user.id)
        ? [{ label: person.unmute, group: person.mute, run: () => void judging.mute(user, 0) }]
        : []),
      {
        label: person.kick,
        icon: 'out',
        danger: true,
        separate: true,
        run: () => void judging.kick(user),
      },
      { label: person.ban, icon: 'ban', danger: true, run: () => void judging.ban(user) },
    ]
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
      run: () => void judging.act({ type: 'role', user: user.id, role: off ? null : 'mod' }, done),
    }
  }
}
