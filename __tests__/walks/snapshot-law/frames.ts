import * as fc from 'fast-check'
import type { ClientFrame } from '../../../src/frames.js'

const emoji = ['👍', '🎉', '❤️']
/** Which of the numbers that were given so far is meant. */
const target = fc.nat()
const text = fc.constantFrom('tea', '@ada cake', 'x'.repeat(130), '🎉'.repeat(90), '@grace @tom')
/** What the asker hears; a command of moderators; both are lines. */
const asking = fc.constantFrom('ask', 'ask first', 'close', 'bare')
const typed = fc.constantFrom('/topic tea', '/话题 cake', '/slow 0', '/mute tom 0')

/**
 * Every frame that a client may send, and what the law says of it: how it is tried, if events come of it; else
 * `unnumbered`, if it changes what `joined` says beside them (told-law.test.ts), `else`, if it changes what is no
 * part of a room, and `asks`, if it changes nothing. A new frame does not compile until it stands here.
 */
export const LAW = {
  chat: fc.oneof(
    fc.record({ data: text }),
    fc.record({ data: text, reply_to: target }),
    fc.record({ data: asking }),
    fc.record({ data: typed }),
  ),
  edit: fc.record({ data: text, message: target }),
  recall: fc.record({ message: target }),
  react: fc.record({ message: target, data: fc.constantFrom(...emoji), on: fc.boolean() }),
  answer: fc.record({ message: target, choices: fc.subarray(['sea', 'hills']) }),
  pin: fc.record({ message: target, on: fc.boolean() }),
  topic: fc.record({ data: text }),
  policy: fc.record({ bot: fc.constant(0), mode: fc.constantFrom('active', 'called') }),
  room: 'unnumbered',
  approve: 'unnumbered',
  notify: 'unnumbered',
  mute: 'unnumbered',
  role: 'unnumbered',
  join: 'else',
  sync: 'else',
  leave: 'else',
  kick: 'else',
  ban: 'else',
  unban: 'else',
  make: 'else',
  direct: 'else',
  invite: 'else',
  revoke: 'else',
  report: 'else',
  handled: 'else',
  read: 'else',
  typing: 'else',
  stop: 'else',
  volume: 'else',
  history: 'asks',
  search: 'asks',
  members: 'asks',
  bots: 'asks',
  commands: 'asks',
  rooms: 'asks',
  invites: 'asks',
  nickname: 'asks',
  bans: 'asks',
  reports: 'asks',
  audit: 'asks',
  pins: 'asks',
} as const satisfies Record<ClientFrame['type'], fc.Arbitrary<object> | Exempt>

type Exempt = 'unnumbered' | 'else' | 'asks'

const settings = fc.record({ math: fc.boolean(), title: fc.constantFrom('', 'Law') })

/** Something that makes events, of each kind as often. A change of settings makes a notice as well. */
export const act = fc.oneof(
  fc.record({ type: fc.constant('room'), set: settings }),
  ...Object.entries(LAW).flatMap(([type, how]) =>
    typeof how === 'string' ? [] : [how.map((fields: object) => ({ type, ...fields }))],
  ),
)
