import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const bird = '机器人小小鸟'

test('two people talk, and both see the same lines in the same order', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world

  await ada.says('hello')
  await grace.says('你好 👋')
  await ada.says('  indented\nand broken ')

  const lines = ['ada: hello', 'grace: 你好 👋', 'ada:   indented\nand broken']
  expect([await ada.hears(), await grace.hears()]).toEqual([lines, lines])
  expect(await world.violations(ada)).toEqual([])
})

test('who comes in is told to the others, not to itself', async () => {
  const world = await lobby({ people: ['ada'] })
  const grace = await world.enters('grace')

  const join = await world.ada.next(({ type }) => type === 'join')
  await grace.hears()

  expect(join).toMatchObject({ room: 'lobby', users: [{ name: 'grace' }], count: 3 })
  expect(grace.frames.filter(({ type }) => type === 'join')).toEqual([])
  expect(await grace.members()).toEqual([bird, 'ada', 'grace'])
})

test('who comes in twice in one go is not told of its own coming either', async () => {
  const world = await lobby({ people: ['ada'] })
  const grace = await world.signIn('grace')
  await grace.connect()
  await Promise.all([grace.join(), grace.join()])

  await world.ada.next((frame) => frame.type === 'join' && frame.users[0]?.name === 'grace')
  await grace.hears()
  expect(grace.frames.filter(({ type }) => type === 'join')).toEqual([])
})

test('two tabs of a person are one member, and both hear their own lines', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const tab = await world.tab(world.ada)

  await world.ada.says('from the first')
  await tab.says('from the second')

  expect(await tab.hears()).toEqual(['ada: from the first', 'ada: from the second'])
  expect(await world.ada.hears()).toEqual(await tab.hears())
  expect(await world.grace.members()).toEqual([bird, 'ada', 'grace'])
})

test('closing one of two tabs is no departure; signing out is one at once', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const tab = await world.tab(world.ada)
  await world.ada.drop()
  expect(await world.grace.members()).toContain('ada')

  const closed = tab.socket.closed
  await world.get('/signout', { method: 'POST', headers: { cookie: world.ada.cookie } })

  expect(await closed).toEqual({ code: 4001, reason: 'Invalid user' })
  expect(await world.grace.next(({ type }) => type === 'left')).toMatchObject({
    users: [{ name: 'ada' }],
    count: 2,
  })
})

test('typing is told to the others alone', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  ada.sends({ type: 'typing', room: 'lobby' })

  expect(await grace.next(({ type }) => type === 'typing')).toMatchObject({ user: { name: 'ada' } })
  await ada.hears()
  expect(ada.frames.filter(({ type }) => type === 'typing')).toEqual([])
})

test('who left a room hears nothing more of it, and may not speak in it', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await grace.leave('lobby')
  await ada.says('only me?')

  await expect(grace.says('hello')).rejects.toMatchObject({ code: 'not_joined' })
  expect(grace.frames.filter(({ type }) => type === 'chat')).toEqual([])
})

test('joining a free name makes a room, and its lines stay in it', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('读书会')
  await grace.join('读书会')
  await ada.says('第一章', { room: '读书会' })

  expect(await grace.hears('读书会')).toEqual(['ada: 第一章'])
  expect(await grace.hears()).toEqual([])
})

test('a nickname is asked for by frame; /nick renames and everybody is told', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const { name } = await ada.request({ type: 'nickname' })
  expect(name).toMatch(/\S/)

  expect(await ada.says('/nick 欧阳明远')).toMatchObject({ seq: 1 })

  expect(await grace.next(({ type }) => type === 'status')).toMatchObject({
    user: { name: '欧阳明远' },
  })
  expect(await grace.members()).toEqual([bird, '欧阳明远', 'grace'])
  expect((await grace.hears()).join()).toMatch(/ada.*欧阳明远/)
})

test('a name that is held is not given twice: the asker alone is told why', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })

  await expect(ada.says('/nick GRACE')).rejects.toMatchObject({ code: 'denied', retry: false })
  expect(await grace.members()).toEqual([bird, 'ada', 'grace'])
})

test('how far somebody read is known on all their devices', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('one')
  world.ada.sends({ type: 'read', room: 'lobby', seq: 1 })
  world.ada.sends({ type: 'read', room: 'lobby', seq: 99 })
  await world.ada.hears()

  const tab = await world.tab(world.ada)
  expect(await tab.join()).toMatchObject({ you: { read: 1 } })
})

test('marks are kept although somebody types a lot meanwhile', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await Promise.all(Array.from({ length: 20 }, (_, i) => ada.says(`line ${i}`)))
  for (let seq = 1; seq <= 20; seq++) {
    ada.sends({ type: 'typing', room: 'lobby' })
    ada.sends({ type: 'read', room: 'lobby', seq })
  }
  expect(await ada.join()).toMatchObject({ you: { read: 20 } })
})

test('a reply names a message that is there', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('a question')
  await ada.says('an answer', { reply_to: 1 })

  expect(ada.heard().at(-1)).toMatchObject({ data: 'an answer', reply_to: 1 })
  await expect(ada.says('to nothing', { reply_to: 7 })).rejects.toMatchObject({
    code: 'no_such_message',
  })
})

test('who comes back from the sign-in page under another name is the same member, and all are told', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const again = await world.signIn('欧阳明远', { cookie: world.ada.cookie })

  expect(again.user.id).toBe(world.ada.user.id)
  expect(await world.grace.next(({ type }) => type === 'notice')).toMatchObject({
    data: 'ada 改名为欧阳明远',
  })
  expect(await world.grace.members()).toEqual([bird, '欧阳明远', 'grace'])
  expect(world.grace.frames.filter(({ type }) => type === 'left')).toEqual([])
})
