import { z } from 'zod'
import { fill } from '../i18n/index.js'
import { MUTE_MS } from '../protocol.js'
import { act } from './act.js'
import { when } from './when.js'

/** Lets somebody read but not speak for a while; 0 lifts it. */
export const userMute = act({
  name: 'user mute',
  words: ['who', 'time'],
  flags: { room: 'text' },
  read(reader) {
    const who = reader.word(0, 'who')
    const ms = reader.time(reader.word(1, 'time'), { none: true })
    if (ms !== undefined && ms > MUTE_MS) reader.fault('longMute')
    return { who, ms, room: reader.flag('room') }
  },
  result: z.object({ user: z.object({ name: z.string() }), muted_until: z.number().optional() }),
  tell: ({ user: { name }, muted_until }, { done }) => [
    muted_until === undefined
      ? fill(done.unmuted, { name })
      : fill(done.muted, { name, until: when(muted_until) }),
  ],
})
