import { describe, expect, test } from '@jest/globals'
import { openPeople } from './open-people.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('signing in', () => {
  test('gives a person an id of their own and a sid nobody can guess', async () => {
    const { people } = await openPeople()
    const ada = await people.enters('Ada')
    const bo = await people.enters('Bo')

    expect(ada.user).toMatchObject({ name: 'Ada', imageid: '3', kind: 'person' })
    expect(bo.user.id).toBeGreaterThan(ada.user.id)
    expect(Buffer.from(ada.sid, 'base64url')).toHaveLength(32)
    expect(await people.check(ada.sid)).toMatchObject({ user: ada.user })
  })

  test('refuses a held name and a reserved one with the same reason', async () => {
    const { people } = await openPeople({ reserved: ['小小鸟', 'Birdie'] })
    await people.enters('Ada')

    for (const name of [
      'ada',
      'АDА',
      '小小鸟',
      '小小 鸟',
      '小小鳥',
      'birdie',
      'ADMIN',
      'adm1n',
      '管理员',
      '房-主',
    ]) {
      expect(await people.signIn({ name, imageid: '0' })).toHaveProperty('refused')
    }
    expect(await people.signIn({ name: 'ADA', imageid: '0' })).toEqual({ refused: 'taken' })
    expect(await people.signIn({ name: 'System', imageid: '0' })).toEqual({ refused: 'taken' })
  })

  test('gives one of twenty racers the name', async () => {
    const { people } = await openPeople()
    const race = Array.from({ length: 20 }, () => people.signIn({ name: 'Ada', imageid: '1' }))
    const won = (await Promise.all(race)).filter((result) => 'sid' in result)
    expect(won).toHaveLength(1)
  })

  test('while signed in keeps the id, frees the name, and ends the old session', async () => {
    const { people, ended } = await openPeople()
    const ada = await people.enters('Ada')
    const before = await people.visitor(ada.sid)
    const again = await people.enters('Ada Lovelace', before)

    expect(again.user).toMatchObject({ id: ada.user.id, name: 'Ada Lovelace' })
    expect(again.sid).not.toBe(ada.sid)
    expect(await people.check(ada.sid)).toBeUndefined()
    expect(ended).toEqual([before.sidHash])
    expect(await people.isTaken('Ada')).toBe(false)
  })

  test('under the own name again is no quarrel with oneself', async () => {
    const { people } = await openPeople()
    const ada = await people.enters('Ada')
    const again = await people.enters('ADA', await people.visitor(ada.sid))
    expect(again.user).toMatchObject({ id: ada.user.id, name: 'ADA' })
  })
})

describe('a session', () => {
  test('is over at sign-out, for good, and who listens hears of it', async () => {
    const { people, ended } = await openPeople()
    const ada = await people.enters('Ada')
    const { sidHash } = await people.visitor(ada.sid)
    await people.signOut(sidHash)

    expect(await people.check(ada.sid)).toBeUndefined()
    expect(await people.stillValid([sidHash])).toEqual(new Set())
    expect(ended).toEqual([sidHash])
  })

  test('lasts as long as it is used, but no longer than 180 days', async () => {
    const { people, clock } = await openPeople({ ttl: 30 * DAY })
    const ada = await people.enters('Ada')

    for (let day = 0; day < 175; day += 25) {
      clock.now += 25 * DAY
      expect(await people.check(ada.sid)).toBeDefined()
    }
    clock.now += 6 * DAY
    expect(await people.check(ada.sid)).toBeUndefined()
  })

  test('that nobody used for its ttl is over, and can be swept away', async () => {
    const { people, clock } = await openPeople({ ttl: 30 * DAY })
    const ada = await people.enters('Ada')
    clock.now += 30 * DAY + 1

    expect(await people.check(ada.sid)).toBeUndefined()
    expect(await people.sweep()).toBe(1)
  })

  test('is found by its sid alone: anything else finds nothing', async () => {
    const { people } = await openPeople()
    const ada = await people.enters('Ada')
    const { sidHash } = await people.visitor(ada.sid)

    for (const sid of [
      '',
      sidHash,
      `${ada.sid}x`,
      ada.sid.slice(1),
      '__proto__',
      'x'.repeat(8192),
    ]) {
      expect(await people.check(sid)).toBeUndefined()
    }
  })
})

describe('a name', () => {
  test('is held for a day after its person was last seen', async () => {
    const { people, clock } = await openPeople()
    await people.enters('Ada')

    clock.now += DAY - HOUR
    expect(await people.isTaken('ada')).toBe(true)
    clock.now += 2 * HOUR
    expect(await people.isTaken('ada')).toBe(false)
    await people.enters('Ada')
  })

  test('is free as soon as its person signs out', async () => {
    const { people } = await openPeople()
    const ada = await people.enters('Ada')
    await people.signOut((await people.visitor(ada.sid)).sidHash)
    await people.enters('Ada')
  })

  test('can be changed, by the same rule', async () => {
    const { people } = await openPeople()
    const ada = await people.enters('Ada')
    await people.enters('Bo')

    expect(await people.rename(ada.user.id, 'BO')).toEqual({ refused: 'taken' })
    expect(await people.rename(ada.user.id, '')).toEqual({ refused: 'empty' })
    expect(await people.rename(ada.user.id, 'Cy', '7')).toMatchObject({
      user: { id: ada.user.id, name: 'Cy', imageid: '7' },
    })
  })

  test('can be asked about many times at once', async () => {
    const { people } = await openPeople({ reserved: ['小小鸟'] })
    await people.enters('Ada')
    const taken = await people.takenNow()
    expect(['ADA', '小小鸟', 'Bo', '…'].map(taken)).toEqual([true, true, false, false])
  })
})
