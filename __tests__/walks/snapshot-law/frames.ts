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

const [ADA, GRACE, TOM] = [0, 1, 2]
const by = (who: number, type: string, fields: object) => ({ who, act: { type, ...fields } })
/** The line with this number, if as many have been given. */
const line = (seq: number) => ({ message: seq - 1 })

/** What each kind of event does to all that may hang on a line: its pin, its answer, its emoji, its card. */
export const everyEffect = [
  by(ADA, 'chat', { data: 'tea' }), // 1
  by(GRACE, 'chat', { data: 'x'.repeat(130) }), // 2
  by(TOM, 'chat', { data: 'cake', reply_to: 0 }), // 3, an answer to the first
  by(ADA, 'react', { ...line(1), data: '👍', on: true }), // 4
  by(TOM, 'react', { ...line(1), data: '👍', on: true }),
  by(ADA, 'pin', { ...line(1), on: true }),
  by(ADA, 'pin', { ...line(2), on: true }),
  by(ADA, 'edit', { ...line(1), data: '🎉'.repeat(130) }),
  by(TOM, 'react', { ...line(1), data: '👍', on: false }),
  by(ADA, 'pin', { ...line(2), on: false }), // 10
  by(ADA, 'pin', { ...line(2), on: true }),
  by(ADA, 'recall', line(1)),
  by(GRACE, 'edit', { ...line(2), data: '@ada cake' }), // 13
  by(ADA, 'react', { ...line(1), data: '👍', on: true }), // refused, as the next two are
  by(ADA, 'edit', { ...line(1), data: 'tea again' }),
  by(ADA, 'pin', { ...line(1), on: true }),
  by(TOM, 'chat', { data: 'ask' }), // 14, and the bot's card is 15
  by(ADA, 'answer', { ...line(15), choices: ['sea', 'hills'] }),
  by(TOM, 'answer', { ...line(15), choices: ['sea'] }),
  by(ADA, 'answer', { ...line(15), choices: ['hills'] }),
  by(GRACE, 'chat', { data: 'close' }),
  by(TOM, 'chat', { data: 'ask' }),
  by(GRACE, 'chat', { data: 'bare' }),
  by(ADA, 'recall', line(15)),
  by(ADA, 'topic', { data: 'tea' }),
  by(ADA, 'room', { set: { title: 'Law' } }),
]
