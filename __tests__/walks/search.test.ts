import { beforeAll, describe, expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { refusalOf, type Person } from '../helpers/person.js'

const find = (who: Person, q: string, other: object = {}) =>
  who.request({ type: 'search', q, ...other })

const texts = async (who: Person, q: string, other: object = {}): Promise<string[]> =>
  ((await find(who, q, other)).events ?? []).map(({ data }) => data)

const refusal = (who: Person, q: string, other: object = {}) => refusalOf(find(who, q, other))

test('what was said is found by any two characters of it, once it is acknowledged', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const { seq } = await ada.says('有人看到我的雨伞吗？')

  const { events, more, cursor } = await find(grace, '雨伞')

  expect(events).toMatchObject([{ type: 'chat', seq, room: 'lobby', user: { name: 'ada' } }])
  expect({ more, cursor }).toEqual({ more: false, cursor: null })
})

test('every room is searched, or one, whether one is in it or not', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('读书会')
  await ada.says('卡夫卡', { room: '读书会' })
  await ada.says('谁是卡夫卡？')

  expect(await texts(grace, '卡夫卡')).toEqual(['谁是卡夫卡？', '卡夫卡'])
  expect(await texts(grace, '卡夫卡', { room: '读书会' })).toEqual(['卡夫卡'])
  expect(await texts(grace, '卡夫卡 in:读书会')).toEqual(['卡夫卡'])
  expect(await texts(grace, '卡夫卡 in:#Lobby')).toEqual(['谁是卡夫卡？'])
  expect(await texts(grace, '卡夫卡 in:lobby', { room: 'lobby' })).toHaveLength(1)
})

const ways: Record<string, (ada: Person) => Promise<string>> = {
  'a room with a passcode': (ada) => keeps(ada, 'vault', { passcode: 'open sesame' }),
  'an unlisted room': (ada) => keeps(ada, 'attic', { unlisted: true }),
  'a room that asks a moderator': (ada) => keeps(ada, 'club', { approval: true }),
  'a room of two': async (ada) => {
    const { room = '' } = await ada.request({ type: 'direct', user: 0 })
    await ada.join(room)
    return room
  },
}

async function keeps(ada: Person, room: string, set: object): Promise<string> {
  await ada.join(room)
  await ada.request({ type: 'room', room, set })
  return room
}

test.each(Object.entries(ways))(
  'what was said in %s is found by who belongs to it, and by nobody else',
  async (_, make) => {
    const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
    const room = await make(ada)
    await ada.says('a secret of mine', { room })
    await ada.says('no secret')

    expect(await texts(ada, 'secret')).toEqual(['no secret', 'a secret of mine'])
    expect(await find(grace, 'secret')).toMatchObject({
      events: [{ data: 'no secret' }],
      more: false,
      cursor: null,
    })
    expect(await texts(grace, 'from:ada')).toEqual(['no secret'])
    expect(await texts(grace, 'after:2020', { limit: 50 })).toEqual(['no secret'])
    const nowhere = await refusal(grace, 'secret', { room: 'nowhere' })
    for (const asked of [{ room }, { q: `secret in:${room}` }]) {
      const { frame } = await refusal(grace, 'secret', asked)
      expect(frame).toEqual({ ...nowhere.frame, cid: frame.cid })
    }
  },
)

test('no cursor leads into a room that one may not read, nor tells what is there', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await keeps(ada, 'vault', { passcode: 'open sesame' })
  for (let i = 1; i <= 3; i++) await ada.says(`secret ${i}`, { room })
  const { cursor } = await find(ada, 'secret', { limit: 1 })
  const beyond = Buffer.from('2.999').toString('base64url')

  const [there, nowhere] = [
    await refusal(grace, 'secret', { cursor }),
    await refusal(grace, 'secret', { cursor: beyond }),
  ]
  expect(there.frame).toEqual({ ...nowhere.frame, cid: there.frame.cid })
  expect(await texts(ada, 'secret', { cursor })).toEqual(['secret 2', 'secret 1'])
})

test('a room of two is called by the name of the other', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const { room = '' } = await ada.request({ type: 'direct', user: grace.user.id })
  await ada.join(room)
  await ada.says('between us', { room })

  expect(await texts(ada, 'us in:Grace')).toEqual(['between us'])
  expect(await texts(grace, 'us in:ada')).toEqual(['between us'])
})

test('who is let in finds what was said before, who is turned away nothing any more', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const room = await keeps(ada, 'club', { approval: true })
  await ada.says('a secret', { room })
  const approve = (on: boolean) => ada.request({ type: 'approve', room, user: grace.user.id, on })

  await approve(true)
  expect(await texts(grace, 'secret')).toEqual(['a secret'])
  await approve(false)
  expect(await texts(grace, 'secret')).toEqual([])
})

test('who is banned from a room finds nothing of it, and is told what others are told', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('读书会') // hers, since she made it
  await ada.says('卡夫卡', { room: '读书会' })
  expect(await texts(grace, '卡夫卡')).toHaveLength(1)

  await ada.request({ type: 'ban', room: '读书会', user: grace.user.id })

  expect(await texts(grace, '卡夫卡')).toEqual([])
  const nowhere = await refusal(grace, '卡夫卡', { room: 'nowhere' })
  expect(await refusal(grace, '卡夫卡', { room: '读书会' })).toMatchObject({
    frame: { ...nowhere.frame, cid: expect.anything() },
  })
})

test('who said it, when and with what narrow a search', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await ada.says('umbrella https://a.example')
  await grace.says('umbrella `npm start`')
  await ada.says('@小小鸟 /ping')
  await ada.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')

  expect(await texts(ada, 'umbrella from:GRACE')).toEqual(['umbrella `npm start`'])
  expect(await texts(grace, 'umbrella from:me has:code')).toEqual(['umbrella `npm start`'])
  expect(await texts(grace, 'has:link')).toEqual(['umbrella https://a.example'])
  expect(await texts(grace, 'bot:小小鸟')).toHaveLength(1)
  expect(await texts(grace, 'umbrella after:today', { utc_offset: -720 })).toHaveLength(2)
  expect(await texts(grace, 'umbrella before:2020-01-01')).toEqual([])
})

test('results are leafed through by a cursor, and new lines do not disturb', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  for (let i = 1; i <= 5; i++) await ada.says(`rain ${i}`)

  const first = await find(ada, 'rain', { limit: 2 })
  await ada.says('rain 6')
  const second = await find(ada, 'rain', { limit: 2, cursor: first.cursor })
  const third = await find(ada, 'rain', { limit: 2, cursor: second.cursor })

  const seen = [first, second, third].flatMap(({ events = [] }) => events.map(({ data }) => data))
  expect(seen).toEqual(['rain 5', 'rain 4', 'rain 3', 'rain 2', 'rain 1'])
  expect([first.more, second.more, third.more]).toEqual([true, true, false])
})

test('two pages of history show what stands around a hit', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  for (let i = 1; i <= 9; i++) await ada.says(i === 5 ? 'the needle' : `hay ${i}`)
  const [hit] = (await find(ada, 'needle')).events ?? []
  const around = (window: object) =>
    ada.request({ type: 'history', room: 'lobby', limit: 2, ...window })

  const upTo = await around({ before: (hit?.seq ?? 0) + 1 })
  const after = await around({ after: hit?.seq })

  const seen = [upTo, after].flatMap(({ events = [] }) => events.map(({ data }) => data))
  expect(seen).toEqual(['hay 4', 'the needle', 'hay 6', 'hay 7'])
})

describe('what cannot be meant', () => {
  let ada: Person
  beforeAll(async () => {
    ada = (await lobby({ people: ['ada'], life: 'file' })).ada
  })

  test.each([
    ['"open', 'A quotation mark is not closed.'],
    ['form:tom', 'A search has no “form:”'],
    ['after:soon', '“soon” is not a date.'],
    ['has:wings', 'There is no has:wings'],
    ['from:', 'Nothing stands behind “from:”.'],
    ['', 'Type what you are looking for'],
    ['?!', 'Type what you are looking for'],
    ['x'.repeat(20_000), 'A search may have at most 256 characters, and this one has 20000.'],
  ])('%j is refused with a sentence, and the connection stays', async (q, sentence) => {
    const { code, frame } = await refusal(ada, q)

    expect({ code, retry: frame.retry }).toEqual({ code: 'bad_request', retry: false })
    expect(frame.data).toContain(sentence)
    expect(await texts(ada, 'nothing of this')).toEqual([])
  })

  test('a refusal speaks the language of who asked', async () => {
    const { grace } = await lobby({ people: ['grace'], lang: 'zh-CN' })

    expect((await refusal(grace, '“雨')).frame.data).toBe(
      '引号只有一半。请在短语的末尾补上引号，或者去掉引号。',
    )
  })

  test('a room that is not there and one that has no such name get one answer', async () => {
    const refusals = [
      await refusal(ada, 'rain', { room: 'nowhere' }),
      await refusal(ada, 'rain', { room: ' / ' }),
      await refusal(ada, 'rain in:nowhere'),
      await refusal(ada, 'rain in:nowhere', { room: 'lobby' }),
    ]

    expect(new Set(refusals.map(({ message }) => message)).size).toBe(1)
    expect(refusals[0]?.code).toBe('no_such_room')
  })

  test.each([
    [{ limit: 51 }, 'limit'],
    [{ limit: 0 }, 'limit'],
    [{ cursor: 5 }, 'cursor'],
    [{ utc_offset: 10_000 }, 'utc_offset'],
    [{ q: 5 }, 'q'],
  ])('%j is malformed', async (other, field) => {
    const { code, frame } = await refusal(ada, 'rain', other)

    expect([code, frame.data]).toEqual(['bad_request', expect.stringContaining(`(${field})`)])
  })

  test('a cursor that is none is refused', async () => {
    const { code, frame } = await refusal(ada, 'rain', { cursor: 'MS45OTk5OQ' })

    expect([code, frame.data]).toEqual(['bad_request', expect.stringContaining('search again')])
  })
})

test('who searches too often is told how long to wait', async () => {
  const config = { 'limits.searches_per_minute': 2 }
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], config })
  await texts(ada, 'rain')
  await texts(ada, 'rain')

  const { code, retry, frame } = await refusal(ada, 'rain')

  expect({ code, retry }).toEqual({ code: 'rate_limited', retry: true })
  expect(frame.retry_after_ms).toBeGreaterThan(0)
  expect(await texts(grace, 'rain')).toEqual([])
})

test('everything is found again after a restart', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('下雨了')
  await world.restart()
  await world.ada.comesBack()

  expect(await texts(world.ada, '下雨')).toEqual(['下雨了'])
})
