import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import type { User } from '../../src/protocol.js'
import { StoreFullError, type BotToken, type TokenStore } from '../../src/store/store.js'
import { Tokens } from '../../src/tokens/tokens.js'
import { lobby } from '../helpers/lobby.js'
import { command, Program } from '../helpers/program.js'

test('who has a token speaks with one request, under a name with a badge, once it is on disk', async () => {
  const world = await lobby({ people: ['ada'] })
  const ci = await Program.named(world, 'ci')
  const said = await ci.says('build 7 is **green**')
  expect(said).toMatchObject({ status: 201, body: { room: 'lobby', seq: expect.any(Number) } })
  expect(await world.ada.hears()).toEqual(['ci: build 7 is **green**'])
  expect(await world.ada.next(({ type }) => type === 'join')).toMatchObject({
    users: [{ name: 'ci', kind: 'bot', imageid: 'bot', id: ci.user }],
  })
  await world.restart()
  const late = await world.enters('grace')
  expect(await late.hears()).toContain('ci: build 7 is **green**')
  expect(await ci.says('after a restart')).toMatchObject({ status: 201 })
})

test('the same Idempotency-Key is one message, and another text under it a conflict', async () => {
  const world = await lobby({ people: ['ada'] })
  const ci = await Program.named(world, 'ci')
  const key = { 'idempotency-key': 'build-7-green' }
  const first = await ci.says('green', 'lobby', key)
  const again = await ci.says('green', 'lobby', key)
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.body).toMatchObject({ seq: first.body['seq'], cid: 'build-7-green', dup: true })
  expect(await ci.says('red', 'lobby', key)).toMatchObject({
    status: 409,
    body: { code: 'cid_conflict', retry: false },
  })
  expect(await world.ada.hears()).toEqual(['ci: green'])
})

test('the same socket as the page’s hears the room, answers, and is told what it may not', async () => {
  const world = await lobby({ people: ['ada'] })
  const ci = await Program.named(world, 'ci')
  // No page can send this header with a WebSocket, so its Origin says nothing, and a cookie counts for nothing.
  const { cookie } = world.ada
  const socket = await ci.connects({ origin: 'https://elsewhere.example', cookie })
  expect(JSON.parse(await socket.next(() => true))).toMatchObject({
    type: 'hello',
    user: { id: ci.user, name: 'ci', kind: 'bot' },
    rooms: [{ name: 'lobby' }],
  })
  socket.send({ type: 'join', cid: 'join-lobby', room: 'lobby' })
  await socket.next((text) => text.includes('"joined"'))
  await world.ada.says('@ci what is new?')
  const heard = JSON.parse(await socket.next((text) => text.includes('what is new?')))
  expect(heard).toMatchObject({ type: 'chat', mentions: [ci.user], user: { name: 'ada' } })
  socket.send({
    type: 'chat',
    cid: 'answer-1',
    room: 'lobby',
    data: 'Nothing.',
    reply_to: heard.seq,
  })
  await world.ada.next((event) => event.type === 'chat' && event.data === 'Nothing.')
  expect(await world.ada.hears()).toEqual(['ada: @ci what is new?', 'ci: Nothing.'])
  socket.send({ type: 'nickname', cid: 'nickname-1' })
  expect(JSON.parse(await socket.next((text) => text.includes('nickname-1')))).toMatchObject({
    type: 'nack',
    code: 'denied',
    why: 'people',
  })
})

test('a token that was revoked or has expired opens nothing, and its sockets are closed at once', async () => {
  const world = await lobby({ people: ['ada'] })
  const [ci, brief] = [
    await Program.named(world, 'ci'),
    await Program.named(world, 'brief', { ms: 60_000 }),
  ]
  const socket = await ci.connects()
  await ci.revoked()
  expect(await socket.closed).toMatchObject({ code: 4001 })
  await expect(ci.connects()).rejects.toMatchObject({ status: 401 })
  expect(await brief.says('still here')).toMatchObject({ status: 201 })
  world.passes(61_000)
  const refused = [await ci.says('x'), await brief.says('x')]
  const forged = await world.get('/api/v1/me', { headers: { authorization: 'Bearer crt_x' } })
  expect(refused.map(({ status }) => status).concat(forged.status)).toEqual([401, 401, 401])
  expect(refused[0]?.body).toEqual(refused[1]?.body)
  await world.gives(world.ada, 'host')
  const { bots } = await world.ada.request({ type: 'bots', room: 'lobby' })
  const told = bots?.map(({ name, state, broken }) => [name, state, broken ?? ''])
  expect(told?.at(-1)).toEqual(['brief', 'off', expect.stringContaining('bot token brief')])
  expect(refused[0]?.headers.get('www-authenticate')).toContain('Bearer')
  expect(await world.ada.next(({ type }) => type === 'left')).toMatchObject({
    users: [{ name: 'ci' }],
  })
})

test('a revoked token whose end cannot be written down opens nothing all the same, and can be revoked again', async () => {
  let isFull = true
  const world = await lobby({
    people: ['ada'],
    store(store) {
      const revoke: TokenStore['revoke'] = (...asked) =>
        isFull ? Promise.reject(new StoreFullError('disk is full')) : store.tokens.revoke(...asked)
      return { ...store, tokens: { ...store.tokens, revoke } }
    },
  })
  const ci = await Program.named(world, 'ci')
  await expect(ci.revoked()).rejects.toThrow()
  expect(await ci.says('x')).toMatchObject({ status: 401 })
  expect(await command(world, 'bot tokens', {})).toMatchObject({ tokens: [{ expired: true }] })

  isFull = false
  await ci.revoked()
  expect(await command(world, 'bot tokens', {})).toMatchObject({ tokens: [] })
  await world.restart()
  expect(await ci.says('x')).toMatchObject({ status: 401 })
  await world.gives(world.ada, 'host')
  await world.ada.connect()
  const { entries } = await world.ada.request({ type: 'audit', limit: 20 })
  expect(entries?.filter(({ action }) => action === 'untoken')).toHaveLength(1)
})

test('a token is written down as revoked before anybody is told', async () => {
  const done: string[] = []
  const bot: User = { id: -1, name: 'ci', imageid: 'bot', kind: 'bot' }
  const token: BotToken = { id: 1, hash: 'x', bot, scopes: ['read'], rooms: [], madeAt: 0 }
  const tokens = await Tokens.open({
    store: {
      all: async () => [token],
      add: async () => 1,
      used: async () => {},
      revoke: async () => Boolean(done.push('written')),
    },
    identify: async () => bot,
    judge: async (name) => ({ name }),
    room: async (name) => name,
    changed: async () => {
      if (done.push('told') > 1) throw new Error('the server ends here')
    },
    ended: () => void done.push('closed'),
    admits: () => true,
    now: () => 1,
    log: pino({ level: 'silent' }),
  })
  await expect(tokens.revoke(1, { id: 0, name: '' })).rejects.toThrow('ends here')
  expect(done).toEqual(['told', 'closed', 'written', 'told'])
  await tokens.close()
})

test('a token in an address opens nothing, even a good one, and no log holds any', async () => {
  const world = await lobby()
  const ci = await Program.named(world, 'ci')
  const inQuery = await world.get(`/api/v1/me?access_token=${ci.token}`, {
    headers: { 'accept-language': 'en' },
  })
  expect([inQuery.status, await inQuery.text()]).toEqual([
    401,
    expect.stringContaining('Authorization: Bearer TOKEN'),
  ])
  expect(await ci.asks(`GET /me?token=${ci.token}`)).toMatchObject({ status: 401 })
  const path = `/chat?token=${ci.token}`
  await expect(world.socket({ path, protocols: ['chat-room.v1'] })).rejects.toMatchObject({
    status: 401,
  })
  await ci.says('seen')
  expect(world.logged.join('\n')).not.toContain(ci.token.slice(4))
})

test('a token does what its scopes and rooms say, and other rooms are not there', async () => {
  const world = await lobby({ people: ['ada'], config: { 'rooms.names': ['ops', 'staff'] } })
  await world.gives(world.ada, 'mod')
  await world.ada.request({ type: 'room', room: 'staff', set: { passcode: 'open sesame' } })
  const reader = await Program.named(world, 'reader', { scopes: ['read'] })
  const ops = await Program.named(world, 'ops-bot', { rooms: ['ops'] })
  expect(await reader.says('x')).toMatchObject({
    status: 403,
    body: { code: 'denied', why: 'scope', detail: expect.stringContaining('write') },
  })
  expect(await ops.says('disk is full', 'ops')).toMatchObject({ status: 201 })
  const [outside, absent] = [await ops.says('x', 'lobby'), await ops.says('x', 'nowhere')]
  expect(outside).toMatchObject({ status: 404, body: { code: 'no_such_room' } })
  expect(outside.body).toEqual(absent.body)
  const locked = await reader.asks('GET /rooms/staff/messages')
  expect(locked.body).toEqual(absent.body)
  const { body } = await ops.asks('GET /rooms')
  expect(body['rooms']).toMatchObject([{ name: 'ops' }])
  expect(await ops.asks('PUT /rooms/ops/topic', { data: 'x' })).toMatchObject({ status: 403 })
})

test('of the messages of others a bot changes none, unless it keeps order there', async () => {
  const world = await lobby({ people: ['ada'] })
  const [ci, warden] = [
    await Program.named(world, 'ci'),
    await Program.named(world, 'warden', {
      scopes: ['read', 'write', 'moderate'],
      rooms: ['lobby'],
    }),
  ]
  const { seq } = await world.ada.says('mine')
  const edit = await ci.asks(`PATCH /rooms/lobby/messages/${seq}`, { data: 'not yours' })
  expect(edit).toMatchObject({ status: 403, body: { code: 'denied', why: 'own' } })
  expect(await ci.asks(`DELETE /rooms/lobby/messages/${seq}`)).toMatchObject({ status: 403 })
  const other = await ci.says('mine too')
  const path = `/rooms/lobby/messages/${String(other.body['seq'])}`
  expect(await warden.asks(`PATCH ${path}`, { data: 'x' })).toMatchObject({ status: 403 })
  expect(await warden.asks(`DELETE /rooms/lobby/messages/${seq}`)).toMatchObject({ status: 200 })
  await world.gives(world.ada, 'host')
  const { entries = [] } = await world.ada.request({ type: 'audit' })
  expect(entries.map(({ action, by }) => [action, by.name])).toEqual(
    expect.arrayContaining([
      ['recall', 'warden'],
      ['token', 'console'],
    ]),
  )
})

test('moderators of a room have the last word: a bot that is off has no room there', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'mod')
  const ci = await Program.named(world, 'ci')
  const socket = await ci.connects()
  socket.send({ type: 'join', cid: 'join-lobby', room: 'lobby' })
  await socket.next((text) => text.includes('"joined"'))
  const policy = (mode: string) =>
    world.ada.request({ type: 'policy', room: 'lobby', bot: ci.user, mode })
  await policy('off')
  await world.ada.says('a secret')
  expect(await ci.says('x')).toMatchObject({ status: 404, body: { code: 'no_such_room' } })
  await policy('called')
  await world.ada.says('another secret')
  const called = await world.ada.says('@ci for you')
  await socket.next((text) => text.includes('for you'))
  expect(socket.texts.join('\n')).not.toContain('secret')
  expect(await ci.asks('GET /rooms/lobby/messages')).toMatchObject({ status: 403 })
  expect(await ci.says('unasked')).toMatchObject({ status: 403, body: { why: 'uncalled' } })
  const answer = { data: 'asked', reply_to: called.seq }
  expect(await ci.asks('POST /rooms/lobby/messages', answer)).toMatchObject({ status: 201 })
})

test('limits are those of people, and a refusal says when to come back', async () => {
  const world = await lobby({ config: { 'limits.messages_per_minute': 60, 'limits.burst': 2 } })
  const ci = await Program.named(world, 'ci')
  const all = [await ci.says('1'), await ci.says('2'), await ci.says('3')]
  expect(all.map(({ status }) => status)).toEqual([201, 201, 429])
  expect(all[2]).toMatchObject({ body: { code: 'rate_limited', retry: true } })
  expect(Number(all[2]?.headers.get('retry-after'))).toBeGreaterThan(0)
})
