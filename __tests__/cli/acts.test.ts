import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { askServer } from '../../src/control/ask.js'
import type { Hands } from '../../src/control/hands.js'
import { openControl } from '../../src/control/serve.js'
import { createLog } from '../../src/log.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { besideOf, inConsole } from './console.js'
import { folder, run, start } from './program.js'

const beside = (world: World, args: readonly string[], lang = 'en_US.UTF-8') =>
  inConsole(besideOf(world, args), { env: { LANG: lang } })

/** Where nothing happens, for all that cannot be done. */
let still: Promise<World & { ada: Person }> | undefined

describe('beside a running server', () => {
  test('people are listed, muted and heard again, and it is so at once', async () => {
    const world = await lobby({ people: ['ada', '欧阳明远'] })
    const { ada } = world
    // The program itself, as its host would run it in another terminal.
    const list = await run(besideOf(world, ['user', 'list']), { env: { LANG: 'C' } })
    expect(list.stdout).toMatch(/^#1 +online +ada$/m)
    expect(list.stdout).toMatch(/欧阳明远$/m)

    const muted = await beside(world, ['user', 'mute', 'ADA', '10m'])
    expect([muted.code, muted.stdout]).toEqual([0, expect.stringContaining('ada is muted until')])
    await expect(ada.says('x')).rejects.toMatchObject({ code: 'muted' })
    await beside(world, ['user', 'mute', `#${ada.user.id}`, '0'])
    await ada.says('thanks')
  })

  test('people are made moderators and sent out, and it is so at once', async () => {
    const world = await lobby({ people: ['ada', '欧阳明远'] })
    const { ada } = world
    await beside(world, ['user', 'role', 'ada', 'mod'])
    expect(await ada.next(({ type }) => type === 'status')).toMatchObject({ user: { role: 'mod' } })
    const out = await beside(world, ['user', 'kick', '欧阳明远'], 'zh_CN.UTF-8')
    expect(out.stdout).toBe('欧阳明远 已经被请出去了。')
    expect(await world['欧阳明远'].socket.closed).toMatchObject({ code: 4003 })
  })

  test('what a bot may do in a room is set, told there and shown', async () => {
    const world = await lobby({ people: ['ada'] })
    const rule = (...words: string[]) => beside(world, ['bot', 'policy', '机器人小小鸟', ...words])
    const set = await rule('lobby', '--mode', 'called', '--quiet', '22:00-07:00')
    expect([set.code, set.stderr]).toEqual([0, ''])
    expect(await world.ada.next(({ type }) => type === 'policy')).toMatchObject({
      policy: { mode: 'called', quiet: { from: '22:00', until: '07:00' } },
    })
    expect((await rule('lobby', '--quiet', 'none')).stdout).toBe(
      '机器人小小鸟 in lobby: hears only who calls it; who may call it: everybody.',
    )
    expect((await rule('nowhere')).stderr).toContain('There is no room "nowhere"')
    expect((await beside(world, ['bot', 'policy', 'nobody', 'lobby'])).stderr).toContain(
      'There is no bot "nobody" in the room lobby',
    )
  })

  test('bans are added, listed and removed, and the audit log knows who did it', async () => {
    const world = await lobby({ people: ['ada', 'bob'] })
    await world.gives(world.ada, 'host')
    const added = await beside(world, ['ban', 'add', 'bob', '--for', '2h', '--by', 'device'])
    expect([added.code, added.stdout]).toEqual([0, expect.stringMatching(/^1 .*device .*bob/)])
    expect(await world.bob.socket.closed).toMatchObject({ code: 4003 })

    const { stdout } = await beside(world, ['ban', 'list', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      bans: [{ id: 1, user: { name: 'bob' }, by: ['device'] }],
    })
    const removed = await beside(world, ['ban', 'remove', '1'])
    expect(removed.stdout).toBe('bob may come in again.')
    const { entries = [] } = await world.ada.request({ type: 'audit' })
    expect(entries.slice(0, 2)).toMatchObject([
      { action: 'unban', by: { id: null, name: 'console' } },
      { action: 'ban', by: { id: null, name: 'console' } },
    ])
  })

  test('who waits before a room is listed, turned away and let in, and moderators see it answered', async () => {
    const world = await lobby({ people: ['ada', 'bob'] })
    const { ada, bob } = world
    await ada.join('den')
    await ada.request({ type: 'room', room: 'den', set: { approval: true } })
    expect((await beside(world, ['user', 'waiting'])).stdout).toBe('Nobody waits to be let in.')
    await expect(bob.join('den')).rejects.toMatchObject({ code: 'waiting' })
    expect((await beside(world, ['user', 'waiting'])).stdout).toBe(
      `#${bob.user.id}     /r/den  bob`,
    )

    const away = await beside(world, ['user', 'approve', 'bob', 'den', '--refuse'], 'zh_CN.UTF-8')
    expect(away.stdout).toBe('没有让 bob 进 den。')
    expect(await ada.next(({ type }) => type === 'answered')).toMatchObject({ on: false })
    const { stdout } = await beside(world, ['user', 'approve', 'bob', 'den'])
    expect(stdout).toBe('bob may come into den.')
    await bob.join('den')
  })

  test('what was reported is listed in one line each, and seen to, and the log tells it', async () => {
    const world = await lobby({ people: ['ada', 'bob'] })
    await world.ada.says('cheap\n\u009b31mpills')
    await world.bob.request({ type: 'report', room: 'lobby', message: 1, data: 'spam' })
    const list = await beside(world, ['report', 'list'])
    expect(list.stdout.split('\n')).toEqual([
      expect.stringMatching(/^1 {5}\d{4}-.* {2}\/r\/lobby #1 {2}reported by bob$/),
      '      ada: cheap  31mpills',
      '      bob: spam',
    ])

    const done = await beside(world, ['report', 'done', '1'])
    expect(done.stdout).toBe('Report 1 is marked as seen to.')
    expect((await beside(world, ['report', 'list'])).stdout).toContain('(seen to by console)')
    const log = await beside(world, ['audit', '--room', 'lobby', '--last', '1'])
    expect(log.stdout).toMatch(/^\d{4}-.* {2}console {2}handled {2}bob {2}\/r\/lobby {2}message=1$/)
  })

  test('a link is made that works', async () => {
    const world = await lobby({ people: ['ada'] })
    const { stdout } = await beside(world, ['host-link'])
    const [, link = ''] = stdout.split('\n')
    expect(link.trim().startsWith(`${world.url}/host#`)).toBe(true)
    const answer = await world.get('/host', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', cookie: world.ada.cookie }, // prettier-ignore
      body: JSON.stringify({ token: link.split('#')[1] }),
    })
    expect(answer.status).toBe(200)
  })

  test.each([
    ['host-link', ['host-link'], 'host#'],
    ['invite create', ['invite', 'create', 'lobby'], 'i/'],
    ['bot token', ['bot', 'token', 'clock'], 'api/v1/rooms/lobby/messages'],
  ])(
    '%s names where the server listens, not what this command was told',
    async (_, words, path) => {
      const world = await (still ??= lobby({ people: ['ada'], life: 'file' }))
      const elsewhere = ['--port', '1', '--host', '127.9.9.9', '--base-path', '/elsewhere']
      const { stdout, stderr } = await beside(world, [...words, ...elsewhere])
      expect([stdout, stderr]).toEqual([expect.stringContaining(`${world.url}/${path}`), ''])
      expect(stdout).not.toContain('elsewhere')
    },
  )

  test.each([
    [['user', 'kick', 'nobody'], 'There is no "nobody"'],
    [['user', 'mute', 'ada', '1m', '--room', 'nowhere'], 'There is no room "nowhere"'],
    [['ban', 'remove', '99'], 'There is no ban 99'],
    [['ban', 'add', '--address', '192.168.1.7'], 'add --force'],
    [['ban', 'add', 'ada', '--by', 'address'], 'use force'],
    [['user', 'approve', 'nobody', 'lobby'], 'There is no "nobody"'],
    [['user', 'approve', 'ada', 'nowhere'], 'There is no room "nowhere"'],
    [['user', 'approve', 'ada', 'lobby', '--refuse'], 'Nobody waits'],
    [['report', 'done', '7'], 'There is no report 7'],
    [['report', 'list', '--room', 'nowhere'], 'There is no room "nowhere"'],
  ])('%j cannot be done, and ends with 1', async (args, sentence) => {
    const world = await (still ??= lobby({ people: ['ada'], life: 'file' }))
    const { code, stdout, stderr } = await beside(world, args)
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(sentence)])
    await world.ada.says('nothing happened')
  })
})

describe('without a server', () => {
  test('the same commands work on the data, and the server finds it so', async () => {
    const world = await lobby({ people: ['ada'] })
    await world.server?.close()
    const { code, stdout, stderr } = await beside(world, ['user', 'mute', 'ada', '10m'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('ada is muted until')

    await world.start()
    await world.ada.connect()
    await world.ada.join()
    await expect(world.ada.says('x')).rejects.toMatchObject({ code: 'muted' })
  })

  test('where no chat room keeps its data none is begun by mistake', async () => {
    const cwd = folder()
    const { code, stderr } = await inConsole(['user', 'list', '--data', 'dta'], { cwd })
    expect([code, stderr]).toEqual([78, expect.stringContaining(join(cwd, 'dta'))])
    expect(existsSync(join(cwd, 'dta'))).toBe(false)
    expect(await inConsole(['host-link'], { cwd })).toMatchObject({ code: 0 })
    expect(await inConsole(['ban', 'list'], { cwd })).toMatchObject({ stdout: 'Nobody is banned.' })
  })

  test('two at once: one has the data, the other is told so', async () => {
    const cwd = folder()
    const held = start(['--port', '0', '--host', '127.0.0.1'], { cwd })
    await held.line(/Ctrl\+C/)
    // A socket that somebody took away: the command tries the data itself.
    rmSync(join(cwd, 'data', 'control.sock'))
    const { code, stderr } = await inConsole(['user', 'list'], { cwd })
    expect([code, stderr]).toEqual([75, expect.stringContaining(String(held.process.pid))])
  })

  test('a socket that a crash left behind is nobody’s, and the next server takes its place', async () => {
    const cwd = folder()
    const file = join(cwd, 'data', 'control.sock')
    await leavesSocket(file)
    expect(await inConsole(['room', 'create', 'den'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'The room den is there.',
    })

    const control = await openControl(join(cwd, 'data'), nobody, createLog('silent'))
    const asked = { act: 'dance', args: {}, lang: 'en' as const }
    expect(await askServer(join(cwd, 'data'), asked)).toEqual({
      faults: [expect.stringContaining('does not know "dance"')],
    })
    await control.close()
    expect(await askServer(join(cwd, 'data'), asked)).toBeUndefined()
  })
})

/** A program that listens there and is killed. */
async function leavesSocket(file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const program = `require('net').createServer().listen(${JSON.stringify(file)}, () => console.log('here'))`
  const child = spawn(process.execPath, ['-e', program])
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
  expect(existsSync(file)).toBe(true)
}

const nobody = {} as unknown as Hands
