import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { askedRoom, keeping, room } from './rooms.js'

/** Keeps a room in another way. */
export const roomSet = act({
  name: 'room set',
  words: ['room'],
  flags: keeping,
  read(reader) {
    const isGiven = (flag: string) => reader.flag(flag) !== undefined
    if (!Object.keys(keeping).some(isGiven)) reader.fault('nothingToSet')
    return askedRoom(reader)
  },
  result: z.object({ room }),
  tell: ({ room }, { done }) => [fill(done.roomSet, { room: room.name })],
})
