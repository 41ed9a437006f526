import { describe, expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const MINUTE = 60_000

/** A moderator of the house and Bob and Eve, in a den that another moderator, Mia, comes into later. */
async function den() {
  const world = await lobby({ people: ['mo', 'mia', 'bob', 'eve'] })
  const { mo, mia, bob, eve } = world
  for (const person of [mo, mia]) await world.gives(person, 'mod')
  for (const person of [mo, bob, eve]) await person.join('den')
  return world
}

describe('moderators know who may not speak', () => {
  test('at once and when they come, and nobody else does', async () => {
    const { mo, mia, bob, eve } = await den()
    const { muted_until } = await mo.request({ type: 'mute', room: 'den', user: bob.user.id, ms: MINUTE }) // prettier-ignore
    const told = await mo.next(({ type }) => type === 'silenced')
    expect(told).toMatchObject({ room: 'den', user: bob.user.id, muted_until })
    expect(await mia.join('den')).toMatchObject({ muted: [{ user: bob.user.id, muted_until }] })

    await mo.says('done', { room: 'den' })
    for (const person of [bob, eve]) {
      await person.hears('den')
      expect(person.frames.filter(({ type }) => type === 'silenced')).toEqual([])
      expect(await person.join('den')).not.toHaveProperty('muted')
    }
  })

  test('and that a mute was lifted, unless another one holds', async () => {
    const { mo, bob } = await den()
    const mutes = (ms: number, where = {}) =>
      mo.request({ type: 'mute', ...where, user: bob.user.id, ms })
    await mutes(MINUTE, { room: 'den' })
    const { muted_until } = await mutes(5 * MINUTE)
    await mutes(0, { room: 'den' })
    const still = mo.frames.findLast(({ type, room }) => type === 'silenced' && room === 'den')
    expect(still).toMatchObject({ muted_until })
    await mutes(0)
    const free = mo.frames.findLast(({ type, room }) => type === 'silenced' && room === 'den')
    expect(free).not.toHaveProperty('muted_until')
  })
})

test('who knocked was answered: the other moderators in the room are told', async () => {
  const { mo, mia, eve } = await den()
  await mia.join('den')
  await mo.request({ type: 'room', room: 'den', set: { approval: true } })
  await mo.request({ type: 'approve', room: 'den', user: eve.user.id, on: false })
  const answered = await mia.next(({ type }) => type === 'answered')
  expect(answered).toMatchObject({ room: 'den', user: eve.user.id, on: false })
})

test('who is sent out is told whether coming back is of use, and when', async () => {
  const { mo, bob, eve } = await den()
  await mo.request({ type: 'kick', user: bob.user.id })
  expect(await bob.next(({ type }) => type === 'kicked')).not.toHaveProperty('banned')
  await mo.request({ type: 'ban', room: 'den', user: eve.user.id, ms: MINUTE })
  const forAWhile = await eve.next(({ type }) => type === 'kicked')
  expect(forAWhile).toMatchObject({ room: 'den', banned: true, ms: expect.closeTo(MINUTE, -4) })
  await mo.request({ type: 'ban', user: eve.user.id })
  const forGood = await eve.next(({ type, room }) => type === 'kicked' && room === undefined)
  expect(forGood).toMatchObject({ banned: true })
  expect(forGood).not.toHaveProperty('ms')
  for (const { socket } of [bob, eve]) expect(await socket.closed).toMatchObject({ code: 4003 })
})
