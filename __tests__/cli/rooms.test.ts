import { describe, expect, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'
import { besideOf, inConsole } from './console.js'

const beside = (world: World, ...args: string[]) =>
  inConsole(besideOf(world, args), { env: { LANG: 'en_US.UTF-8' } })

/** The path of the link that an answer holds. */
const linkIn = (stdout: string) => new URL(/http\S+/.exec(stdout)?.[0] ?? '').pathname

describe('beside a running server', () => {
  test('a room is made as it is asked for, and is there for everybody at once', async () => {
    const world = await lobby({ people: ['ada'] })
    const made = await beside(world, 'room', 'create', '读书会', '--title', 'Book club', '--topic', '第三章', '--slow', '30s', '--math', 'yes') // prettier-ignore
    expect(made).toMatchObject({ code: 0, stdout: 'The room 读书会 is there.' })

    const settings = {
      title: 'Book club',
      topic: '第三章',
      slow_ms: 30_000,
      math: true,
      announce: false,
    }
    expect(await world.ada.join('读书会')).toMatchObject({ settings, you: { level: 'all' } })
    const list = await beside(world, 'room', 'list')
    expect(list.stdout).toMatch(/^ {4}1 {2}\/r\/lobby {2}Lobby$/m)
    const inChinese = await inConsole(besideOf(world, ['room', 'list']), { env: { LANG: 'zh_CN' } })
    expect(inChinese.stdout).toMatch(/\/r\/lobby {2}大厅$/m)
    expect(list.stdout).toMatch(/^ {4}1 {2}\/r\/读书会 {2}Book club {2}math {2}slow=30s$/m)
  })

  test('a room is kept in another way, and those in it are told, but never a passcode', async () => {
    const world = await lobby({ people: ['ada'] })
    await world.gives(world.ada, 'host')
    await world.ada.join('den')
    const set = await beside(world, 'room', 'set', 'den', '--announce', 'yes', '--passcode', 'sesame') // prettier-ignore
    expect(set).toMatchObject({ code: 0, stdout: 'The settings of the room den are saved.' })

    const notice = await world.ada.next(({ type }) => type === 'notice')
    expect(notice).toMatchObject({ data: expect.stringContaining('房主'), notes: [{ values: {} }, {}] }) // prettier-ignore
    const told = await world.ada.next(({ type }) => type === 'room')
    expect(told).toMatchObject({ settings: { announce: true, passcode: true } })
    const { entries = [] } = await world.ada.request({ type: 'audit', room: 'den' })
    const details = { announce: true, passcode: true }
    expect(entries).toMatchObject([{ action: 'settings', by: { id: null, name: 'console' }, details }]) // prettier-ignore
    expect((await world.ada.hears('den')).join()).not.toContain('sesame')
  })

  test('a topic is set and taken away, those in the room see it change, and the log tells who did it', async () => {
    const world = await lobby({ people: ['ada'] })
    const { ada } = world
    await world.gives(ada, 'host')
    expect((await beside(world, 'room', 'set', 'lobby', '--topic', ' Tea at four ')).code).toBe(0)
    expect(await ada.next(({ type }) => type === 'topic')).toMatchObject({ data: 'Tea at four', user: { name: '房主', kind: 'bot' }, cid: expect.stringMatching(/^console\./) }) // prettier-ignore
    const again = ['room', 'set', 'lobby', '--topic', 'Tea at four', '--announce', 'yes']
    expect((await beside(world, ...again)).code).toBe(0)
    await beside(world, 'room', 'set', 'lobby', '--topic', '')
    expect(await ada.join('lobby')).toMatchObject({ settings: { topic: '', announce: true } })
    const { entries = [] } = await ada.request({ type: 'audit', room: 'lobby' })
    expect(entries.map(({ action, by }) => [action, by?.name])).toEqual([
      ['topic', 'console'],
      ['settings', 'console'],
      ['topic', 'console'],
    ])
  })

  test('a message is pinned, unpinned and taken back for good', async () => {
    const world = await lobby({ people: ['ada', 'bob'] })
    const { ada, bob } = world
    const { seq = 0 } = await bob.says('buy my pills')
    const does = async (verb: string, ...more: string[]) =>
      (await beside(world, 'message', verb, 'lobby', String(seq), ...more)).stdout
    expect(await does('pin')).toBe('Message 1 is pinned in lobby.')
    expect(await ada.next(({ type }) => type === 'pin')).toMatchObject({ data: 'buy my pills' })
    expect(await does('pin', '--undo')).toBe('Message 1 is not pinned in lobby.')
    expect(await does('recall')).toBe('Message 1 in lobby was taken back.')
    expect(await does('recall')).toBe('Message 1 in lobby was taken back.')
    const { events = [] } = await ada.request({ type: 'history', room: 'lobby' })
    expect(events[0]).toMatchObject({ seq, data: '', recalled: true })
    await world.gives(ada, 'host')
    const { entries = [] } = await ada.request({ type: 'audit', room: 'lobby' })
    expect(entries.map(({ action, target }) => [action, target?.name])).toEqual([
      ['recall', 'bob'],
      ['unpin', 'bob'],
      ['pin', 'bob'],
    ])
  })

  test('a list of people says that there is nobody yet', async () => {
    const list = await beside(await lobby(), 'user', 'list')
    expect(list).toMatchObject({ code: 0, stdout: expect.stringContaining('Nobody is signed in') })
  })

  test('a room is archived, and taken out again', async () => {
    const world = await lobby({ people: ['ada'] })
    await world.ada.join('attic')
    expect((await beside(world, 'room', 'archive', 'attic')).stdout).toContain('is archived')
    await expect(world.ada.says('x', { room: 'attic' })).rejects.toMatchObject({ code: 'denied' })
    expect((await beside(world, 'room', 'archive', 'attic', '--undo')).stdout).toContain('can be used again') // prettier-ignore
    await world.ada.says('x', { room: 'attic' })
  })

  test('a link into a room is made, listed, opens, and is revoked', async () => {
    const world = await lobby({ people: ['ada', 'grace', 'mia'] })
    await world.ada.join('vault')
    await beside(world, 'room', 'set', 'vault', '--passcode', 'sesame')
    const made = await beside(world, 'invite', 'create', 'vault', '--for', '7d', '--uses', '2')
    expect(made.stdout).toMatch(/^1 {6}used 0\/2 {2}\d{4}-/)
    const opens = async (cookie: string) =>
      (await world.get(linkIn(made.stdout), { headers: { cookie } })).status

    expect(await opens(world.grace.cookie)).toBe(303)
    expect((await beside(world, 'invite', 'list', 'vault')).stdout).toMatch(/^1 {6}used 1\/2 /)
    const revoked = await beside(world, 'invite', 'revoke', 'vault', '1')
    expect(revoked.stdout).toBe('Invite 1 is revoked.')
    expect(await opens(world.mia.cookie)).toBe(404)
    expect((await beside(world, 'invite', 'list', 'vault')).stdout).toBe('There are no invites that work.') // prettier-ignore
  })

  test('a room of two is nobody else’s: it is neither listed nor set', async () => {
    const world = await lobby({ people: ['ada', 'grace'] })
    const { room = '' } = await world.ada.request({ type: 'direct', user: world.grace.user.id })
    const { stdout } = await beside(world, 'room', 'list', '--json')
    expect(JSON.parse(stdout).rooms.map(({ name }: { name: string }) => name)).toEqual(['lobby'])
    for (const [act, ...more] of [
      ['room', 'set', '--math', 'yes'],
      ['invite', 'create'],
    ]) {
      const [verb = '', ...flags] = more
      const { code, stderr } = await beside(world, act ?? '', verb, room, ...flags)
      expect([code, stderr]).toEqual([1, expect.stringContaining(`There is no room "${room}"`)])
    }
  })

  test('what cannot be done ends with 1 and a sentence, and changes nothing', async () => {
    const world = await lobby()
    const refused: [string[], string][] = [
      [['room', 'create', 'lobby'], 'There is a room "lobby" already'],
      [['room', 'create', 'no room'], 'so it cannot be "no room"'],
      [['room', 'create', 'd-aaaaaaaaaaaaaaaaaaaaaaaaaa'], 'so it cannot be "d-'],
      [['room', 'create', 'den', '--passcode', 'abc'], '4 characters'],
      [['room', 'set', 'nowhere', '--math', 'yes'], 'There is no room "nowhere"'],
      [['room', 'archive', 'lobby'], 'lobby'],
      [['room', 'set', 'lobby', '--topic', 'x'.repeat(201)], '200'],
      [['message', 'recall', 'lobby', '7'], 'no such message'],
      [['message', 'pin', 'nowhere', '7'], 'There is no room "nowhere"'],
      [['invite', 'create', 'nowhere'], 'There is no room "nowhere"'],
      [['invite', 'revoke', 'lobby', '99'], 'has no invite 99'],
    ]
    for (const [args, sentence] of refused) {
      const { code, stdout, stderr } = await beside(world, ...args)
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(sentence)])
    }
    expect((await beside(world, 'room', 'list')).stdout).toBe('    0  /r/lobby  Lobby')
  })
})

describe('without a server', () => {
  test('rooms and links are made on the data, and the server finds them so', async () => {
    const world = await lobby({ people: ['ada'] })
    await world.server?.close()
    const made = await beside(world, 'room', 'create', 'den', '--approval', 'yes')
    expect([made.code, made.stderr]).toEqual([0, ''])
    const invite = await beside(world, 'invite', 'create', 'den')
    expect(invite.stdout).toContain('used 0/∞')

    await world.start()
    await world.ada.connect()
    await expect(world.ada.join('den')).rejects.toMatchObject({ code: 'waiting' })
    const { cookie } = world.ada
    expect((await world.get(linkIn(invite.stdout), { headers: { cookie } })).status).toBe(303)
    await world.ada.join('den')
  })
})
