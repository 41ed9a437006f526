import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { expect, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'
import { sidOf } from '../helpers/visitor.js'

const v1 = { protocols: ['chat-room.v1'] }

/** What the log says of these kinds of things. */
const traces = ({ logged }: World, ...events: string[]) =>
  logged.map((line) => JSON.parse(line)).filter(({ event }) => events.includes(event))

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

test('who guesses, or comes by a name or a page of others, leaves a trace at every door, and none of what was guessed', async () => {
  const plugins = {
    'bot:satori': { use: 'satori', token: 'a-satori-token-of-24-chars' },
    'bot:onebot': { use: 'onebot11', token: 'a-onebot-token-of-24-chars' },
  }
  const world = await lobby({ people: ['ada'], plugins, config: { 'server.trust_proxy': ['127.0.0.1'] } }) // prettier-ignore
  const { cookie, user } = world.ada
  const GUESS = 'a-guess-of-24-characters'
  const bearer = { authorization: `Bearer ${GUESS}`, 'x-forwarded-for': '203.0.113.7' }
  const posts = (path: string, body: object, headers: object = bearer) =>
    world.get(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }) // prettier-ignore
  for (let again = 0; again < 2; again++) {
    await world.get('/api/v1/me', { headers: bearer })
    await posts(`/hooks/${GUESS}`, { text: 'x' })
    await posts(`/api/webhooks/1/${GUESS}/slack`, { text: 'x' })
    await posts('/satori/v1/message.create', {})
    await world.get('/metrics', { headers: bearer })
    await posts('/host', { token: GUESS }, { cookie })
    await posts('/r/vault', { passcode: GUESS }, { cookie })
    await posts('/signout', {}, { cookie, origin: 'https://evil.example' })
    await expect(world.socket({ ...v1, origin: 'https://evil.example' })).rejects.toThrow('403')
    await expect(world.socket({ path: '/onebot/v11/ws', headers: bearer })).rejects.toThrow('401')
    const satori = await world.socket({ path: '/satori/v1/events', headers: bearer })
    satori.send({ op: 3, body: { token: GUESS } })
    await satori.closed
    await expect(world.socket({ ...v1, headers: { host: 'evil.example' } })).rejects.toThrow('421')
    await asksAs(world, 'evil.example')
  }

  const address = '127.0.0.1'
  const far = '203.0.113.7'
  const told = traces(world, 'api', 'program', 'metrics', 'claim', 'passcode', 'cross-site', 'upgrade', 'host') // prettier-ignore
  expect(told).toEqual([
    line({ event: 'api', status: 401, address: far }),
    line({ event: 'program', door: 'hook', address: far }),
    line({ event: 'program', door: 'satori', address: far }),
    line({ event: 'metrics', address: far }),
    line({ event: 'claim', user: user.id, address }),
    line({ event: 'passcode', user: user.id, address }),
    line({ event: 'cross-site', method: 'POST', address }),
    line({ event: 'upgrade', status: 403, address }),
    line({ event: 'program', door: 'socket', address: far }),
    line({ event: 'upgrade', status: 421, address }),
    line({ event: 'host', address }),
  ])
  expect(world.logged.join('')).not.toMatch(new RegExp(`${GUESS}|evil\\.example`))
})

/** `fetch` sets the Host itself. */
async function asksAs({ url }: World, host: string): Promise<void> {
  const { port, hostname } = new URL(url)
  const asking = request({ port, hostname, headers: { host } }).end()
  const [response]: IncomingMessage[] = await once(asking, 'response')
  response?.resume()
}

/** A line of the log that says at least this, and when. */
const line = (says: object) => expect.objectContaining({ time: expect.any(Number), ...says })
