import { afterEach, expect, jest, test } from '@jest/globals'
import { Sanctions } from '../../src/chat/order/sanctions.js'
import { SlowMode } from '../../src/chat/order/slow-mode.js'
import type { AuditEntry, NewSanction, Sanction, SanctionStore } from '../../src/store/store.js'

afterEach(() => void jest.useRealTimers())

const MINUTE = 60_000
const START = 1_000_000
const by = { id: 7, name: 'mo' }
const entry: AuditEntry = { at: 0, by, action: 'test', roomId: null, target: null }

const mute = (until: number | null, other: Partial<NewSanction> = {}): NewSanction => ({
  kind: 'mute',
  roomId: null,
  user: { id: 8, name: 'bob' },
  targets: [{ target: 'user', value: '8' }],
  until,
  by,
  at: 0,
  ...other,
})

/** Sanctions on a store that keeps nothing but ids, and two clocks to turn by hand. */
function world(kept: readonly Sanction[] = []) {
  const clock = { wall: START, steady: 0 }
  let id = 0
  const store: SanctionStore = {
    active: async () => [...kept],
    add: async () => ++id,
    lift: async () => {},
  }
  const times = { now: () => clock.wall, steady: () => clock.steady }
  return { clock, store, sanctions: new Sanctions(store, times) }
}

/** The same with a clock that jest turns. `ended`: rooms of the bans whose end was told. */
function ending(kept: readonly Sanction[] = []) {
  jest.useFakeTimers({ now: START })
  const ended: (number | null)[] = []
  const times = { now: Date.now, steady: Date.now }
  const ban = ({ roomId }: Sanction) => ended.push(roomId)
  return { ended, sanctions: new Sanctions(world(kept).store, times, ban) }
}
const bob = { userId: 8 }

test('who turns the machine’s clock neither ends a mute nor prolongs it', async () => {
  const { clock, sanctions } = world()
  await sanctions.add(mute(clock.wall + MINUTE), [], entry)
  clock.wall += 86_400_000
  expect(sanctions.mutedMs(null, bob)).toBe(MINUTE)
  clock.wall -= 7 * 86_400_000
  clock.steady += MINUTE
  expect(sanctions.mutedMs(null, bob)).toBe(0)
})

test('what was kept goes on for as long as is left of it', async () => {
  const { clock, sanctions } = world([{ ...mute(START + MINUTE), id: 3 }])
  await sanctions.load()
  clock.steady += MINUTE / 2
  expect(sanctions.mutedMs(null, bob)).toBe(MINUTE / 2)
})

test('the end of a ban from a room is told, of several and of one that was kept, and no other end', async () => {
  const ban = (minutes: number, roomId: number | null) =>
    mute(START + minutes * MINUTE, { kind: 'ban', roomId })
  const { sanctions, ended } = ending([{ ...ban(3, 5), id: 7 }])
  await sanctions.load()
  await sanctions.add(ban(1, 6), [], entry)
  await sanctions.add(ban(1, null), [], entry)
  await sanctions.add(mute(START + MINUTE, { roomId: 5 }), [], entry)
  await sanctions.lift([(await sanctions.add(ban(2, 8), [], entry)).id], entry)

  jest.advanceTimersByTime(MINUTE)
  expect(ended).toEqual([6])
  jest.advanceTimersByTime(2 * MINUTE)
  expect(ended).toEqual([6, 5])
  expect(jest.getTimerCount()).toBe(0)
})

test('the end of a ban that lasts longer than a timer can is told then, and not before', async () => {
  const year = 365 * 86_400_000
  const { sanctions, ended } = ending()
  const looks = jest.spyOn(globalThis, 'setTimeout')
  await sanctions.add(mute(START + year, { kind: 'ban', roomId: 5 }), [], entry)
  jest.advanceTimersByTime(MINUTE)
  expect(looks).toHaveBeenCalledTimes(1)
  jest.advanceTimersByTime(year - MINUTE - 1)
  expect(ended).toEqual([])
  jest.advanceTimersByTime(1)
  expect(ended).toEqual([5])
})

test('of several the longest counts, and what is lifted counts no more', async () => {
  const { clock, sanctions } = world()
  await sanctions.add(mute(clock.wall + MINUTE), [], entry)
  const { id } = await sanctions.add(mute(clock.wall + 3 * MINUTE, { roomId: 5 }), [], entry)
  expect([sanctions.mutedMs(5, bob), sanctions.mutedMs(6, bob)]).toEqual([3 * MINUTE, MINUTE])
  await sanctions.lift([id], entry)
  expect(sanctions.mutedMs(5, bob)).toBe(MINUTE)
})

test('a mute is no ban, and another person is another person', async () => {
  const { sanctions } = world()
  await sanctions.add(mute(null), [], entry)
  expect(sanctions.mutedMs(null, bob)).toBe(Infinity)
  expect(sanctions.bannedMs(null, bob)).toBe(0)
  expect(sanctions.mutedMs(null, { userId: 9, device: '8', address: '8' })).toBe(0)
})

test('the skeleton of a name is made only while a name is barred', async () => {
  const { sanctions } = world()
  let made = 0
  const who = { userId: 9, name: () => `bob${++made}` }
  await sanctions.add(mute(null), [], entry)
  sanctions.bannedMs(null, who)
  expect(made).toBe(0)

  const barred = mute(null, { kind: 'ban', targets: [{ target: 'name', value: 'bob1' }] })
  const { id } = await sanctions.add(barred, [], entry)
  expect(sanctions.bannedMs(null, who)).toBe(Infinity)
  await sanctions.lift([id], entry)
  sanctions.bannedMs(null, who)
  expect(made).toBe(1)
})

test('what is over is in no list and has no id any more', async () => {
  const { clock, sanctions } = world()
  const { id } = await sanctions.add(mute(clock.wall + MINUTE), [], entry)
  expect(sanctions.active('mute')).toHaveLength(1)
  clock.steady += MINUTE
  expect([sanctions.byId(id), sanctions.active('mute')]).toEqual([undefined, []])
})

test('slow mode lets a line pass once in its time, and gives it back when it was not stored', () => {
  let now = 0
  const slow = new SlowMode(() => now)
  const who = { userId: 1, device: 'laptop' }
  const wait = (person: typeof who, room = 1) => {
    try {
      slow.take(room, person, 10_000)
      return 0
    } catch (error) {
      return (error as { details: { waitMs: number } }).details.waitMs
    }
  }
  const takeBack = slow.take(1, who, 10_000)
  expect(wait(who)).toBe(10_000)
  expect(wait({ userId: 2, device: 'laptop' })).toBe(10_000) // another name in the same browser
  expect(wait({ userId: 2, device: 'phone' })).toBe(0)
  expect(wait(who, 2)).toBe(0)

  takeBack()
  expect(wait(who)).toBe(0)
  now = 9_999
  expect(wait(who)).toBe(1)
  now = 10_000
  expect(wait(who)).toBe(0)
})

test('slow mode gives back no line but the one that was refused', () => {
  let now = 0
  const slow = new SlowMode(() => now)
  const who = { userId: 1 }
  const first = slow.take(1, who, 0)
  now = 5
  slow.take(1, who, 0)
  first()
  expect(() => slow.take(1, who, 10_000)).toThrow('slow_mode')
})
