import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { besideOf, inConsole } from '../cli/console.js'
import { run } from '../cli/program.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

const copyOf = (world: World) => join(world.folder, 'copy.db')
const command = (world: World, act: string, file: string) =>
  inConsole(besideOf(world, [act, join(world.folder, file)]), { cwd: world.folder })
/** The same in a process of its own: the server goes on meanwhile. */
const beside = (world: World, act: string, file: string) =>
  run(besideOf(world, [act, file]), { cwd: world.folder })

/** Says two lines, has a backup made beside the running server, and says one more. */
async function backedUp() {
  const world = await lobby({ people: ['ada'], threads: 'own' })
  await world.ada.says('one')
  await world.ada.says('two')
  const made = await beside(world, 'backup', 'copy.db')
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('2 messages in 1 rooms') })
  await world.ada.says('three')
  return world
}

test('a backup is made while the server goes on, and is for its owner alone', async () => {
  const world = await backedUp()
  expect(await world.ada.hears()).toEqual(['ada: one', 'ada: two', 'ada: three'])
  expect(statSync(copyOf(world)).mode & 0o777).toBe(0o600)
})

test('the drill: a restored room is that of the backup, clients begin anew, and sessions hold', async () => {
  const world = await backedUp()
  const { epoch } = await world.ada.join()
  await world.server?.close()
  const { code, stdout } = await command(world, 'restore', 'copy.db')
  expect([code, stdout]).toEqual([0, expect.stringContaining('Restored: 2 messages')])

  await world.start()
  await world.ada.connect()
  const joined = await world.ada.join()
  expect(joined).toMatchObject({
    mode: 'reset',
    head: 2,
    events: [{ data: 'one' }, { data: 'two' }],
  })
  expect(joined.epoch).not.toBe(epoch)
  expect(await world.ada.says('another three')).toMatchObject({ seq: 3 })
  expect(await world.ada.hears()).toEqual(['ada: another three'])
})

test('what was there before is kept, and can be gone back to', async () => {
  const world = await backedUp()
  await world.server?.close()
  await command(world, 'restore', 'copy.db')
  const data = join(world.folder, 'data')
  const kept = readdirSync(data).find((file) => file.startsWith('chat-room.before-')) ?? ''
  expect(await command(world, 'restore', join('data', kept))).toMatchObject({ code: 0 })

  await world.start()
  await world.ada.connect()
  expect(await world.ada.join()).toMatchObject({ mode: 'reset', head: 3 })
  expect(existsSync(join(data, 'chat-room.db.restored'))).toBe(false)
})

test('one restore after another, even within a second, keeps what each found', async () => {
  const world = await backedUp()
  await world.server?.close()
  const runs = [
    await command(world, 'restore', 'copy.db'),
    await command(world, 'restore', 'copy.db'),
  ]
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  const kept = readdirSync(join(world.folder, 'data')).filter((file) => file.includes('.before-'))
  expect(kept).toHaveLength(2)
})

test('nothing is restored under a running server', async () => {
  const world = await backedUp()
  const { code, stderr } = await command(world, 'restore', 'copy.db')
  expect([code, stderr]).toEqual([75, expect.stringContaining('is in use by another server')])
  await world.ada.says('goes on')
})

test('while five people write on, a backup has all that was acknowledged before it began, and no hole', async () => {
  const world = await lobby({ people: ['ada', 'bob', 'eve', 'mia', 'tom'], threads: 'own' })
  const { ada, bob, eve, mia, tom } = world
  let goesOn = true
  const writes = async (person: Person): Promise<void> => {
    for (let n = 0; goesOn; n++) await person.says(`line ${n} of ${person.user.name}`)
  }
  const all = [ada, bob, eve, mia, tom].map(writes)
  await ada.next((frame) => frame.type === 'chat' && Number(frame.seq) > 50)
  const before = ada.standsAt('lobby')
  expect(await beside(world, 'backup', 'copy.db')).toMatchObject({ code: 0 })
  goesOn = false
  await Promise.all(all)
  const log = await world.log(ada)
  const { length: after } = log
  await world.server?.close()
  expect(await command(world, 'restore', 'copy.db')).toMatchObject({ code: 0 })

  await world.start()
  await ada.connect()
  const { head } = await ada.join()
  expect(head).toBeGreaterThanOrEqual(before)
  expect(head).toBeLessThan(after) // else nobody wrote meanwhile, and this test means nothing
  expect(await world.log(ada)).toEqual(log.slice(0, head))
  expect((await ada.request({ type: 'search', q: 'line' })).events?.[0]).toMatchObject({
    seq: head,
  })
})

test('a recalled line is in no backup', async () => {
  const world = await lobby({ people: ['ada'] })
  const { seq = 0 } = await world.ada.says('a-word-to-be-taken-back')
  await world.ada.recalls(seq)
  await command(world, 'backup', 'copy.db')
  expect(readFileSync(copyOf(world), 'utf8')).not.toContain('a-word-to-be-taken-back')
})
