import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { askedRoom, keeping, room } from './rooms.js'

/** Makes a room. */
export const roomCreate = act({
  name: 'room create',
  begins: true,
  words: ['room'],
  flags: keeping,
  read: askedRoom,
  result: z.object({ room }),
  tell: ({ room }, { done }) => [fill(done.roomMade, { room: room.name })],
})
