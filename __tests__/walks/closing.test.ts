import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from '@jest/globals'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder, start } from '../cli/program.js'
import { lobby } from '../helpers/lobby.js'
import type { Store } from '../../src/store/store.js'
import { Person } from '../helpers/person.js'
import { signIn } from '../helpers/visitor.js'

const slow = `export default async (ctx, next) => {
  await new Promise((resolve) => setTimeout(resolve, 20))
  await next()
}`

test('a server that closes answers every line it was sent, those that wait behind a plugin too', async () => {
  const world = await lobby({
    people: ['ada'],
    plugins: { 'plugin:slow': { use: './slow.mjs' } },
    files: { 'slow.mjs': slow },
  })
  const cids = Array.from({ length: 100 }, (_, i) => `said-at-the-end-${i}`)
  for (const cid of cids) world.ada.sends({ type: 'chat', cid, room: 'lobby', data: cid })
  await world.ada.next((frame) => frame.type === 'ack')

  await world.server?.close()
  await world.ada.socket.closed

  const { frames } = world.ada
  const refused = frames.filter(({ type }) => type === 'nack')
  const answered = new Set(
    frames.flatMap((frame) => (frame.type === 'ack' || frame.type === 'nack' ? [frame.cid] : [])),
  )
  expect(cids.filter((cid) => !answered.has(cid))).toEqual([])
  expect(refused).not.toHaveLength(0)
  for (const nack of refused) expect(nack).toMatchObject({ code: 'draining', retry: true })
})

test('a server that closes does not wait for a browser that connected ahead and asked for nothing', async () => {
  const world = await lobby()
  const silent = connect(Number(new URL(world.url).port), '127.0.0.1')
  await once(silent, 'connect')
  await world.get('/healthz') // by now the server has taken the connection up

  await Promise.all([world.server?.close(), once(silent, 'close')])
})

test('what cannot be closed keeps nothing else open', async () => {
  let fails = true
  const around = (store: Store): Store => {
    const close = async () => {
      await store.close()
      if (fails) throw new Error('the disk is gone')
    }
    return { ...store, close }
  }
  const world = await lobby({ store: around })
  await expect(world.server?.close()).rejects.toThrow('the disk is gone')

  fails = false
  await world.start() // the data is nobody's any more
  expect((await world.get('/readyz')).status).toBe(200)
})

/** The program with a plugin of the test's, and somebody in its lobby. */
async function running(plugin: string, isolate = 'worker') {
  const cwd = folder()
  writeFileSync(join(cwd, 'plugin.mjs'), plugin)
  const section = `[plugin:of-the-test]\nuse = ./plugin.mjs\nisolate = ${isolate}\n`
  const limits = '[limits]\nmessages_per_minute = 0\nburst = 0\n'
  writeFileSync(join(cwd, 'c.ini'), `${section}${limits}`, { mode: 0o600 })
  const room = start(['--config', 'c.ini', '--host', '127.0.0.1', '--port', '0'], { cwd })
  const [, port] = await room.line(/http:\/\/127\.0\.0\.1:(\d+)\//)
  const url = `http://127.0.0.1:${port}`
  const ada = new Person(url, await signIn(url, 'ada', { lang: 'en' }), { lang: 'en' })
  await ada.connect()
  await ada.join()
  return { room, url, ada }
}

/** Sends so many lines. @returns those that have no answer yet. */
function speaks(ada: Person, count: number): () => string[] {
  const cids = Array.from({ length: count }, (_, i) => `said-at-the-end-${i}`)
  for (const cid of cids) ada.sends({ type: 'chat', cid, room: 'lobby', data: cid })
  return () => {
    const answered = new Set(
      ada.frames.flatMap((frame) =>
        frame.type === 'ack' || (frame.type === 'nack' && frame.retry) ? [frame.cid] : [],
      ),
    )
    return cids.filter((cid) => !answered.has(cid))
  }
}

test('SIGTERM with 100 lines under way: not ready at once, each answered, 1012, and the end is 0', async () => {
  const { room, url, ada } = await running(slow)
  const unanswered = speaks(ada, 100)
  await ada.next((frame) => frame.type === 'ack')
  room.process.kill('SIGTERM')
  while ((await fetch(`${url}/readyz`)).status !== 503); // as long as there are answers to wait for

  expect((await ada.socket.closed).code).toBe(1012)
  expect(unanswered()).toEqual([])
  expect((await room.ended).code).toBe(0)
})

const broken = `export default async (ctx, next) => {
  setTimeout(() => { throw new Error('out of the blue') })
  await next()
}`

test('an error that nobody catches: what was taken is answered, 1012, and the end is 1', async () => {
  const { room, ada } = await running(broken, 'none')
  const unanswered = speaks(ada, 100)

  expect((await ada.socket.closed).code).toBe(1012)
  expect(unanswered()).toEqual([])
  const { code, stderr } = await room.ended
  expect(code).toBe(1)
  expect(stderr).toContain('the server cannot go on')
})
