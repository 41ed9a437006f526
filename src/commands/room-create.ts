import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { kept, keeping, room } from './rooms.js'

/** Makes a room. */
export const roomCreate = act({
  name: 'room create',
  begins: true,
  words: ['room'],
  flags: keeping,
  read: (reader) => ({ room: reader.word(0, 'room'), set: kept(reader) }),
  result: z.object({ room }),
  tell: ({ room }, { done }) => [fill(done.roomMade, { room: room.name })],
})
