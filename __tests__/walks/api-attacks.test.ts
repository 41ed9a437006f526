import { request } from 'node:http'
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { API, namesIn, routes } from '../../src/gateways/api/routes.js'
import { countedStore } from '../helpers/counted-store.js'
import { lobby, type World } from '../helpers/lobby.js'
import { Program } from '../helpers/program.js'

const SAY = 'POST /rooms/lobby/messages'

test('what is no request is refused with a problem that tells nothing of the server', async () => {
  const world = await lobby({ people: ['ada'] })
  const ci = await Program.named(world, 'ci')
  const type = (name: string) => ({ 'content-type': name })
  const deep = `{"data":${'['.repeat(200)}${']'.repeat(200)}}`
  const tries = await Promise.all([
    ci.asks(SAY, '{"data": "x"', {}),
    ci.asks(SAY, '["x"]'),
    ci.asks(SAY, 'null'),
    ci.asks(SAY, {}),
    ci.asks(SAY, { data: 7 }),
    ci.asks(SAY, { data: 'a\u0000b' }),
    ci.asks(SAY, deep),
    ci.asks(SAY, '{"__proto__": {"data": "x"}, "constructor": {"data": "x"}}'),
    ci.asks(SAY, 'data=x', type('application/x-www-form-urlencoded')),
    ci.asks(SAY, 'x', type('text/plain')),
    ci.asks(SAY, '\u001f\u008b', { 'content-encoding': 'gzip' }),
    ci.asks(SAY, { data: 'x'.repeat(70_000) }),
    ci.asks(SAY, { data: 'x'.repeat(5_000) }),
    ci.asks(SAY, { data: ' ' }),
    ci.asks(SAY, { data: 'x' }, { 'idempotency-key': 'short' }),
    ci.asks('GET /rooms/lobby/messages?limit=1000000'),
    ci.asks('GET /rooms/lobby/messages?before=1&after=1'),
    ci.asks('DELETE /rooms/lobby/messages/1e3'),
    ci.asks('PUT /rooms/lobby/messages/1/reactions/not-an-emoji'),
    ci.asks('PUT /rooms/lobby/messages'),
    ci.asks('GET /nothing'),
  ])
  expect(tries.map(({ status }) => status)).toEqual([
    400, 400, 400, 400, 400, 400, 400, 400, 415, 415, 400, 413, 422, 422, 400, 400, 400, 400, 400,
    405, 404,
  ])
  for (const { body, headers, status } of tries) {
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) })
    expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts|\.js:|Error|SQL/)
  }
  expect(await ci.says('still there')).toMatchObject({ status: 201 })
  expect(await world.ada.hears()).toEqual(['ci: still there'])
})

test('wrong tokens of an address are counted: the hundred and first waits, and nobody else does', async () => {
  const world = await lobby({ people: ['ada'], config: { 'server.trust_proxy': ['127.0.0.1'] } })
  const ci = await Program.named(world, 'ci')
  const tries = async (from: string, authorization = 'Bearer crb_guessed') => {
    const headers = { authorization, 'x-forwarded-for': from }
    const answer = await world.get(`${API}/me`, { headers })
    await answer.body?.cancel()
    return answer
  }
  for (let n = 0; n < 100; n++) expect((await tries('203.0.113.7')).status).toBe(401)
  const waits = await tries('203.0.113.7')
  expect([waits.status, Number(waits.headers.get('retry-after'))]).toEqual([
    429,
    expect.any(Number),
  ])
  expect((await tries('203.0.113.8')).status).toBe(401)
  expect((await tries('203.0.113.7', `Bearer ${ci.token}`)).status).toBe(200) // a right one is no guess
})

test('a room is a name and no path, and each that is none of the bot’s is answered alike', async () => {
  const world = await lobby({ people: ['ada', 'eve'] })
  const ci = await Program.named(world, 'ci')
  const { room: two } = await world.ada.request({ type: 'direct', user: world.eve.user.id })
  const names = ['..%2f..%2fetc%2fpasswd', '%00', 'a'.repeat(300), '%E2%80%AE', String(two)]
  const absent = (await ci.says('x', 'nowhere')).body
  for (const name of names) {
    const { status, body } = await ci.says('x', name)
    // A name that is too long is no name at all.
    if (name.length > 256) expect(status).toBe(400)
    else expect({ name, status, body }).toEqual({ name, status: 404, body: absent })
  }
  expect(await ci.says('x', '%')).toMatchObject({ status: 404 })
})

test('a room that is none of the bot’s is one that is not there, at every address and by what it costs', async () => {
  const counted = countedStore()
  const config = { 'rooms.names': ['ops', 'staff'] }
  const world = await lobby({ people: ['ada', 'eve'], config, store: counted.around })
  const scopes = ['read', 'write', 'rooms', 'moderate']
  const ci = await Program.named(world, 'ci', { scopes, rooms: ['lobby'] })
  const { room: two } = await world.ada.request({ type: 'direct', user: world.eve.user.id })
  const { seq = 0 } = await world.ada.says('hello')
  const inRoom = routes.filter(({ path }) => namesIn(path).includes('room'))
  expect(inRoom.length).toBeGreaterThan(15)
  for (const { method, path, example } of inRoom) {
    const answers = []
    for (const room of ['ops', String(two), 'nowhere', `d-${'a'.repeat(26)}`]) {
      const names = { room, message: seq, user: world.ada.user.id, invite: 1, emoji: '👍' }
      const at = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(Reflect.get(names, name)))) // prettier-ignore
      const body = method === 'get' || method === 'delete' ? undefined : example
      counted.asked()
      const { status, body: told } = await ci.asks(`${method.toUpperCase()} ${API}${at}`, body)
      answers.push({ status, told, asked: counted.asked() })
    }
    expect(answers[0]).toMatchObject({ status: 404, told: { code: 'no_such_room' } })
    for (const answer of answers) expect([method, path, answer]).toEqual([method, path, answers[0]])
  }
})

test('a cookie opens nothing here, and a body that is announced too large is not waited for', async () => {
  const world = await lobby({ people: ['ada'] })
  const ci = await Program.named(world, 'ci')
  const { cookie } = world.ada
  const asPerson = await world.get('/api/v1/rooms/lobby/messages', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', origin: world.url },
    body: '{"data": "x"}',
  })
  expect(asPerson.status).toBe(401)
  expect(await announced(world, ci.token)).toBe(413)
  expect(await world.ada.hears()).toEqual([])
})

test('what a bot says commands nobody, and a token for a room keeps order in that room alone', async () => {
  const world = await lobby({ people: ['ada'], config: { 'rooms.names': 'ops' } })
  const scopes = ['read', 'write', 'moderate']
  const warden = await Program.named(world, 'warden', { scopes, rooms: ['ops'] })
  const everywhere = await Program.named(world, 'everywhere', { scopes })
  await everywhere.says('/mute ada 10m')
  await everywhere.says('/nick mallory')
  await world.ada.says('I can still speak')
  expect(await world.ada.hears()).toEqual([
    'everywhere: /mute ada 10m',
    'everywhere: /nick mallory',
    'ada: I can still speak',
  ])
  const mute = { ms: 60_000 }
  const { id } = world.ada.user
  expect(await warden.asks(`PUT /rooms/lobby/mutes/${id}`, mute)).toMatchObject({ status: 404 })
  expect(await warden.asks(`PUT /rooms/ops/mutes/${id}`, mute)).toMatchObject({ status: 200 })
  const socket = await warden.connects()
  socket.send({ type: 'ban', cid: 'everywhere', user: id })
  socket.send({ type: 'role', cid: 'promotion', user: id, role: 'mod' })
  for (const cid of ['everywhere', 'promotion'])
    expect(JSON.parse(await socket.next((text) => text.includes(`"${cid}"`)))).toMatchObject({
      type: 'nack',
      code: 'denied',
    })
})

test('bots that answer each other are stopped, and two at once under one key say one thing', async () => {
  const world = await lobby({ people: ['ada'] })
  const [one, two] = [await Program.named(world, 'one'), await Program.named(world, 'two')]
  let { seq } = await world.ada.says('go')
  const statuses: number[] = []
  for (const bot of [one, two, one, two]) {
    const said = await bot.asks(SAY, { data: `to ${seq}`, reply_to: seq })
    statuses.push(said.status)
    seq = Number(said.body['seq'] ?? seq)
  }
  expect(statuses).toEqual([201, 201, 201, 403])
  const key = { 'idempotency-key': 'race-to-be-first' }
  const race = await Promise.all(Array.from({ length: 10 }, () => one.says('once', 'lobby', key)))
  expect(new Set(race.map(({ body }) => body['seq'])).size).toBe(1)
  expect(race.filter(({ status }) => status === 201)).toHaveLength(1)
})

/** Announces a gigabyte and sends nothing of it. */
async function announced(world: World, token: string): Promise<number | undefined> {
  const asking = request(`${world.url}/api/v1/rooms/lobby/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': 1_000_000_000,
    },
  })
  asking.flushHeaders()
  const [response] = await once(asking, 'response')
  asking.on('error', () => undefined)
  asking.destroy()
  return response.statusCode
}
