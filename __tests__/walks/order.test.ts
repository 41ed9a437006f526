import { expect, test } from '@jest/globals'
import type { Store } from '../../src/store/store.js'
import { lobby, type World } from '../helpers/lobby.js'
import { refusalOf, type Person } from '../helpers/person.js'

const MINUTE = 60_000

/** A lobby with a host, a moderator and two more. */
async function house() {
  const world = await lobby({ people: ['ada', 'mo', 'bob', 'eve'] })
  await world.gives(world.ada, 'host')
  await world.gives(world.mo, 'mod')
  return world
}

const mute = (by: Person, whom: Person, ms: number, room?: string) =>
  by.request({ type: 'mute', user: whom.user.id, ms, ...(room && { room }) })
const ban = (by: Person, whom: Person, more: object = {}) =>
  by.request({ type: 'ban', user: whom.user.id, ...more })

/** The same browser, signed out: what is left of its cookies. */
const browserOf = ({ cookie }: Person) => {
  const kept = cookie.split('; ').filter((one) => one.startsWith('chat_room_device'))
  if (kept.length !== 2) throw new Error(`no device in ${cookie}`)
  return kept.join('; ')
}

const signIn = (world: World, name: string, cookie = '') =>
  world.get('/signin', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', cookie, 'accept-language': 'en' }, // prettier-ignore
    body: JSON.stringify({ name, imgid: 1 }),
  })

test('who is muted hears, is told for how long, and speaks again when the time is over', async () => {
  const world = await house()
  const { mo, bob, eve } = world
  const { muted_until = 0 } = await mute(mo, bob, 10 * MINUTE, 'lobby')

  expect(await bob.next(({ type }) => type === 'muted')).toMatchObject({
    room: 'lobby',
    muted_until,
  })
  const { code, retry, frame } = await refusalOf(bob.says('but'))
  expect([code, retry]).toEqual(['muted', false])
  expect(frame.retry_after_ms).toBeGreaterThan(9 * MINUTE)
  expect(frame.data).toContain('10 minutes')
  await eve.says('quiet here')
  expect(await bob.hears()).toEqual(['eve: quiet here'])

  world.passes(10 * MINUTE)
  await bob.says('at last')
})

test('a mute holds over a restart, over another name in the same browser, and until it is lifted', async () => {
  const world = await house()
  await mute(world.mo, world.bob, 10 * MINUTE)
  await world.restart()
  const other = await world.signIn('rob', { cookie: browserOf(world.bob) })
  for (const person of [world.bob, other]) {
    await person.connect()
    expect(await person.join()).toMatchObject({ you: { muted_until: expect.any(Number) } })
    expect((await refusalOf(person.says('me again'))).code).toBe('muted')
  }

  await world.mo.connect()
  await mute(world.mo, world.bob, 0)
  await world.bob.says('thanks')
  await other.says('thanks')
})

test('a mute in one room leaves the others alone', async () => {
  const { mo, bob } = await house()
  for (const person of [mo, bob]) await person.join('den')
  await mute(mo, bob, MINUTE, 'den')

  expect((await refusalOf(bob.says('x', { room: 'den' }))).code).toBe('muted')
  await bob.says('here I may')
})

test('a line that was stored before the mute is acknowledged again after it', async () => {
  const { mo, bob } = await house()
  const cid = 'said-before-the-mute'
  const { seq } = await bob.says('hello', { cid })
  await mute(mo, bob, MINUTE)
  expect(await bob.says('hello', { cid })).toMatchObject({ seq, dup: true })
})

test('a muted client of the old kind gets the sentence from the bot', async () => {
  const world = await house()
  const classic = await world.classic(world.bob)
  await mute(world.mo, world.bob, MINUTE)
  classic.socket.send('can you hear me')
  expect(await classic.next(({ type, user }) => type === 'chat' && user.id === 0)).toMatchObject({
    data: expect.stringContaining('你被禁言了'),
  })
})

test('who is sent out of one room stays in the others, with every tab', async () => {
  const world = await house()
  const { mo, bob, eve } = world
  for (const person of [mo, bob, eve]) await person.join('den')
  const tab = await world.tab(bob)
  await tab.join('den')
  await mo.request({ type: 'kick', user: bob.user.id, room: 'den' })

  for (const person of [bob, tab]) {
    expect(await person.next(({ type }) => type === 'kicked')).toMatchObject({
      room: 'den',
      data: 'A moderator sent you out of this room. You may come in again.',
    })
    expect((await refusalOf(person.says('x', { room: 'den' }))).code).toBe('not_joined')
  }
  await eve.next(({ type, room }) => type === 'left' && room === 'den')
  await bob.says('still in the lobby')
  await bob.join('den')
})

test('who is sent out of the house is signed out, on every socket', async () => {
  const world = await house()
  const { mo, bob, eve } = world
  const tab = await world.tab(bob)
  const classic = await world.classic(bob)
  await mo.request({ type: 'kick', user: bob.user.id })

  const reason = 'A moderator sent you out of the chat room. You may sign in again.'
  for (const { socket } of [bob, tab]) {
    expect(await socket.closed).toEqual({ code: 4003, reason })
  }
  expect(await classic.socket.closed).toMatchObject({
    code: 4003,
    reason: expect.stringContaining('登录'),
  })
  await eve.next(({ type }) => type === 'left')
  await bob.connect().catch(() => {})
  expect(await bob.socket.closed).toMatchObject({ code: 4001 })
  await world.enters('bob', { cookie: browserOf(bob) })
})

test('who is banned does not come back by another name, and the next browser behind the address does', async () => {
  const world = await house()
  const { mo, bob } = world
  const { ban: made } = await ban(mo, bob)

  expect(await bob.socket.closed).toMatchObject({ code: 4003 })
  const again = await signIn(world, 'rob', browserOf(bob))
  expect(again.status).toBe(403)
  expect(await again.json()).toEqual({
    error: 'You cannot enter this chat room. If you think this is a mistake, please ask its host.',
  })
  expect((await world.get('/signin', { headers: { cookie: browserOf(bob) } })).status).toBe(403)
  expect((await signIn(world, 'bob')).status).toBe(422) // the name alone, as if it were held
  expect((await signIn(world, 'neighbour')).status).toBe(200)

  await mo.request({ type: 'unban', ban: made?.id })
  expect((await signIn(world, 'bob', browserOf(bob))).status).toBe(200)
})

test('a ban for a while ends by itself, and holds over a restart until then', async () => {
  const world = await house()
  const { mo, bob } = world
  await ban(mo, bob, { ms: 5 * MINUTE })
  await world.restart()

  const early = await signIn(world, 'rob', browserOf(bob))
  expect([early.status, (await early.json()).error]).toEqual([
    403,
    expect.stringContaining('5 min'),
  ])
  world.passes(5 * MINUTE)
  expect((await signIn(world, 'rob', browserOf(bob))).status).toBe(200)
})

test('a ban from one room: it is not there for them any more, and the others are', async () => {
  const world = await house()
  const { mo, bob } = world
  for (const person of [mo, bob]) await person.join('den')
  await ban(mo, bob, { room: 'den', by: ['device'] })

  expect(await bob.next(({ type }) => type === 'kicked')).toMatchObject({
    room: 'den',
    banned: true,
  })
  const absent = await refusalOf(bob.request({ type: 'history', room: 'nowhere' }))
  for (const type of ['history', 'members', 'join']) {
    const { code, message } = await refusalOf(
      type === 'join' ? bob.join('den') : bob.request({ type, room: 'den' }),
    )
    expect([code, message]).toEqual([absent.code, absent.message])
  }
  await bob.says('the lobby is open to me')
})

test('who is banned while they are on their way in stays outside', async () => {
  const door = slowToTellWhoWaits()
  const world = await lobby({ people: ['ada', 'mo'], store: door.around })
  const { ada, mo } = world
  await world.gives(ada, 'host')
  await world.gives(mo, 'mod')
  await ada.join('den')
  await ada.request({ type: 'room', room: 'den', set: { approval: true } })

  const asked = door.asked()
  const coming = refusalOf(mo.join('den')) // a moderator is told who waits at the door
  await asked
  await ban(ada, mo, { room: 'den', by: ['device'] })
  door.answers()
  expect((await coming).code).toBe('no_such_room')
})

/** A store that takes its time over one question. */
function slowToTellWhoWaits() {
  let asked = () => {}
  let answers = () => {}
  let answered = Promise.resolve()
  return {
    around: (store: Store): Store => {
      const waiting: Store['people']['waiting'] = async (room) => {
        asked()
        await answered
        return store.people.waiting(room)
      }
      const people = { ...store.people, waiting }
      return new Proxy(store, {
        get: (target, key, receiver) =>
          key === 'people' ? people : Reflect.get(target, key, receiver),
      })
    },
    /** The next one waits for {@link answers}. */
    asked() {
      answered = new Promise((resolve) => (answers = resolve))
      return new Promise<void>((resolve) => (asked = resolve))
    },
    answers: () => answers(),
  }
}

test('an address is barred only when asked for, and one of a classroom only by force', async () => {
  const world = await house()
  const { mo, bob, eve } = world
  const { code, message } = await refusalOf(ban(mo, bob, { by: ['address'] }))
  expect([code, message]).toEqual(['denied', expect.stringContaining('classroom')])
  await bob.says('nothing happened')

  await ban(mo, bob, { by: ['address'], force: true, ms: MINUTE })
  for (const { socket } of [bob, eve]) expect(await socket.closed).toMatchObject({ code: 4003 })
  const back = await world.socket({ protocols: ['chat-room.v1'], cookie: eve.cookie })
  expect(await back.closed).toMatchObject({ code: 4003 }) // her session is good, her address is not
  expect((await signIn(world, 'anybody')).status).toBe(403)
  await mo.says('moderators stay') // and could not mend it otherwise
  world.passes(MINUTE)
  expect((await signIn(world, 'anybody')).status).toBe(200)
})

test('moderators do not act on the host or on each other; the host does', async () => {
  const world = await house()
  const { ada, mo, bob } = world
  await ada.request({ type: 'role', user: bob.user.id, role: 'mod' })
  for (const whom of [ada, bob, mo]) {
    expect((await refusalOf(mute(mo, whom, MINUTE))).code).toBe('denied')
    expect((await refusalOf(ban(mo, whom))).code).toBe('denied')
  }
  await ada.request({ type: 'role', user: bob.user.id, role: null })
  await mute(ada, mo, MINUTE)
  expect((await refusalOf(mo.says('x'))).code).toBe('muted')
})

test('of two moderators at once the later has the last word, and both get an answer', async () => {
  const world = await house()
  const { ada, mo, bob } = world
  await Promise.all([mute(ada, bob, 5 * MINUTE), mute(mo, bob, MINUTE), mute(ada, bob, 0)])
  await bob.says('the last word was: speak')

  await Promise.all([ban(ada, bob), ban(mo, bob)])
  const { bans = [] } = await mo.request({ type: 'bans' })
  expect(bans).toHaveLength(2)
  for (const { id } of bans) await mo.request({ type: 'unban', ban: id })
  expect((await refusalOf(mo.request({ type: 'unban', ban: bans[0]?.id }))).code).toBe('denied')
  expect((await signIn(world, 'bob', browserOf(bob))).status).toBe(200)
})

test('a reported message reaches the moderators who are there, and the list of those who come later', async () => {
  const { ada, mo, bob, eve } = await house()
  const { seq } = await bob.says('rude words')
  await eve.request({ type: 'report', room: 'lobby', message: seq, data: 'this hurts' })
  await eve.request({ type: 'report', room: 'lobby', message: seq, data: 'this hurts' })

  expect(await mo.next(({ type }) => type === 'report')).toMatchObject({ message: seq, user: { name: 'eve' } }) // prettier-ignore
  const { reports } = await ada.request({ type: 'reports' })
  expect(reports).toEqual([
    expect.objectContaining({ message: seq, room: 'lobby', data: 'this hurts', event: expect.objectContaining({ data: 'rude words' }) }), // prettier-ignore
  ])
  const nothing = eve.request({ type: 'report', room: 'lobby', message: 99 })
  expect((await refusalOf(nothing)).code).toBe('no_such_message')
  expect(bob.frames.some(({ type }) => type === 'report')).toBe(false)
})

test('the audit log has every act, newest first, page by page, and no text', async () => {
  const world = await house()
  const { ada, mo, bob, eve } = world
  await bob.says('SECRET words')
  await mute(mo, bob, MINUTE, 'lobby')
  await mute(mo, bob, 0, 'lobby')
  await mo.request({ type: 'kick', room: 'lobby', user: bob.user.id })
  const { ban: made } = await ban(mo, bob, { by: ['name'] })
  await mo.request({ type: 'unban', ban: made?.id })
  await ada.request({ type: 'role', user: mo.user.id, role: null })

  const first = await ada.request({ type: 'audit', limit: 3 })
  const rest = await ada.request({ type: 'audit', before: first.entries?.at(-1)?.id })
  const all = [...(first.entries ?? []), ...(rest.entries ?? [])]
  expect(all.map(({ action, by }) => `${by.name} ${action}`)).toEqual([
    'ada role',
    'mo unban',
    'mo ban',
    'mo kick',
    'mo unmute',
    'mo mute',
    'console role',
    'console role',
  ])
  expect(all[2]).toMatchObject({
    target: { id: bob.user.id, name: 'bob' },
    details: { by: ['name'] },
  })
  expect([first.more, rest.more]).toEqual([true, false])
  expect(JSON.stringify(all)).not.toContain('SECRET')
  expect((await refusalOf(eve.request({ type: 'audit' }))).code).toBe('denied')
})

test('what a moderator takes back of others is noted, and what people take back themselves is not', async () => {
  const { ada, mo, bob } = await house()
  const { seq: own } = await bob.says('oops')
  const { seq: rude } = await bob.says('SECRET words')
  await bob.request({ type: 'recall', room: 'lobby', message: own })
  for (let i = 0; i < 2; i++) await mo.request({ type: 'recall', room: 'lobby', message: rude })

  const { entries = [] } = await ada.request({ type: 'audit', room: 'lobby' })
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({ action: 'recall', by: { name: 'mo' }, target: { name: 'bob' }, details: { message: rude } }) // prettier-ignore
  expect(JSON.stringify(entries)).not.toContain('SECRET')
})

test('what a moderator does to a room is noted once it is done: settings, pins, topic, invites, the door', async () => {
  const { mo, bob } = await house()
  for (const person of [mo, bob]) await person.join('den')
  const { seq } = await bob.says('SECRET words', { room: 'den' })
  const acts = [
    { type: 'pin', message: seq, on: true },
    { type: 'pin', message: seq, on: false },
    { type: 'topic', data: 'tea' },
    { type: 'room', set: { approval: true } },
    { type: 'approve', user: bob.user.id, on: false },
    { type: 'invite' },
    { type: 'revoke', invite: 1 },
  ]
  for (const act of acts) await mo.request({ room: 'den', ...act })
  for (const act of acts.slice(1, 5)) await mo.request({ room: 'den', ...act }) // changes nothing

  const { entries = [] } = await mo.request({ type: 'audit', room: 'den' })
  expect(entries.map(({ action }) => action).toReversed()).toEqual(['pin', 'unpin', 'topic', 'settings', 'approve', 'invite', 'revoke']) // prettier-ignore
  expect(entries.find(({ action }) => action === 'pin')).toMatchObject({ target: { name: 'bob' }, details: { message: seq } }) // prettier-ignore
  expect(JSON.stringify(entries)).not.toContain('SECRET')
})

test('what two people do in their own room is noted nowhere', async () => {
  const { ada, bob, eve } = await house()
  const { room = '' } = await bob.request({ type: 'direct', user: eve.user.id })
  await bob.join(room)
  const { seq } = await bob.says('between us', { room })
  await bob.request({ type: 'pin', room, message: seq, on: true })
  const { entries = [] } = await ada.request({ type: 'audit' })
  expect(entries.some(({ action }) => action === 'pin')).toBe(false)
})

test('the server’s own log has the acts by id, without a name or a text', async () => {
  const world = await house()
  await mute(world.mo, world.bob, MINUTE)
  const line = world.logged.find((text) => text.includes('"event":"mute"'))
  expect(JSON.parse(line ?? '{}')).toMatchObject({ by: world.mo.user.id, user: world.bob.user.id })
  expect(world.logged.join('')).not.toMatch(/"(bob|mo)"/)
})
