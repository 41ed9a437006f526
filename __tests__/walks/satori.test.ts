import { once } from 'node:events'
import { afterEach, describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { countedStore } from '../helpers/counted-store.js'
import { FramesHeard } from '../helpers/frames-heard.js'
import { lobby, type World } from '../helpers/lobby.js'

const TOKEN = 's3cret-of-the-bot'

/** A frame of the protocol: what these tests look at, and whatever else it has. */
const frame = z.object({
  op: z.number(),
  body: z.looseObject({
    sn: z.number().optional(),
    type: z.string().optional(),
    message: z.looseObject({ id: z.string(), content: z.string() }).optional(),
    login: z.looseObject({ user: z.looseObject({ id: z.string() }) }).optional(),
    logins: z.array(z.unknown()).optional(),
  }),
})
type Json = z.output<typeof frame>

const open: WebSocket[] = []
afterEach(() => {
  for (const ws of open.splice(0)) ws.terminate()
})

/** A bot's program, as far as these tests need one. */
class Program extends FramesHeard<Json> {
  readonly ws: WebSocket

  constructor(ws: WebSocket) {
    super(ws, (json) => frame.parse(json))
    this.ws = ws
  }

  said = (content: string) =>
    this.next(({ body }) => body.type === 'message-created' && body.message?.content === content)

  event = (type: string) => this.next(({ body }) => body.type === type)
}

const section = { use: 'satori', token: TOKEN }
const hosted = (more: Record<string, Record<string, string>> = {}) =>
  lobby({ people: ['ada', 'bob'], plugins: { 'bot:koishi': section, ...more } })

async function connected({ url }: World, claim: object = { token: TOKEN }) {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/satori/v1/events`)
  open.push(ws)
  const program = new Program(ws)
  await once(ws, 'open')
  ws.send(JSON.stringify({ op: 3, body: claim }))
  return program
}

async function call(
  { url }: World,
  method: string,
  body: object = {},
  headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${url}/satori/v1/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, json: await response.json() }
}

const ids = z.array(z.looseObject({ id: z.string() }))

test('whoever identifies is told who it is, and then what is said, with whom it calls', async () => {
  const world = await hosted()
  const program = await connected(world)
  const ready = await program.next(({ op }) => op === 4)
  expect(ready.body.logins).toEqual([
    expect.objectContaining({
      sn: 1,
      platform: 'chatroom',
      status: 1,
      user: { id: '0', name: 'koishi', nick: 'koishi', is_bot: true },
    }),
  ])

  await world.ada.says('a <b> & @koishi hello')
  const { body } = await program.said('a &lt;b&gt; &amp; <at id="0" name="koishi"/> hello')
  expect(body).toMatchObject({
    sn: expect.any(Number),
    timestamp: expect.any(Number),
    login: { platform: 'chatroom' },
    channel: { id: 'lobby', type: 0 },
    guild: { id: 'lobby' },
    member: { nick: 'ada' },
    user: { id: String(world.ada.user.id), name: 'ada' },
  })
})

test('it speaks, quotes, calls, edits and takes back', async () => {
  const world = await hosted()
  const { seq: quoted } = await world.ada.says('question')
  const content = `<quote id="${quoted}"/><at id="${world.ada.user.id}"/><b>yes</b> &lt;i&gt;<br/><a href="https://example.org/">more</a><message>second</message>`
  const sent = await call(world, 'message.create', { channel_id: 'lobby', content })

  expect(await world.bob.hears()).toEqual([
    'ada: question',
    'koishi: @ada **yes** <i>\n[more](https://example.org/)',
    'koishi: second',
  ])
  const [first, second] = ids.parse(sent.json)
  const edit = { channel_id: 'lobby', message_id: first?.id, content: 'no' }
  expect(await call(world, 'message.update', edit)).toEqual({ status: 200, json: {} })
  await call(world, 'message.delete', { channel_id: 'lobby', message_id: second?.id })
  expect(await call(world, 'message.get', edit)).toMatchObject({
    json: { content: `<quote id="${quoted}"/>no` },
  })
  expect(await call(world, 'message.list', { channel_id: 'lobby' })).toMatchObject({
    json: { data: [{ content: 'question' }, { content: `<quote id="${quoted}"/>no` }] },
  })
})

test('an answer that is streamed by edits arrives with its last word, however fast they come', async () => {
  const world = await hosted()
  const sent = await call(world, 'message.create', { channel_id: 'lobby', content: 'thinking' })
  const [line] = ids.parse(sent.json)
  const edit = (content: string) =>
    call(world, 'message.update', { channel_id: 'lobby', message_id: line?.id, content })
  const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => edit(`word ${i}`)))

  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200))
  const shown = await call(world, 'message.get', { channel_id: 'lobby', message_id: line?.id })
  expect(shown).toMatchObject({ json: { content: 'word 29' } })
  // The message, and of 30 edits those that a bot may make at once and the last.
  expect((await world.log(world.ada)).at(-1)?.seq).toBeLessThan(10)
})

test('edits, recalls, comings and goings are events', async () => {
  const world = await hosted()
  const program = await connected(world)
  const { seq } = await world.ada.says('one')
  await world.ada.request({ type: 'edit', room: 'lobby', message: seq, data: 'two' })
  expect((await program.event('message-updated')).body.message).toMatchObject({ content: 'two' })
  await world.ada.request({ type: 'recall', room: 'lobby', message: seq })
  expect((await program.event('message-deleted')).body.message).toMatchObject({ id: String(seq) })
  const cat = await world.enters('cat')
  await program.event('guild-member-added')
  await world.get('/signout', { method: 'POST', headers: { cookie: cat.cookie } })
  await program.event('guild-member-removed')
})

test('where it may only be called, it is told of nothing else', async () => {
  const world = await hosted()
  await world.gives(world.ada, 'host')
  await world.ada.request({ type: 'policy', room: 'lobby', bot: 0, mode: 'called' })
  const program = await connected(world)
  const { seq } = await world.ada.says('between us')
  await world.ada.request({
    type: 'edit',
    room: 'lobby',
    message: seq,
    data: 'between the two of us',
  })
  await world.ada.says('@koishi hi')

  await program.said('<at id="0" name="koishi"/> hi')
  expect(program.frames.filter(({ op }) => op === 0)).toHaveLength(1)
  const here = { channel_id: 'lobby' }
  const listed = await call(world, 'message.list', here)
  expect(listed.json).toMatchObject({ data: [{ content: '<at id="0" name="koishi"/> hi' }] })
  const unheard = { ...here, message_id: String(seq) }
  expect(await call(world, 'message.get', unheard)).toMatchObject({ status: 404 })
})

test('a room that is none of its own is one that is not there, in every answer and by what it costs', async () => {
  const counted = countedStore()
  const world = await lobby({
    people: ['ada', 'bob'],
    plugins: { 'bot:koishi': { ...section, rooms: 'lobby' } },
    config: { 'rooms.names': ['ops'] },
    store: counted.around,
  })
  const { room: pair = '' } = await world.ada.request({ type: 'direct', user: world.bob.user.id })
  await world.ada.join('ops')
  await world.ada.says('not for koishi', { room: 'ops' })
  const line = { message_id: '1', content: 'x' }
  const methods = ['message.create', 'message.update', 'message.delete', 'message.get', 'message.list', 'channel.get', 'channel.list', 'guild.get', 'guild.member.get', 'guild.member.list'] // prettier-ignore
  for (const method of methods) {
    const answers = []
    for (const room of ['ops', pair, 'nowhere', `d-${'a'.repeat(26)}`]) {
      counted.asked()
      const ids = { channel_id: room, guild_id: room, user_id: String(world.ada.user.id) }
      answers.push({ ...(await call(world, method, { ...ids, ...line })), asked: counted.asked() })
    }
    expect(answers[0]).toMatchObject({ status: 404 })
    for (const answer of answers) expect([method, answer]).toEqual([method, answers[0]])
  }
})

/** Somebody hears 'one', misses 'two' and comes back for 'three'. @returns what was told then, after the READY. */
async function comesBack(meanwhile: (world: Awaited<ReturnType<typeof hosted>>) => unknown) {
  const world = await hosted()
  const before = await connected(world)
  await world.ada.says('one')
  const { body } = await before.said('one')
  before.ws.terminate()
  await world.ada.says('two')
  meanwhile(world)
  await world.ada.says('three')

  const after = await connected(world, { token: TOKEN, sn: body.sn })
  await after.said('three')
  return after.frames.slice(1).map((frame) => frame.body.message?.content)
}

test('who comes back with the last number is told what it missed', async () => {
  expect(await comesBack(() => {})).toEqual(['two', 'three'])
})

test('what was told more than five minutes before is told to nobody who comes back', async () => {
  expect(await comesBack((world) => world.passes(301_000))).toEqual(['three'])
})

test('two bots of one token share a connection, and a call says which of them it is for', async () => {
  const world = await hosted({ 'bot:second': section })
  const program = await connected(world)
  expect((await program.next(({ op }) => op === 4)).body.logins).toHaveLength(2)
  await world.ada.says('hi')
  await program.next(({ body }) => body.login?.user.id === '0' && body.message?.content === 'hi')
  await program.next(({ body }) => body.login?.user.id === '-1' && body.message?.content === 'hi')

  const say = (headers: Record<string, string>) =>
    call(world, 'message.create', { channel_id: 'lobby', content: 'me' }, { authorization: `Bearer ${TOKEN}`, ...headers }) // prettier-ignore
  expect((await say({})).status).toBe(403)
  expect((await say({ 'x-platform': 'other', 'x-self-id': '-1' })).status).toBe(403)
  expect((await say({ 'satori-platform': 'chatroom', 'satori-user-id': '-1' })).status).toBe(200)
  expect(await world.ada.hears()).toEqual(['ada: hi', 'second: me'])
})

test('rooms, members and who wrote to it can be asked for', async () => {
  const world = await hosted()
  const id = String(world.ada.user.id)
  const list = { json: { data: [{ id: 'lobby' }] } }
  expect(await call(world, 'guild.list')).toMatchObject(list)
  expect(await call(world, 'channel.list', { guild_id: 'lobby' })).toMatchObject(list)
  expect(await call(world, 'channel.get', { channel_id: 'lobby' })).toMatchObject({ json: { type: 0 } }) // prettier-ignore
  const member = { guild_id: 'lobby', user_id: id }
  expect(await call(world, 'guild.member.get', member)).toMatchObject({ json: { nick: 'ada' } })
  expect(await call(world, 'user.get', { user_id: id })).toMatchObject({ json: { name: 'ada' } })
  expect(await call(world, 'user.channel.create', { user_id: id })).toMatchObject({ status: 403 })
  expect(await call(world, 'login.get')).toMatchObject({ json: { user: { name: 'koishi' } } })
})

describe('what is wrong is refused:', () => {
  test('frames and tokens, by closing', async () => {
    const world = await hosted()
    const stranger = await connected(world, { token: 'another-token-of-16' })
    expect(await once(stranger.ws, 'close')).toEqual([4004, expect.any(Buffer)])
    const babbler = await connected(world)
    babbler.ws.send('{')
    expect(await once(babbler.ws, 'close')).toEqual([4000, expect.any(Buffer)])
  })

  test('calls, with a status and a sentence', async () => {
    const world = await hosted()
    const lobbyLine = { channel_id: 'lobby', content: 'x' }
    const status = async (...asked: [string, object?, Record<string, string>?]) =>
      (await call(world, ...asked)).status
    expect(await status('login.get', {}, {})).toBe(401)
    expect(await status('login.get', {}, { authorization: 'Bearer another-token-of-16' })).toBe(401)
    expect(await status('guild.role.list')).toBe(404)
    expect(await status('constructor')).toBe(404)
    expect(await status('message.create', { channel_id: 'lobby' })).toBe(400)
    expect(await status('message.create', { ...lobbyLine, content: ' <br/> ' })).toBe(400)
    expect(await status('message.create', { ...lobbyLine, content: '<img src="file:///etc/passwd"/>' })).toBe(400) // prettier-ignore
    expect(await status('message.create', { ...lobbyLine, channel_id: 'nowhere' })).toBe(404)
    expect(await status('message.delete', { channel_id: 'lobby', message_id: '999' })).toBe(404)
    await world.ada.says('mine')
    const other = { channel_id: 'lobby', message_id: '1' }
    expect(await status('message.update', { ...other, content: 'y' })).toBe(403)
    expect(await status('message.delete', other)).toBe(403)
  })
})

test('programs count among the connections of an address, whether they say who they are or not', async () => {
  const config = { 'limits.connections_per_ip': 2 }
  const world = await lobby({ people: ['ada'], config, plugins: { 'bot:帮手': section } })
  const silent = new WebSocket(`${world.url.replace('http', 'ws')}/satori/v1/events`)
  await once(silent, 'open')
  const [refused] = await once(
    new WebSocket(`${world.url.replace('http', 'ws')}/satori/v1/events`),
    'error',
  )
  expect(String(refused)).toContain('429')
  silent.terminate()
})
