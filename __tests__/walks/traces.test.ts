import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'

const v1 = { protocols: ['chat-room.v1'] }

/** What the log says of these kinds of things. */
const traces = ({ logged }: World, ...events: string[]) =>
  logged.map((line) => JSON.parse(line)).filter(({ event }) => events.includes(event))

const sidOf = (cookie: string): string =>
  JSON.parse(
    Buffer.from(/chat_room_[0-9a-f]{6}=([^;]+)/.exec(cookie)?.[1] ?? '', 'base64').toString(),
  ).sid

test('signing in and out leaves address, user and the hash of the session, never the session', async () => {
  const world = await lobby()
  const { cookie, user } = await world.signIn('ada')
  await expect(world.signIn('ada')).rejects.toThrow('422')
  await world.get('/signout', { method: 'POST', headers: { cookie } })

  const sid = sidOf(cookie)
  const session = createHash('sha256').update(sid).digest('base64url')
  const who = { address: '127.0.0.1', user: user.id, session }
  expect(traces(world, 'signin', 'signout')).toMatchObject([
    { event: 'signin', ...who, msg: 'signed in' },
    { event: 'signin', address: '127.0.0.1', reason: 'taken', msg: 'refused' },
    { event: 'signout', ...who, msg: 'signed out' },
  ])
  expect(world.logged.join('\n')).not.toContain(sid)
})

test('a refused connection and bad frames leave a trace each', async () => {
  const world = await lobby({ people: ['ada'], config: { 'limits.connections_per_session': 1 } })
  const { ada } = world
  await (
    await world.socket(v1)
  ).closed
  await (
    await world.socket({ ...v1, cookie: ada.cookie })
  ).closed
  for (let i = 0; i < 11; i++) ada.sends('not json')
  await ada.socket.closed
  await ada.connect()
  ada.sends('x'.repeat(65_537))
  await ada.socket.closed

  const user = ada.user.id
  expect(traces(world, 'connection', 'protocol')).toMatchObject([
    { event: 'connection', code: 4001, address: '127.0.0.1' },
    { event: 'connection', code: 4004, user, session: expect.any(String) },
    { event: 'protocol', reason: 'malformed', user, session: expect.any(String) },
    { event: 'protocol', reason: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', user },
  ])
})

test('what is denied, too much or done to somebody leaves a trace of who and from where, and no flood of them', async () => {
  const limits = { 'limits.connections_per_ip': 2, 'limits.messages_per_minute': 1 }
  const world = await lobby({ people: ['ada', 'grace'], config: limits })
  const { ada, grace } = world
  const kick = { type: 'kick', room: 'lobby', user: grace.user.id } as const
  await expect(ada.request(kick)).rejects.toThrow('denied')
  await ada.says('one')
  for (let i = 0; i < 3; i++) await expect(ada.says('two')).rejects.toThrow('rate_limited')
  for (let i = 0; i < 3; i++) await expect(world.socket(v1)).rejects.toThrow('429')
  await world.gives(ada, 'mod')
  await ada.request(kick)

  const address = '127.0.0.1'
  const by = { address, user: ada.user.id, session: expect.any(String) }
  expect(traces(world, 'frame', 'limit', 'kick')).toEqual([
    line({ event: 'frame', type: 'kick', code: 'denied', ...by, msg: 'refused' }),
    line({ event: 'frame', type: 'chat', code: 'rate_limited', ...by, msg: 'refused' }),
    line({ event: 'limit', limit: 'connections_per_ip', address, msg: 'refused' }),
    line({ event: 'kick', by: ada.user.id, address, user: grace.user.id, msg: 'audit' }),
  ])
})

/** A line of the log that says at least this, and when. */
const line = (says: object) => expect.objectContaining({ time: expect.any(Number), ...says })
