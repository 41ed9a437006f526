import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'

/** Pins a message for everybody in its room, or no longer. */
export const messagePin = act({
  name: 'message pin',
  words: ['room', 'number'],
  flags: { undo: 'switch' },
  read: (reader) => ({
    room: reader.word(0, 'room'),
    message: reader.id(1, 'number'),
    on: !reader.isSet('undo'),
  }),
  result: z.object({ room: z.string(), message: z.number(), on: z.boolean() }),
  tell: ({ room, message, on }, { done }) => [
    fill(on ? done.pinned : done.unpinned, { room, id: message }),
  ],
})
