import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { linkAt } from '../../src/commands/host-link.js'
import { announce } from '../../src/commands/serve.js'
import { loadConfig } from '../../src/config.js'
import { createLog } from '../../src/log.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

const MINUTE = 60_000

const token = async (world: World) => (await world.server?.hostLink())?.token ?? ''

const claim = (
  world: World,
  who: Pick<Person, 'cookie'> | undefined,
  body: unknown,
  headers = {},
) =>
  world.get('/host', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-language': 'en',
      ...(who && { cookie: who.cookie }),
      ...headers,
    },
    body: JSON.stringify(body),
  })

test('whoever brings the token is the host, and every socket and member knows it', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const answer = await claim(world, world.ada, { token: await token(world) })

  expect([answer.status, await answer.json()]).toEqual([
    200,
    { user: { id: world.ada.user.id, name: 'ada', imageid: '3', role: 'host' } },
  ])
  const told = ({ type }: { type: string }) => type === 'status'
  expect(await world.grace.next(told)).toMatchObject({ user: { name: 'ada', role: 'host' } })
  await world.ada.request({ type: 'audit' })
})

test('of twenty who bring the same token at once, one is the host', async () => {
  const world = await lobby()
  const people = await Promise.all(Array.from({ length: 20 }, (_, i) => world.signIn(`guest${i}`)))
  const link = await token(world)
  const answers = await Promise.all(people.map((person) => claim(world, person, { token: link })))

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(19)
})

test('a token is good for a quarter of an hour, over a restart, and once', async () => {
  const world = await lobby({ people: ['ada', 'eve'] })
  const [first, second, late] = [await token(world), await token(world), await token(world)]
  await world.restart()

  expect((await claim(world, world.eve, { token: first })).status).toBe(200)
  expect((await claim(world, world.ada, { token: first })).status).toBe(422)
  world.passes(14 * MINUTE)
  expect((await claim(world, world.ada, { token: second })).status).toBe(200)
  world.passes(MINUTE)
  const spent = await claim(world, world.ada, { token: late })
  expect([spent.status, (await spent.json()).error]).toEqual([
    422,
    expect.stringContaining('chat-room host-link'),
  ])
})

test('what is no token, no person, no JSON or another site’s is refused with a sentence', async () => {
  const world = await lobby({ people: ['ada'] })
  const { ada } = world
  const good = await token(world)
  for (const bad of [
    {},
    { token: 7 },
    { token: '' },
    { token: 'x'.repeat(43) },
    { token: 'x'.repeat(9999) },
    [],
  ]) {
    expect((await claim(world, ada, bad)).status).toBe(422)
  }
  expect((await claim(world, undefined, { token: good })).status).toBe(401)
  expect((await claim(world, ada, { token: good }, { 'content-type': 'text/plain' })).status).toBe(
    415,
  )
  expect(
    (await claim(world, ada, { token: good }, { 'sec-fetch-site': 'cross-site' })).status,
  ).toBe(403)
  expect((await claim(world, ada, { token: good })).status).toBe(200) // none of them used it up
})

test('guessing is slow, and the token is in no log', async () => {
  const world = await lobby({ people: ['ada'] })
  const good = await token(world)
  const statuses = new Set<number>()
  for (let i = 0; i < 201; i++)
    statuses.add((await claim(world, world.ada, { token: 'no' })).status)
  expect([...statuses]).toEqual([422, 429])
  expect(world.logged.join('')).not.toContain(good)
})

test('a host whose session is over is none: the next start shows a link again', async () => {
  const world = await lobby({ people: ['ada'] })
  await claim(world, world.ada, { token: await token(world) })
  expect(await world.server?.hostLink()).toBeUndefined()

  await world.get('/signout', { method: 'POST', headers: { cookie: world.ada.cookie } })
  expect(await token(world)).toMatch(/^[\w-]{43}$/)
})

test.each([
  [true, 'a terminal', 1],
  [false, 'a file', 0],
])('with %s (%s) the start shows %i links', async (terminal, _, count) => {
  const { config } = loadConfig({ flags: {}, env: {}, cwd: '/', lang: 'en' })
  const lines: string[] = []
  const context = { config, lang: 'en' as const, log: createLog('silent'), qr: false, terminal }
  const given = { words: [], flags: {} }
  const print = (line: string) => void lines.push(line)
  const server = { port: 8088, hostLink: async () => ({ token: 'TOKEN', until: 0 }) }
  await announce(
    { cwd: '/', warnings: [], recent: () => [], ...context, print, given, exit: () => {} },
    server,
  )

  const shown = lines.filter((line) => line.includes(linkAt('http://localhost:8088/', 'TOKEN')))
  expect(shown).toHaveLength(count)
})

test('the socket for commands is for its own user alone, and goes with the server', async () => {
  const world = await lobby()
  const file = join(world.folder, 'data', 'control.sock')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await world.server?.close()
  expect(() => statSync(file)).toThrow('ENOENT')
  await world.start()
})
