import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test("the tutorial's page: its own join, then the list, bots first, itself in it", async () => {
  const world = await lobby({ people: ['ada'] })
  const tom = await world.signIn('tom')
  const page = await world.classic(tom)

  const join = await page.next(({ type }) => type === 'join')
  const list = await page.next(({ type }) => type === 'list')

  expect(join).toMatchObject({ user: { name: 'tom' }, data: 'tom进入了聊天室.' })
  expect(list.data).toMatchObject([{ id: 0, imageid: 'bot' }, { name: 'ada' }, { name: 'tom' }])
  expect(page.socket.texts.map((text) => JSON.parse(text).type).slice(0, 2)).toEqual([
    'join',
    'list',
  ])
})

test('lines go both ways between the two kinds of client, under one number', async () => {
  const world = await lobby({ people: ['ada'] })
  const page = await world.classic(await world.signIn('tom'))

  await page.says('  大家好  ')
  await world.ada.says('你好')

  expect(await page.hears('ada', '你好')).toMatchObject({ id: 2, type: 'chat' })
  expect(await world.ada.hears()).toEqual(['tom: 大家好', 'ada: 你好'])
})

test('comings and goings are told with the words of the tutorial', async () => {
  const world = await lobby()
  const page = await world.classic(await world.signIn('tom'))
  const about = (type: string) =>
    page.next((line) => line.type === type && line.user.name === 'ada')
  const ada = await world.enters('ada')
  expect(await about('join')).toMatchObject({ data: 'ada进入了聊天室.' })

  await world.get('/signout', { method: 'POST', headers: { cookie: ada.cookie } })
  expect(await about('left')).toMatchObject({ data: 'ada离开了聊天室.' })
})

test('a refused line comes back from the bird, to that page alone, and says why', async () => {
  const world = await lobby({
    people: ['ada'],
    config: { 'limits.message_chars': 5 },
  })
  const page = await world.classic(await world.signIn('tom'))
  page.socket.send('much too long')

  const refusal = await page.next(({ type }) => type === 'chat')
  expect(refusal).toMatchObject({
    user: { id: 0, imageid: 'bot' },
    data: expect.stringContaining('最多 5 个字'),
  })
  expect(await world.ada.hears()).toEqual([])
})

test('a line that cannot be kept comes back with what is in it', async () => {
  const world = await lobby()
  const page = await world.classic(await world.signIn('tom'))
  page.socket.send('a\u0000b')
  const refusal = await page.next(({ type }) => type === 'chat')
  expect(refusal).toMatchObject({ user: { id: 0 }, data: expect.stringContaining('U+0000') })
})

test('an empty line is nothing, and a page of JSON is a line like any other', async () => {
  const world = await lobby({ people: ['ada'] })
  const page = await world.classic(await world.signIn('tom'))
  page.socket.send('   ')
  await page.says('{"type":"join"}')

  expect(await world.ada.hears()).toEqual(['tom: {"type":"join"}'])
})

test.each([...Array(27).keys(), 'bot'])('the picture %s of the tutorial is there', async (id) => {
  const world = await lobby()
  const picture = await world.get(`/static/images/${id}.jpg`)

  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
  expect(await picture.text()).toMatch(/^<svg/)
})
