import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { refusalOf, type RequestFrame } from '../helpers/person.js'
import { StoreFullError, type Store } from '../../src/store/store.js'
import { en } from '../../src/i18n/en.js'
import { zhCN } from '../../src/i18n/zh-CN.js'

const chat = (data: unknown): RequestFrame => ({ type: 'chat', room: 'lobby', data })

test.each([
  ['bad_request', chat(7)],
  ['bad_request', { type: 'history', room: 'lobby', before: 1, after: 1 }],
  ['bad_request', { type: 'history', room: 'lobby', limit: 0 }],
  ['bad_request', { type: 'history', room: 'lobby', limit: 201 }],
  ['bad_request', { type: 'members', room: 'lobby', limit: 201 }],
  ['bad_request', { ...chat('with files'), files: ['x'] }],
  ['bad_request', { type: 'edit', room: 'lobby', message: 0, data: 'x' }],
  ['bad_request', { type: 'react', room: 'lobby', message: 1, data: 'yes', on: true }],
  ['no_such_message', { type: 'edit', room: 'lobby', message: 1, data: 'x' }],
  ['no_such_message', { type: 'recall', room: 'lobby', message: 1 }],
  ['no_such_message', { type: 'react', room: 'lobby', message: 1, data: '👍', on: true }],
  ['bad_request', { type: 'search', q: 'x', limit: 51 }],
  ['no_such_message', { type: 'stop', room: 'lobby', stream: 'x' }],
  ['unknown_type', { type: '__proto__' }],
  ['too_long', chat('x'.repeat(4001))],
  ['empty', chat(' \n ')],
  ['not_joined', { type: 'chat', room: 'cellar', data: 'x' }],
  ['no_such_room', { type: 'chat', room: 'nowhere', data: 'x' }],
  ['no_such_room', { type: 'join', room: 'no room/name' }],
  ['no_such_message', { ...chat('x'), reply_to: 99 }],
])('%s is answered in both languages: %j', async (code, frame) => {
  const world = await lobby({ config: { 'rooms.names': ['cellar'] } })
  for (const [lang, { nack }] of [['zh-CN', zhCN] as const, ['en', en] as const]) {
    const person = await world.enters(lang === 'en' ? 'ada' : '小明', { lang })
    const refusal = await refusalOf(person.request(frame))

    expect(refusal).toMatchObject({ code, retry: false })
    const [start = ''] = nack[code as keyof typeof nack].split('{')
    expect(refusal.frame.data.startsWith(start)).toBe(true)
    expect(refusal.frame.data).not.toMatch(/[{}]/)
    expect(await person.hears()).toEqual([])
  }
})

test.each([
  [chat('a\u0000b'), '控制字符（U+0000）', 'control character in the text (U+0000)'],
  [chat('😀 and half \ud800'), '半个字符（U+D800）', 'half of a character in the text (U+D800)'],
  [{ type: 'topic', room: 'lobby', data: 'ding\u0007' }, '（U+0007）', '(U+0007)'],
])('a text that cannot be kept is answered by what is in it: %j', async (frame, zh, inEnglish) => {
  const world = await lobby()
  for (const [lang, words] of [['zh-CN', zh] as const, ['en', inEnglish] as const]) {
    const person = await world.enters(lang === 'en' ? 'ada' : '小明', { lang })
    await world.gives(person, 'mod')
    const refusal = { code: 'bad_request', retry: false, message: expect.stringContaining(words) }
    await expect(person.request(frame)).rejects.toMatchObject(refusal)
  }
})

test('who may not make rooms gets the answer of a room that is not there', async () => {
  const { ada } = await lobby({ people: ['ada'], config: { 'rooms.create': 'nobody' } })
  await expect(ada.join('mine')).rejects.toMatchObject({ code: 'no_such_room' })
})

test('ten rooms an hour are enough for one person', async () => {
  const world = await lobby({ people: ['ada'] })
  const { ada } = world
  for (let i = 0; i < 10; i++) await ada.join(`room-${i}`)
  await expect(ada.join('room-10')).rejects.toMatchObject({ code: 'too_many', retry: false })

  world.passes(3_600_000)
  await ada.join('room-10')
})

test('ten they are, however many are asked for at once', async () => {
  // A store that is slow to count: all others are asked for meanwhile.
  const slow = (store: Store): Store => ({
    ...store,
    rooms: {
      ...store.rooms,
      async madeSince(...asked) {
        const made = await store.rooms.madeSince(...asked)
        for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
        return made
      },
    },
  })
  const world = await lobby({ people: ['ada'], store: slow })
  const headers = { cookie: world.ada.cookie }
  const asked = Array.from({ length: 30 }, (_, i) =>
    world.get(`/r/room-${i}/make`, { method: 'POST', headers }),
  )
  const made = (await Promise.all(asked)).filter(({ status }) => status === 303)
  expect(made).toHaveLength(10)
})

test('a passcode is set no more often than moderators act: to hash it takes long', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.join('mine')
  const set = { passcode: '' }
  const sets = Array.from({ length: 31 }, () => ada.request({ type: 'room', room: 'mine', set }))
  const settled = await Promise.allSettled(sets)
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})

test('too fast is told with the time to wait, and the same line may be sent again', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    config: { 'limits.messages_per_minute': 60, 'limits.burst': 2 },
  })
  await ada.says('one')
  await ada.says('two')
  const refusal = await refusalOf(ada.says('three'))

  expect(refusal).toMatchObject({ code: 'rate_limited', retry: true })
  expect(refusal.frame.retry_after_ms).toBeGreaterThan(0)
  expect(refusal.frame.retry_after_ms).toBeLessThanOrEqual(1000)
})

test('what a full disk does not take can be asked for again, and who asked for it stays', async () => {
  let isFull = false
  const around = (store: Store): Store => {
    const add: Store['sanctions']['add'] = async (...kept) => {
      if (isFull) throw new StoreFullError('database or disk is full')
      return store.sanctions.add(...kept)
    }
    return { ...store, sanctions: { ...store.sanctions, add } }
  }
  const world = await lobby({ people: ['ada', 'grace'], store: around })
  await world.gives(world.ada, 'mod')
  const mute = { type: 'mute', room: 'lobby', user: world.grace.user.id, ms: 60_000 }

  isFull = true
  const refusal = await refusalOf(world.ada.request(mute))
  expect(refusal).toMatchObject({ code: 'storage_full', retry: true })
  isFull = false
  expect(await world.ada.request(mute)).toMatchObject({ muted_until: expect.any(Number) })
})

test('a person may say no more than the limit of a minute at once, whatever the burst', async () => {
  const config = { 'limits.messages_per_minute': 2, 'limits.burst': 10 }
  const { ada } = await lobby({ people: ['ada'], config })
  await ada.says('one')
  await ada.says('two')
  await expect(ada.says('three')).rejects.toMatchObject({ code: 'rate_limited' })
})

test('a burst of 0 is off: all of a minute may come at once', async () => {
  const config = { 'limits.messages_per_minute': 30, 'limits.burst': 0 }
  const { ada } = await lobby({ people: ['ada'], config })
  const lines = Array.from({ length: 30 }, (_, i) => ada.says(`line ${i}`))
  expect(await Promise.all(lines)).toHaveLength(30)
  await expect(ada.says('one more')).rejects.toMatchObject({ code: 'rate_limited' })
})

test('a person may enter as many rooms in a minute as the limit says; leaving costs nothing', async () => {
  const config = { 'limits.joins_per_minute': 3 }
  const { ada } = await lobby({ people: ['ada'], config })
  await ada.leave('lobby')
  await ada.join('lobby')
  await ada.leave('lobby')
  await ada.join('lobby')
  await expect(ada.join('lobby')).rejects.toMatchObject({ code: 'rate_limited', retry: true })
})

test('every code has a sentence of its own in both languages', () => {
  for (const { nack } of [zhCN, en]) {
    const sentences = Object.values(nack)
    expect(new Set(sentences).size).toBe(sentences.length)
    for (const sentence of sentences) expect(sentence).toMatch(/[。.]$/)
  }
})
