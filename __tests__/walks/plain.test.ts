import { afterEach, expect, jest, test } from '@jest/globals'
import { Order } from '../../src/chat/order/order.js'
import { Sanctions } from '../../src/chat/order/sanctions.js'
import { isNumbered } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import { openSocket, type TestSocket } from '../helpers/test-socket.js'

const open = (url: string, options = {}) => openSocket(url, { path: '/plain/chat', ...options })
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})

const plain = { 'server.plain': true }
/** What was said, without the time. */
const told = (line: string) => line.replace(/^(\[.+?\])-\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\]-/, '$1 ')
const hears = (socket: TestSocket, words: string) => socket.next((line) => told(line) === words)

test('two guests and somebody of the room talk in bare lines, guests by their address', async () => {
  const world = await lobby({ people: ['ada'], config: plain })
  const one = await open(world.url)
  await hears(one, '[127.0.0.1] 进入聊天室')
  const two = await open(world.url)
  await hears(one, '[127.0.0.1] 进入聊天室')

  one.send('  你好\n大家  ')
  await hears(two, '[127.0.0.1] 说:你好\n大家')
  await world.ada.says('欢迎')
  await hears(two, '[ada] 说:欢迎')
  expect(await world.ada.hears()).toEqual(['1: 你好\n大家', 'ada: 欢迎'])

  await two.drop()
  await hears(one, '[127.0.0.1] 离开聊天室')
  await one.drop()
})

test('a guest is a member under the last part of the address, and the name is free when they went', async () => {
  const world = await lobby({ people: ['ada'], config: plain })
  const one = await open(world.url)
  const two = await open(world.url)
  two.send('who am I?')
  await world.ada.next((frame) => frame.type === 'chat')
  expect(await world.ada.members()).toEqual(['机器人小小鸟', 'ada', '1', '1-2'])

  await one.drop()
  await world.ada.next((frame) => frame.type === 'left')
  expect((await world.signIn('1')).user.name).toBe('1')
  await two.drop()
})

test('a refused line comes back from the bird, to that socket alone, and says why', async () => {
  const config = { ...plain, 'limits.message_chars': 5, 'server.language': 'en' }
  const world = await lobby({ people: ['ada'], config })
  const socket = await open(world.url, { headers: { 'accept-language': 'en' } })
  socket.send('much too long')

  expect(await socket.next((line) => line.includes('说:'))).toMatch(
    /^\[机器人小小鸟\]-\[.+\]-说:.* 5 /,
  )
  expect(await world.ada.hears()).toEqual([])
  await socket.drop()
})

test('whoever keeps order can send a guest away', async () => {
  const world = await lobby({ people: ['ada'], config: plain })
  await world.gives(world.ada, 'host')
  const socket = await open(world.url)
  socket.send('spam')
  const line = await world.ada.next((frame) => frame.type === 'chat')
  await world.ada.request({ type: 'kick', room: 'lobby', user: isNumbered(line) && line.user.id })

  expect((await socket.closed).code).toBe(4003)
})

/** Ada, who keeps order, and a page that asks whether its guest may speak. */
async function asked() {
  const world = await lobby({ people: ['ada'], config: plain })
  await world.gives(world.ada, 'host')
  const headers = { 'accept-language': 'en' }
  const page = await open(world.url, { path: '/plain/chat?state', headers })
  page.send('good morning')
  const line = await world.ada.next((frame) => frame.type === 'chat')
  const user = isNumbered(line) ? line.user : { id: 0, name: '' }
  return {
    world,
    page,
    user,
    state: async () => JSON.parse(await page.next((text) => text.startsWith('{'))),
    mute: (ms: number) => world.ada.request({ type: 'mute', room: 'lobby', user: user.id, ms }),
    keep: (set: object) => world.ada.request({ type: 'room', room: 'lobby', set }),
  }
}

test('a page that asks is told when its guest may not speak, and why, and when they may again', async () => {
  const { world, page, state, mute } = await asked()
  const other = await open(world.url)
  await mute(600_000)
  expect(await state()).toEqual({
    closed: 'You are muted and can speak again in 10 minutes.',
    muted_ms: expect.any(Number),
  })
  await mute(0)
  expect(await state()).toEqual({ closed: '' })

  await world.ada.says('and evening')
  expect(await other.next((frame) => !frame.startsWith('[') || frame.includes('evening'))).toMatch(/^\[/) // prettier-ignore
  await Promise.all([page.drop(), other.drop()])
})

test('it is told so once, however long it takes, and again when it is over by itself', async () => {
  const { page, state, mute } = await asked()
  await mute(2_500)
  const told = [await state(), await state()]
  expect(told.map(({ closed }) => closed)).toEqual([expect.stringContaining('muted'), ''])
  await page.drop()
})

test('a mute that ends while it is looked at is not told again', async () => {
  const { world, page, user, state, mute, keep } = await asked()
  await mute(600_000)
  const left = [600_000]
  jest.spyOn(Sanctions.prototype, 'mutedMs').mockImplementation((_room, { userId }) => {
    const [ms = 0] = userId === user.id ? left.splice(0) : []
    world.passes(ms)
    return ms
  })
  await keep({ title: 'Looked at' })
  await keep({ title: 'And again' })
  const told = [await state(), await state()]
  expect(told.map(({ closed }) => closed)).toEqual([expect.stringContaining('muted'), ''])
  await page.drop()
})

test('it is told of announcements in words of its own, and of a role at once', async () => {
  const { world, page, user, state, keep } = await asked()
  await keep({ announce: true })
  expect(await state()).toEqual({ closed: expect.not.stringContaining('emoji') })
  const guest = { user: { ...user, imageid: '0', kind: 'person' as const }, cookie: '' }
  await world.gives(guest, 'mod')
  expect(await state()).toEqual({ closed: '' })
  await world.gives(guest)
  expect(await state()).toMatchObject({ closed: expect.stringContaining('moderators') })
  await keep({ announce: false })
  expect(await state()).toEqual({ closed: '' })
  await page.drop()
})

test('it gets back a line that was refused', async () => {
  const { page, state } = await asked()
  const long = 'x'.repeat(4_001)
  page.send(long)
  expect(await state()).toEqual({ back: long })
  await page.drop()
})

test('nobody looks whether it may speak while nothing changes', async () => {
  const world = await lobby({ config: plain })
  const looks = jest.spyOn(Order.prototype, 'asking')
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] })
  const page = await open(world.url, { path: '/plain/chat?state' })
  while (looks.mock.calls.length === 0) await jest.advanceTimersByTimeAsync(10)
  await jest.advanceTimersByTimeAsync(5_000)
  jest.useRealTimers()
  expect(looks).toHaveBeenCalledTimes(1)
  await page.drop()
})

test('a page that asks is told nothing of a lobby that it is not let into', async () => {
  const world = await lobby({ people: ['ada'], config: plain })
  await world.gives(world.ada, 'host')
  await world.ada.request({
    type: 'room',
    room: 'lobby',
    set: { announce: true, passcode: 'xyzzy' },
  })
  const page = await open(world.url, { path: '/plain/chat?state' })
  expect([(await page.closed).code, page.texts]).toEqual([4003, []])
})

test('over a restart the name is free again', async () => {
  const world = await lobby({ config: plain })
  const before = await open(world.url)
  await hears(before, '[127.0.0.1] 进入聊天室')
  await world.restart()

  expect((await world.signIn('1')).user.name).toBe('1')
})

test('neither page nor socket is there unless the host wants it', async () => {
  const world = await lobby()
  expect((await world.get('/plain')).status).toBe(404)
  expect((await world.get('/plain/chat')).status).toBe(404)
  await expect(open(world.url)).rejects.toMatchObject({ status: 404 })
})

test('Origin, subprotocol and limits hold', async () => {
  const world = await lobby({ config: { ...plain, 'limits.signins_per_window': 1 } })
  expect((await world.get('/plain/chat')).status).toBe(426)
  await expect(open(world.url, { origin: 'https://evil.example' })).rejects.toMatchObject({
    status: 403,
  })
  await expect(open(world.url, { protocols: ['chat-room.v1'] })).rejects.toMatchObject({
    status: 400,
  })
  for (let guests = 0; guests < 10; guests++) await (await open(world.url)).drop() // ten times as many from nearby
  await expect(open(world.url)).rejects.toMatchObject({ status: 429 })
})
