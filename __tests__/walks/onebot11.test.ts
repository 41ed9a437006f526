import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from '@jest/globals'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { countedStore } from '../helpers/counted-store.js'
import { FramesHeard } from '../helpers/frames-heard.js'
import { lobby, type World } from '../helpers/lobby.js'

const TOKEN = 's3cret-of-the-bot'
const SELF = 2_000_000_000

/** A frame of the protocol: what these tests look at, and whatever else it has. */
const frame = z.looseObject({
  raw_message: z.string().optional(),
  message_id: z.number().optional(),
  group_id: z.number().optional(),
  user_id: z.number().optional(),
  data: z.unknown().optional(),
})
type Json = z.output<typeof frame>

const open: WebSocket[] = []
const servers: (WebSocketServer | Server)[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  for (const ws of open.splice(0)) ws.terminate()
})

/** A bot's program, as far as these tests need one. */
class Program extends FramesHeard<Json> {
  readonly ws: WebSocket
  #calls = 0

  constructor(ws: WebSocket) {
    super(ws, (json) => frame.parse(json))
    this.ws = ws
  }

  message = (raw: string) => this.next(({ raw_message }) => raw_message === raw)

  async call(action: string, params: unknown = {}): Promise<Json> {
    return this.answer(this.send(action, params))
  }

  /** Calls without waiting. */
  send(action: string, params: unknown): string {
    const echo = `e${(this.#calls += 1)}`
    this.ws.send(JSON.stringify({ action, params, echo }))
    return echo
  }

  answer = (echo: string) => this.next((frame) => frame['echo'] === echo)
}

const hosted = (section: Record<string, string> = {}) =>
  lobby({
    people: ['ada', 'bob'],
    plugins: { 'bot:koishi': { use: 'onebot11', token: TOKEN, ...section } },
  })

async function connected(
  { url }: World,
  headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
  query = '',
) {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/onebot/v11/ws${query}`, { headers })
  open.push(ws)
  const program = new Program(ws)
  await once(ws, 'open')
  return program
}

const isGroup = (frame: Json) => frame['message_type'] === 'group'
const words = (text: string) => [{ type: 'text', data: { text } }]

test('the first frame is lifecycle/connect, and who it is can be asked', async () => {
  const world = await hosted()
  const program = await connected(world)
  await world.ada.says('hello')
  await program.message('hello')
  expect(program.frames[0]).toEqual({
    time: expect.any(Number),
    self_id: SELF,
    post_type: 'meta_event',
    meta_event_type: 'lifecycle',
    sub_type: 'connect',
  })
  expect(await program.call('get_login_info')).toMatchObject({
    status: 'ok',
    retcode: 0,
    data: { user_id: SELF, nickname: 'koishi' },
  })
})

test('it is told at its pace that all is well', async () => {
  const program = await connected(await hosted({ heartbeat: '1s' }))
  const beat = await program.next(({ meta_event_type }) => meta_event_type === 'heartbeat')
  expect(beat).toEqual({
    time: expect.any(Number),
    self_id: SELF,
    post_type: 'meta_event',
    meta_event_type: 'heartbeat',
    status: { online: true, good: true },
    interval: 1_000,
  })
})

test('a line of the room has every field that NoneBot and Koishi need', async () => {
  const world = await hosted()
  const program = await connected(world)
  await world.ada.says('@koishi echo 你好')
  const event = await program.next(isGroup)
  expect(event).toEqual({
    time: expect.any(Number),
    self_id: SELF,
    post_type: 'message',
    message_type: 'group',
    sub_type: 'normal',
    message_id: 1_025,
    group_id: 1,
    user_id: world.ada.user.id,
    anonymous: null,
    message: [
      { type: 'at', data: { qq: String(SELF) } },
      { type: 'text', data: { text: ' echo 你好' } },
    ],
    raw_message: `[CQ:at,qq=${SELF}] echo 你好`,
    font: 0,
    sender: {
      user_id: world.ada.user.id,
      nickname: 'ada',
      card: '',
      sex: 'unknown',
      age: 0,
      role: 'member',
    },
  })
})

test('what the program sends is said by the bot, with its quote and its calls', async () => {
  const world = await hosted()
  const program = await connected(world)
  await world.ada.says('echo x')
  const { message_id, group_id, user_id } = await program.next(isGroup)
  const sent = await program.call('send_msg', {
    message_type: 'group',
    user_id,
    group_id,
    message: [
      { type: 'reply', data: { id: String(message_id) } },
      { type: 'at', data: { qq: String(user_id) } },
      ...words(' 你好 x'),
    ],
  })
  expect(sent).toMatchObject({ status: 'ok', data: { message_id: 1_026 } })
  const line = await world.bob.next(
    (frame) => frame.type === 'chat' && frame.user.name === 'koishi',
  )
  expect(line).toMatchObject({ data: '@ada  你好 x', reply: { seq: 1 }, mentions: [user_id] })
  expect(program.frames.filter(isGroup)).toHaveLength(1) // it does not hear itself
})

test('what it says faster than a bot may speak waits its turn, and comes whole and in order', async () => {
  const world = await hosted()
  const program = await connected(world)
  const lines = Array.from({ length: 6 }, (_, n) => `line ${n}`)
  const echoes = lines.map((message) => program.send('send_group_msg', { group_id: 1, message }))
  for (const echo of echoes) expect(await program.answer(echo)).toMatchObject({ retcode: 0 })
  expect(await world.ada.hears()).toEqual(lines.map((line) => `koishi: ${line}`))
})

test('of a flood twenty lines wait, and the others are refused at once', async () => {
  const world = await hosted()
  const program = await connected(world)
  const flood = Array.from({ length: 30 }, (_, n) =>
    program.send('send_group_msg', { group_id: 1, message: `line ${n}` }),
  )
  await program.answer(flood.at(-1) ?? '')
  expect(program.frames.filter(({ retcode }) => retcode === 100)).toHaveLength(5)
})

test('in a room of two it is private, to and fro', async () => {
  const world = await hosted()
  const program = await connected(world)
  const stranger = { user_id: world.ada.user.id, message: words('direct') }
  expect(await program.call('send_private_msg', stranger)).toMatchObject({ retcode: 100 })
  const { room = '' } = (await world.ada.request({ type: 'direct', user: 0 })) as { room?: string }
  await world.ada.join(room)
  await world.ada.says('psst', { room })
  expect(await program.call('get_group_list', {})).toMatchObject({ data: [{ group_id: 1 }] })
  for (let id = 1; id < 5; id++)
    expect(await program.call('get_group_info', { group_id: id })).toMatchObject({ retcode: id === 1 ? 0 : 100 }) // prettier-ignore
  expect(await program.message('psst')).toMatchObject({
    message_type: 'private',
    sub_type: 'friend',
    user_id: world.ada.user.id,
  })
  expect(await program.call('send_private_msg', stranger)).toMatchObject({ retcode: 0 })
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'direct')
})

test('who comes, who goes and what is recalled are notices', async () => {
  const world = await hosted()
  const program = await connected(world)
  const { seq = 0 } = await world.ada.says('oops')
  await world.ada.recalls(seq)
  expect(await program.next((frame) => frame['notice_type'] === 'group_recall')).toMatchObject({
    message_id: 1_025,
    group_id: 1,
    user_id: world.ada.user.id,
    operator_id: world.ada.user.id,
  })
  await world.enters('eve')
  expect(await program.next((frame) => frame['notice_type'] === 'group_increase')).toMatchObject({
    sub_type: 'approve',
    group_id: 1,
  })
})

describe('actions', () => {
  test('that are not there are answered at once, whatever the echo', async () => {
    const world = await hosted()
    const program = await connected(world)
    expect(await program.call('get_guild_service_profile')).toMatchObject({
      status: 'failed',
      retcode: 1404,
      data: null,
    })
    expect(await program.call('toString')).toMatchObject({ retcode: 1404 })
  })

  test('with missing, foreign or huge fields are answered, and nothing comes of them', async () => {
    const world = await hosted()
    const program = await connected(world)
    const bad: [string, unknown][] = [
      ['send_group_msg', { group_id: 'x', message: 'hi' }],
      ['send_group_msg', { group_id: 1 }],
      ['send_group_msg', { group_id: 1, message: '' }],
      ['send_group_msg', { group_id: 1, message: { type: 1, data: [] } }],
      [
        'send_group_msg',
        { group_id: 1, message: [{ type: 'image', data: { file: 'file:///etc/passwd' } }] },
      ],
      [
        'send_group_msg',
        {
          group_id: 1,
          message: [{ type: 'image', data: { file: `base64://${'A'.repeat(7_500_000)}` } }],
        },
      ],
      ['get_msg', {}],
      ['get_msg', { message_id: 2 ** 60 }],
      ['get_group_member_info', { group_id: 1, user_id: [] }],
      ['delete_msg', 'all of them'],
      ['send_group_msg', null],
      ['send_msg', { message_type: 'everybody', message: 'hi' }],
    ]
    for (const [action, params] of bad) {
      const answer = await program.call(action, params)
      expect({
        action,
        status: answer['status'],
        known: [100, 1400].includes(Number(answer['retcode'])),
      }).toEqual({ action, status: 'failed', known: true })
    }
    const nodes = '{"type":"node","data":{"content":['.repeat(20_000) + ']}}'.repeat(20_000)
    program.ws.send(
      `{"action":"send_group_msg","echo":"deep","params":{"group_id":1,"message":[${nodes}]}}`,
    )
    expect(await program.answer('deep')).toMatchObject({ status: 'failed' })
    const frames = ['[]', '7', '{}', '{"action":{}}', '{"action":"__proto__","echo":{"a":[1]}}']
    for (const frame of frames) program.ws.send(frame)
    const last = await program.next(({ echo }) => JSON.stringify(echo) === '{"a":[1]}')
    expect(last).toMatchObject({ retcode: 1404 })
    expect(await world.ada.hears()).toEqual([])
  })

  test('that name addresses make links of them, and nobody goes there', async () => {
    const asked: unknown[] = []
    const canary = createServer((request, response) => {
      asked.push(request.url)
      response.end()
    }).listen(0, '127.0.0.1')
    servers.push(canary)
    await once(canary, 'listening')
    const { port } = canary.address() as AddressInfo
    const file = `http://127.0.0.1:${port}/a.png`
    const world = await hosted()
    const program = await connected(world)
    for (const type of ['image', 'record', 'video', 'file'])
      await program.call('send_group_msg', {
        group_id: 1,
        message: [{ type, data: { file, cache: 0 } }],
      })
    await program.call('send_group_msg', { group_id: 1, message: `[CQ:image,file=${file}]` })
    const heard = await world.ada.hears()
    expect(heard).toHaveLength(5)
    expect(heard.every((line) => line.includes(file))).toBe(true)
    expect(asked).toEqual([])
  })

  test('ask for what is there: messages, groups, members', async () => {
    const world = await hosted()
    const program = await connected(world)
    await world.ada.says('the one')
    const { message_id } = await program.next(isGroup)
    expect((await program.call('get_msg', { message_id })).data).toMatchObject({
      message_id,
      message: words('the one'),
      sender: { nickname: 'ada' },
    })
    expect((await program.call('get_group_list')).data).toEqual([
      { group_id: 1, group_name: expect.any(String), member_count: 3, max_member_count: 0 },
    ])
    const { data } = await program.call('get_group_member_list', { group_id: 1 })
    expect(data).toMatchObject([{ nickname: 'koishi' }, { nickname: 'ada' }, { nickname: 'bob' }])
    const one = { group_id: 1, user_id: world.bob.user.id }
    expect((await program.call('get_group_member_info', one)).data).toMatchObject({
      nickname: 'bob',
    })
    expect(await program.call('get_group_info', { group_id: 99 })).toMatchObject({ retcode: 100 })
    expect((await program.call('get_friend_list')).data).toEqual([])
  })

  test('find no group and no message where it is no member, in every answer and by what it costs', async () => {
    const counted = countedStore()
    const other = 'another-token-of-16'
    const world = await lobby({
      people: ['ada', 'bob'],
      plugins: {
        'bot:koishi': { use: 'onebot11', token: TOKEN, rooms: 'lobby' },
        'bot:ops': { use: 'onebot11', token: other, rooms: 'ops' },
      },
      config: { 'rooms.names': ['ops'] },
      store: counted.around,
    })
    await world.ada.request({ type: 'direct', user: world.bob.user.id })
    const insider = await connected(world, { authorization: `Bearer ${other}` })
    const said = await insider.call('send_group_msg', { group_id: 2, message: 'not for koishi' })
    const { message_id } = z.object({ message_id: z.number() }).parse(said.data)
    const program = await connected(world)
    const inGroup = ['send_group_msg', 'send_group_forward_msg', 'get_group_info', 'get_group_member_list', 'get_group_member_info'] // prettier-ignore
    const asked: [action: string, params: object[]][] = [
      ...inGroup.map((action): [string, object[]] => [action, [2, 3, 99].map((id) => ({ group_id: id, user_id: world.ada.user.id, message: 'x', messages: 'x' }))]), // prettier-ignore
      ['get_msg', [{ message_id }, { message_id: 99_999 }]],
      ['delete_msg', [{ message_id }, { message_id: 99_999 }]],
    ]
    for (const [action, all] of asked) {
      const answers = []
      for (const params of all) {
        counted.asked()
        const { echo: _, ...answer } = await program.call(action, params)
        answers.push({ answer, asked: counted.asked() })
      }
      expect(answers[0]).toMatchObject({ answer: { status: 'failed', retcode: 100 } })
      for (const answer of answers) expect([action, answer]).toEqual([action, answers[0]])
    }
  })

  test('take back a line of its own, and of nobody else', async () => {
    const world = await hosted()
    const program = await connected(world)
    await world.ada.says('of ada')
    const { message_id: of } = await program.next(isGroup)
    expect(await program.call('delete_msg', { message_id: of })).toMatchObject({ retcode: 100 })
    const { data } = await program.call('send_group_msg', { group_id: 1, message: 'my own' })
    expect(data).toEqual({ message_id: 1_026 })
    expect(await program.call('delete_msg', { message_id: 1_026 })).toMatchObject({ retcode: 0 })
    await world.ada.next((frame) => frame.type === 'recall')
  })

  test('may be asked for without waiting, and answered by a quick operation', async () => {
    const world = await hosted()
    const program = await connected(world)
    const line = { group_id: 1, message: 'later' }
    expect(await program.call('send_group_msg_async', line)).toMatchObject({
      status: 'async',
      retcode: 1,
    })
    await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'later')
    await world.ada.says('quick?')
    const context = await program.message('quick?')
    const { message_id } = context
    expect(
      await program.call('.handle_quick_operation', {
        context: { message_id },
        operation: { delete: true },
      }),
    ).toMatchObject({ retcode: 100, message: expect.stringContaining('not one of') })
    await program.call('.handle_quick_operation', { context, operation: { reply: 'quick!' } })
    await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'quick!')
  })
})

describe('the door', () => {
  const statusOf = (world: World, headers: Record<string, string>, query = '') =>
    new Promise((resolve) => {
      const ws = new WebSocket(`${world.url.replace('http', 'ws')}/onebot/v11/ws${query}`, {
        headers,
      })
      ws.on('unexpected-response', (_, { statusCode }) => resolve(statusCode))
      ws.on('open', () => resolve(101))
      ws.on('error', () => undefined)
      open.push(ws)
    })

  test('opens by a token in the header or in the address, and is shut before the upgrade', async () => {
    const world = await hosted()
    expect(await statusOf(world, { authorization: `Bearer ${TOKEN}` })).toBe(101)
    expect(await statusOf(world, { authorization: `Token ${TOKEN}` })).toBe(101)
    expect(await statusOf(world, {}, `?access_token=${TOKEN}`)).toBe(101)
    expect(await statusOf(world, {})).toBe(401)
    expect(await statusOf(world, { authorization: 'Bearer another-token' })).toBe(401)
  })

  test('what is no address at all ends no server', async () => {
    const world = await hosted()
    const { hostname, port } = new URL(world.url)
    const socket = connect(Number(port), hostname)
    socket.write('GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    const answer = await text(socket)
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
    expect(await world.ada.says('still here')).toMatchObject({ seq: 1 })
  })

  test('numbers hold over a restart, and a room where nobody is can be spoken in', async () => {
    const world = await hosted()
    const before = await connected(world)
    await world.ada.says('one')
    const { message_id } = await before.next(isGroup)
    await world.server?.close()
    await world.start()
    const after = await connected(world)
    expect((await after.call('get_msg', { message_id })).data).toMatchObject({
      message: words('one'),
    })
    expect((await after.call('get_group_list')).data).toMatchObject([{ group_id: 1 }])
    const line = { group_id: 1, message: 'good morning' }
    const said = await after.call('send_group_msg', line)
    expect(await after.call('delete_msg', said.data)).toMatchObject({
      retcode: 0,
    })
  })

  test('a hundred lines come whole and in order', async () => {
    const world = await hosted()
    const program = await connected(world)
    await Promise.all(Array.from({ length: 100 }, (_, n) => world.ada.says(`line ${n}`)))
    await program.message('line 99')
    const heard = program.frames.filter(isGroup)
    expect(heard.map(({ raw_message }) => raw_message)).toEqual(
      Array.from({ length: 100 }, (_, n) => `line ${n}`),
    )
    expect(heard.map(({ message_id }) => message_id)).toEqual(
      Array.from({ length: 100 }, (_, n) => 1_025 + n),
    )
  })
})

describe('the other way round', () => {
  /** A program that waits to be found. @param meet False: it sends the server away. */
  async function waiting(meet: (ws: WebSocket, nth: number) => boolean) {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    servers.push(server)
    await once(server, 'listening')
    const headers: IncomingHttpHeaders[] = []
    const program = new Promise<Program>((resolve) => {
      server.on('connection', (ws, request) => {
        open.push(ws)
        if (meet(ws, headers.push(request.headers))) resolve(new Program(ws))
      })
    })
    const { port } = server.address() as AddressInfo
    return { url: `ws://127.0.0.1:${port}/ws`, headers, program }
  }

  test('the server goes to the program, tells who it is, and comes back when it was sent away', async () => {
    const { url, headers, program } = await waiting((ws, nth) => {
      if (nth === 1) ws.close(1008, 'duplicate X-Self-ID')
      return nth > 1
    })
    const world = await hosted({ url, reconnect: '100ms' })
    const found = await program
    expect(headers[1]).toMatchObject({
      'x-self-id': String(SELF),
      'x-client-role': 'Universal',
      'user-agent': 'OneBot/11',
      authorization: `Bearer ${TOKEN}`,
    })
    const line = { group_id: 1, message: 'found' }
    expect(await found.call('send_group_msg', line)).toMatchObject({ retcode: 0 })
    expect(found.frames[0]).toMatchObject({ meta_event_type: 'lifecycle' })
    expect(await world.ada.hears()).toEqual(['koishi: found'])
  })

  test('nonsense is answered as such, and people go on talking', async () => {
    const { url, program } = await waiting((ws) => {
      ws.send('nonsense')
      return true
    })
    const world = await hosted({ url, reconnect: '100ms' })
    const answer = await (await program).next((one) => one['retcode'] === 1400)
    expect(answer).toMatchObject({ status: 'failed', data: null })
    expect(await world.ada.says('still here')).toMatchObject({ seq: 1 })
  })
})
