import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Takes a message back, as its number in the room's reports and log has it. */
export const messageRecall = act({
  name: 'message recall',
  words: ['room', 'number'],
  read: (reader) => ({ room: reader.word(0, 'room'), message: reader.id(1, 'number') }),
  result: z.object({ room: z.string(), message: z.number() }),
  tell: ({ room, message }, { done }) => [fill(done.recalled, { room, id: message })],
})
