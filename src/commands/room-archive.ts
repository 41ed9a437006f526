import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { act } from './act.js'
import { room } from './rooms.js'

/** Makes a room read-only and takes it off the list, or brings it back. */
export const roomArchive = act({
  name: 'room archive',
  asks: 'room set',
  words: ['room'],
  flags: { undo: 'switch' },
  read: (reader) => ({
    room: reader.word(0, 'room'),
    set: { archived: !reader.isSet('undo') },
  }),
  result: z.object({ room }),
  tell: ({ room }, { done }) => [
    fill(room.archived ? done.archived : done.unarchived, { room: room.name }),
  ],
})
