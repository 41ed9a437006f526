import { expect, test } from '@jest/globals'
import { countedStore } from '../helpers/counted-store.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** Ada keeps a room of hers so. */
async function keeps(ada: Person, room: string, set: object): Promise<void> {
  await ada.join(room)
  await ada.request({ type: 'room', room, set })
}

/** Opens a page of the server as somebody. */
const page = async (world: World, { cookie }: Person, path: string, form?: string) => {
  const response = await world.get(path, {
    method: form === undefined ? 'GET' : 'POST',
    headers: {
      cookie,
      'accept-language': 'en',
      'content-type': 'application/x-www-form-urlencoded',
    },
    ...(form !== undefined && { body: form }),
  })
  const text = (await response.text()).replace(/nonce[-=]"?[\w+/=]+"?/g, '')
  return { status: response.status, to: response.headers.get('location'), text }
}

/** A refusal, without what is the request's own. */
const refusal = (frame: object) => (person: Person) =>
  person.request({ type: 'join', ...frame }).then(
    () => 'let in',
    ({ frame: { cid: _cid, ...rest } }) => rest,
  )

/** Ten ways to guess a room: each answers, and may not tell an absent room from a forbidden one. */
const guesses: Record<string, (room: string) => (grace: Person, world: World) => Promise<unknown>> =
  {
    'a join': (room) => refusal({ room }),
    'a join with a passcode': (room) => refusal({ room, passcode: 'a guess' }),
    'a join from a position': (room) => refusal({ room, since: 1, epoch: 'x' }),
    'a sync': (room) => refusal({ type: 'sync', room, since: 0, epoch: 'x' }),
    'a page of history': (room) => refusal({ type: 'history', room }),
    'a line': (room) => refusal({ type: 'chat', room, data: 'let me in' }),
    'a look at the members': (room) => refusal({ type: 'members', room }),
    'a look at the settings': (room) => refusal({ type: 'room', room }),
    'the page': (room) => (grace, world) => page(world, grace, `/r/${room}`),
    'a passcode on the page': (room) => (grace, world) =>
      page(world, grace, `/r/${room}`, 'passcode=a-guess'),
  }

test.each(Object.entries(guesses))(
  '%s tells nothing: an absent and a forbidden room have one answer and cost the same',
  async (_, guess) => {
    const counted = countedStore()
    const config = { 'rooms.create': 'host' }
    const world = await lobby({ people: ['ada', 'grace'], store: counted.around, config })
    const { ada, grace } = world
    await world.gives(ada, 'host')
    await keeps(ada, 'vault', { passcode: 'open sesame' })
    const { room: pair = '' } = await ada.request({ type: 'direct', user: 0 })
    await ada.join(pair)

    const answers = []
    for (const room of ['vault', pair, 'nowhere', `d-${'a'.repeat(26)}`]) {
      counted.asked()
      answers.push({ answer: await guess(room)(grace, world), asked: counted.asked() })
    }
    expect(answers[0]?.asked.length).toBeGreaterThan(0) // else nothing was compared
    for (const answer of answers) expect(answer).toEqual(answers[0])
  },
)

const knock = (person: Person) => person.next(({ type }) => type === 'knock')
const approved = (person: Person) => person.next(({ type }) => type === 'approved')

test('a passcode lets in, once and for all devices, also after it was changed', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'vault', { passcode: 'ｏｐｅｎ sesame ' })

  await expect(grace.join('vault')).rejects.toMatchObject({ code: 'no_such_room' })
  expect(await refusal({ room: 'vault', passcode: 'open barley' })(grace)).toMatchObject({
    code: 'no_such_room',
  })
  expect(
    await grace.request({ type: 'join', room: 'vault', passcode: 'open sesame' }).catch(joined),
  ).toBe('joined')
  await ada.request({ type: 'room', room: 'vault', set: { passcode: 'another one' } })
  const tab = await world.tab(grace)
  expect(await tab.join('vault')).toMatchObject({ settings: { passcode: true } })
})

test('wrong passcodes are counted for a person, whatever the rooms', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await keeps(ada, 'vault', { passcode: 'sesame' })
  for (let i = 0; i < 10; i++) await refusal({ room: `vault-${i}`, passcode: 'guess' })(grace)

  expect(await refusal({ room: 'vault', passcode: 'sesame' })(grace)).toMatchObject({
    code: 'rate_limited',
    retry: true,
    retry_after_ms: expect.any(Number),
  })
})

test('the page asks for a passcode, says what was wrong with it, and opens', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'vault', { passcode: 'sesame' })

  expect(await page(world, grace, '/r/vault')).toMatchObject({ status: 404 })
  const wrong = await page(world, grace, '/r/vault', 'passcode=barley')
  expect(wrong).toMatchObject({ status: 404, text: expect.stringContaining('No room here opens') })
  expect(wrong.text).not.toContain('barley')
  expect(await page(world, grace, '/r/vault', 'passcode=sesame')).toMatchObject({
    status: 303,
    to: '/r/vault',
  })
  expect(await page(world, grace, '/r/vault')).toMatchObject({ status: 200 })
})

test('a newcomer waits for a moderator: their page opens by itself once they are let in', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'club', { approval: true })

  await expect(grace.join('club')).rejects.toMatchObject({ code: 'waiting' })
  await expect(grace.join('club')).rejects.toMatchObject({ code: 'waiting' })
  expect(await knock(ada)).toMatchObject({ room: 'club', user: { name: 'grace' } })
  const again = await ada.join('club')
  expect(again.knocks).toMatchObject([{ name: 'grace' }])

  await ada.request({ type: 'approve', room: 'club', user: grace.user.id, on: true })
  expect(await approved(grace)).toMatchObject({ room: 'club', on: true })
  expect(await grace.join('club')).toMatchObject({ mode: 'snapshot' })
  expect(ada.frames.filter(({ type }) => type === 'knock')).toHaveLength(1)
})

test('two moderators who decide at once: one of them did it, and nobody hears it twice', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'mia'] })
  const { ada, grace, mia } = world
  await keeps(ada, 'club', { approval: true })
  await world.gives(mia, 'mod')
  await grace.join('club').catch(() => {})

  const approve = { type: 'approve', room: 'club', user: grace.user.id, on: true }
  const answers = await Promise.all([ada.request(approve), mia.request(approve)])
  expect(answers.filter(({ dup }) => dup)).toHaveLength(1)
  await grace.join('club')
  expect(grace.frames.filter(({ type }) => type === 'approved')).toHaveLength(1)
})

test('who is turned away is told so, knocks no more, and hears nothing of the room', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'club', { approval: true })
  await grace.join('club').catch(() => {})
  await ada.request({ type: 'approve', room: 'club', user: grace.user.id, on: true })
  await grace.join('club')

  await ada.request({ type: 'approve', room: 'club', user: grace.user.id, on: false })
  await ada.says('without her', { room: 'club' })

  await expect(grace.says('hello?', { room: 'club' })).rejects.toMatchObject({ code: 'not_joined' })
  await expect(grace.join('club')).rejects.toMatchObject({ code: 'denied' })
  expect(await page(world, grace, '/r/club/knock', '')).toMatchObject({ status: 303 })
  expect(ada.frames.filter(({ type }) => type === 'knock')).toHaveLength(1)
  expect(grace.frames.filter((frame) => 'room' in frame && frame.type === 'chat')).toEqual([])
})

test('where nobody has to knock nobody can be turned away: kick and ban are named instead', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  for (const person of [ada, grace]) await person.join('garden')
  const approve = { type: 'approve', room: 'garden', user: grace.user.id }

  await expect(ada.request({ ...approve, on: false })).rejects.toMatchObject({
    code: 'denied',
    message: expect.stringMatching(/kick them.*ban them/),
  })
  await grace.says('still here', { room: 'garden' })
  expect((await ada.request({ type: 'audit', room: 'garden' })).entries).toEqual([])
})

test('who was turned away needs the passcode again once nobody knocks any more', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await keeps(ada, 'vault', { passcode: 'sesame', approval: true })
  await refusal({ room: 'vault', passcode: 'sesame' })(grace)
  await ada.request({ type: 'approve', room: 'vault', user: grace.user.id, on: false })
  await expect(grace.join('vault')).rejects.toMatchObject({ code: 'denied' })

  await ada.request({ type: 'room', room: 'vault', set: { approval: false } })
  await expect(grace.join('vault')).rejects.toMatchObject({ code: 'no_such_room' })
  expect(await grace.request({ type: 'join', room: 'vault', passcode: 'sesame' }).catch(joined)).toBe('joined') // prettier-ignore
})

test('the page before a room knocks at a press, and not by being looked at', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'club', { approval: true })

  expect(await page(world, grace, '/r/club')).toMatchObject({
    status: 403,
    text: expect.stringContaining('Ask to join'),
  })
  expect(ada.frames.filter(({ type }) => type === 'knock')).toEqual([])
  expect(await page(world, grace, '/r/club/knock', '')).toMatchObject({
    status: 303,
    to: '/r/club',
  })
  expect(await knock(ada)).toMatchObject({ user: { name: 'grace' } })
  expect((await page(world, grace, '/r/club')).text).toContain('You have asked to join')
})

test('the page before a room says that one was turned away, whenever it is looked at', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'club', { approval: true })
  await grace.join('club').catch(() => {})
  await ada.request({ type: 'approve', room: 'club', user: grace.user.id, on: false })

  const { status, text } = await page(world, grace, '/r/club')
  expect(status).toBe(403)
  expect(text).toContain('>Not this time<')
  expect(text).not.toMatch(/You have asked to join|Check for an answer/)

  await ada.request({ type: 'approve', room: 'club', user: grace.user.id, on: true })
  expect(await page(world, grace, '/r/club')).toMatchObject({ status: 200 })
})

test('moderators need neither passcode nor approval; who made a room is one', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'vault', { passcode: 'sesame', approval: true })
  await expect(
    grace.request({ type: 'room', room: 'lobby', set: { announce: true } }),
  ).rejects.toMatchObject({ code: 'denied' })

  await world.gives(grace, 'mod')
  expect(await grace.join('vault')).toMatchObject({ you: { role: 'mod' } })
})

test('a room that asks for both wants the passcode first, and tells nobody before', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await keeps(ada, 'vault', { passcode: 'sesame', approval: true })

  await expect(grace.join('vault')).rejects.toMatchObject({ code: 'no_such_room' })
  expect(await refusal({ room: 'vault', passcode: 'sesame' })(grace)).toMatchObject({
    code: 'waiting',
  })
  expect(await knock(ada)).toMatchObject({ user: { name: 'grace' } })
  await expect(grace.join('vault')).rejects.toMatchObject({ code: 'waiting' })
})

test('who forgets a room leaves it on all devices, and needs its passcode again', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  await keeps(ada, 'vault', { passcode: 'sesame' })
  await grace.request({ type: 'join', room: 'vault', passcode: 'sesame' }).catch(joined)
  const tab = await world.tab(grace)
  await tab.join('vault')

  await tab.request({ type: 'leave', room: 'vault', forget: true })
  await expect(grace.says('hello?', { room: 'vault' })).rejects.toMatchObject({
    code: 'no_such_room',
  })
  expect(
    await grace.next((frame) => frame.type === 'rooms' && frame.gone?.[0] === 'vault'),
  ).toBeTruthy()
})

test('the tutorial’s page is sent away from a lobby that is not open to everybody', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'host')
  await world.ada.request({ type: 'room', room: 'lobby', set: { approval: true } })

  const classic = await world.classic(await world.signIn('grace'))
  expect(await classic.socket.closed).toEqual({ code: 4003, reason: 'no access' })
  expect(classic.lines).toEqual([])
})

/** `join` is not answered by an ack, which `request` complains of. */
const joined = ({ message }: Error): string => {
  if (message !== 'join was answered by joined') throw new Error(message)
  return 'joined'
}

test('who is banned from the lobby reads so at its address, and finds their other rooms there', async () => {
  const world = await lobby({ people: ['mo', 'bob'] })
  const { mo, bob } = world
  await world.gives(mo, 'mod')
  await bob.join('den')
  await mo.request({ type: 'ban', room: 'lobby', user: bob.user.id, by: ['device'], ms: 3_600_000 })

  const home = await page(world, bob, '/')
  expect(home).toMatchObject({ status: 403, text: expect.stringContaining('href="/r/den"') })
  expect(home.text).toContain('come back in 60 minutes')
  const { headers } = await world.get('/', { headers: { cookie: bob.cookie } })
  expect(Number(headers.get('refresh'))).toBeGreaterThan(3_500) // when it may be another page
  expect((await page(world, bob, '/r/lobby')).status).toBe(404)
  expect((await page(world, mo, '/')).status).toBe(200)
})
