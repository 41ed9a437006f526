import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { refusalOf, type Person } from '../helpers/person.js'

const HOURS = 3_600_000

/** A den of Mo's in which people wait so long between two lines. */
async function slow(slow_ms: number) {
  const world = await lobby({ people: ['mo', 'bob'] })
  for (const person of [world.mo, world.bob]) await person.join('den')
  await world.mo.request({ type: 'room', room: 'den', set: { slow_ms } })
  return world
}
const says = (person: Person, line: string, cid?: string) =>
  person.says(line, { room: 'den', ...(cid && { cid }) })

test.each([5_000, 6 * HOURS])(
  'the second line within %d ms goes back with the time to wait, and may be said after it',
  async (slow_ms) => {
    const world = await slow(slow_ms)
    await says(world.bob, 'one')
    world.passes(slow_ms - 2_000)
    const { code, retry, frame } = await refusalOf(says(world.bob, 'two', 'the-second-line'))
    expect([code, retry]).toEqual(['slow_mode', true])
    expect(frame.retry_after_ms).toBeGreaterThan(0)
    expect(frame.retry_after_ms).toBeLessThanOrEqual(2_000)
    expect(frame.data).toMatch(/\d seconds?/)

    world.passes(2_000)
    await says(world.bob, 'two', 'the-second-line')
    expect((await world.mo.hears('den')).slice(-2)).toEqual(['bob: one', 'bob: two'])
  },
)

test('it is a person’s and their browser’s, in every tab, but of this room alone', async () => {
  const world = await slow(60_000)
  const { bob, mo } = world
  await says(bob, 'one')
  const tab = await world.tab(bob)
  await tab.join('den')
  expect((await refusalOf(says(tab, 'two'))).code).toBe('slow_mode')
  await bob.says('the lobby is fast')
  const eve = await world.enters('eve')
  await eve.join('den')
  await says(eve, 'I said nothing yet')
  expect(await mo.hears('den')).toHaveLength(3) // with the notice
})

test('moderators and bots need not wait, and edits and reactions are no lines', async () => {
  const world = await slow(60_000)
  for (const line of ['one', 'two', 'three']) await says(world.mo, line)
  const { seq = 0 } = await says(world.bob, '@小小鸟 你好')
  await world.bob.next((got) => got.type === 'chat' && got.user.kind === 'bot')
  await world.bob.edits(seq, '@小小鸟 早上好', { room: 'den' })
  await world.bob.reacts(seq, '👍', true, 'den')
})

test('what was not stored costs no waiting: a refused line, and one sent twice', async () => {
  const world = await slow(60_000)
  await refusalOf(says(world.bob, ' '))
  await says(world.bob, 'one', 'said-and-resent')
  expect(await says(world.bob, 'one', 'said-and-resent')).toMatchObject({ dup: true })
  world.passes(60_000)
  await says(world.bob, 'two')
})

test('it begins and ends at once, for who waits as well', async () => {
  const world = await slow(6 * HOURS)
  await says(world.bob, 'one')
  await refusalOf(says(world.bob, 'two'))
  await world.mo.request({ type: 'room', room: 'den', set: { slow_ms: 0 } })
  await says(world.bob, 'two')
})

test('who comes in is told how long to wait, in another browser too, and after a restart', async () => {
  const world = await slow(90_000)
  const { bob, mo } = world
  await says(bob, 'one')
  world.passes(30_000)
  const waits = async (person: Person) => (await person.join('den', { anew: true })).you.wait_ms
  expect(await waits(await world.tab(bob))).toBeLessThanOrEqual(60_000)
  expect(await waits(mo)).toBeUndefined()

  await world.restart()
  world.passes(50_000)
  await bob.connect()
  expect(await waits(bob)).toBeLessThanOrEqual(10_000)
  expect((await refusalOf(says(bob, 'two'))).code).toBe('slow_mode')
  world.passes(10_000)
  await says(bob, 'two')
})
