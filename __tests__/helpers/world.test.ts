import { expect, test } from '@jest/globals'
import { lobby } from './lobby.js'
import { UpgradeRefused } from './test-socket.js'

test('two people hear each other, in one order', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.says('hello')
  await grace.says('hello, ada')
  expect(await ada.hears()).toEqual(['ada: hello', 'grace: hello, ada'])
  expect(await grace.hears()).toEqual(await ada.hears())
  expect(await world.violations(ada)).toEqual([])
})

test('a person comes back to where it stood, over a restart of the server', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.says('one')
  await grace.hears()
  await grace.drop()
  await ada.says('two')
  await world.restart()
  await Promise.all([ada.comesBack(), grace.comesBack()])
  await ada.says('three')
  expect(await grace.hears()).toEqual(['ada: one', 'ada: two', 'ada: three'])
  expect(await world.violations(ada)).toEqual([])
})

test('the same cid twice is one line, and a refusal is thrown by its code', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  const first = await ada.says('once', { cid: 'cid-once-1' })
  expect(await ada.says('once', { cid: 'cid-once-1' })).toMatchObject({ seq: first.seq, dup: true })
  await expect(ada.says('other', { cid: 'cid-once-1' })).rejects.toMatchObject({
    code: 'cid_conflict',
    retry: false,
  })
  expect(await ada.hears()).toEqual(['ada: once'])
})

test('the tutorial’s page and a v1 client share the lobby', async () => {
  const world = await lobby({ people: ['ada'] })
  const grace = await world.classic(await world.signIn('grace'))
  await grace.next(({ type }) => type === 'list')
  await grace.says(' 你好 ')
  await world.ada.says('hi')
  await grace.hears('ada', 'hi')
  expect(await world.ada.hears()).toEqual(['grace: 你好', 'ada: hi'])
})

test('a socket without a session is closed with 4001, a foreign origin is refused', async () => {
  const world = await lobby()
  const stranger = await world.socket({ protocols: ['chat-room.v1'] })
  expect(await stranger.closed).toEqual({ code: 4001, reason: 'Invalid user' })
  expect(stranger.texts).toEqual([])
  const refused = await world.socket({ origin: 'https://evil.example' }).catch((e: unknown) => e)
  expect(refused).toBeInstanceOf(UpgradeRefused)
  expect(refused).toMatchObject({ status: 403 })
})

test('what a wait did not get is told with what came instead', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await expect(ada.next(({ type }) => type === 'bye', 1)).rejects.toThrow('"type":"hello"')
})
