import type { BotMode, ModeOf } from '../face.js'
import type { Room } from '../room.js'
import type { Policies } from './policies.js'

/** How each bot is in a room: moderators may have turned it off, and where it is at home it hears every line. */
export function modesIn(room: Room, policies: Pick<Policies, 'modeOf'>): ModeOf {
  const bots = new Map(
    room.members().flatMap(({ kind, name, id }) => (kind === 'bot' ? [[name, id]] : [])),
  )
  return (bot): BotMode => {
    const id = bots.get(bot)
    if (id === undefined) return 'absent'
    if (policies.modeOf(room, id) === 'off') return 'off'
    return room.two || room.sandbox ? 'all' : 'on'
  }
}
