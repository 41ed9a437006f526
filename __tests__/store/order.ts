import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { AuditEntry, NewSanction, RoomRow, Store } from '../../src/store/store.js'
import type { Place } from './contract.js'
import { attempt, limits, MINUTE, NOON, room, signIn } from './world.js'

const mo = { id: 7, name: 'mo' }
const bob = { id: 8, name: 'bob' }

const entry = (action: string, other: Partial<AuditEntry> = {}): AuditEntry => ({
  at: NOON,
  by: mo,
  action,
  roomId: null,
  target: bob,
  ...other,
})

const ban = (other: Partial<NewSanction> = {}): NewSanction => ({
  kind: 'ban',
  roomId: null,
  user: bob,
  targets: [{ target: 'user', value: '8' }],
  until: null,
  by: mo,
  at: NOON,
  ...other,
})

/** What every store must do for the order of a house. */
export function orderContract(name: string, findPlace: () => Promise<Place>): void {
  describe(`the order kept in ${name}`, () => {
    let place: Place
    let store: Store
    let lobby: RoomRow

    beforeEach(async () => {
      place = await findPlace()
      store = await place.open()
      lobby = await room(store)
    })
    afterEach(() => place.remove())

    const actions = async () => (await store.audit.page({ limit: 50 })).map(({ action }) => action)

    test('gives roles, changes and takes them, and says who did', async () => {
      const ada = await signIn(store, 'Ada')
      await store.roles.set(ada.id, 'mod', entry('role'))
      await store.roles.set(ada.id, 'host', entry('role'))
      expect(await store.roles.all()).toEqual([{ userId: ada.id, role: 'host' }])

      await store.roles.set(ada.id, undefined, entry('role'))
      expect(await store.roles.all()).toEqual([])
      expect(await actions()).toEqual(['role', 'role', 'role'])
    })

    test('gives the role of a link once, in time, and to one of twenty at once', async () => {
      const people = await Promise.all(
        Array.from({ length: 20 }, (_, i) => signIn(store, `guest${i}`)),
      )
      await store.roles.addLink('hash', NOON + MINUTE, NOON)
      const claims = await Promise.all(
        people.map(({ id }) => store.roles.claimLink('hash', id, entry('claim'))),
      )

      expect(claims.filter(Boolean)).toHaveLength(1)
      expect(await store.roles.all()).toHaveLength(1)
      expect(await actions()).toEqual(['claim'])
    })

    test('takes no link that is over, and forgets it with the next one', async () => {
      const ada = await signIn(store, 'Ada')
      await store.roles.addLink('old', NOON, NOON - MINUTE)
      expect(await store.roles.claimLink('old', ada.id, entry('claim'))).toBe(false)
      await store.roles.addLink('new', NOON + MINUTE, NOON)
      const early = entry('claim', { at: NOON - MINUTE })
      expect(await store.roles.claimLink('old', ada.id, early)).toBe(false)
      expect(await store.roles.claimLink('new', ada.id, early)).toBe(true)
    })

    test('keeps a sanction whole, until it is over or lifted', async () => {
      const targets = [
        { target: 'user' as const, value: '8' },
        { target: 'device' as const, value: 'hash' },
        { target: 'name' as const, value: 'bob' },
        { target: 'address' as const, value: '203.0.113.0' },
      ]
      const whole = ban({ targets, until: NOON + MINUTE, roomId: lobby.id })
      const id = await store.sanctions.add(whole, [], entry('ban'))
      const forGood = await store.sanctions.add(ban({ kind: 'mute' }), [], entry('mute'))

      const [first, second] = await store.sanctions.active(NOON)
      expect({ ...first, targets: new Set(first?.targets) }).toEqual({ ...whole, id, targets: new Set(targets) }) // prettier-ignore
      expect(second).toEqual({ ...ban({ kind: 'mute' }), id: forGood })
      expect(await store.sanctions.active(NOON + MINUTE)).toEqual([second])
      await store.sanctions.lift([forGood], entry('unmute'))
      expect(await store.sanctions.active(NOON + MINUTE)).toEqual([])
      expect(await actions()).toEqual(['unmute', 'mute', 'ban'])
    })

    test('puts a sanction in the place of another, in one step', async () => {
      const old = await store.sanctions.add(ban(), [], entry('ban'))
      const fresh = await store.sanctions.add(ban({ until: NOON + MINUTE }), [old], entry('ban'))
      expect((await store.sanctions.active(NOON)).map(({ id }) => id)).toEqual([fresh])
    })

    test('says in the log who did what to whom, newest first, page by page, room by room', async () => {
      const details = { ms: 5, by: ['name'] }
      await store.audit.add(entry('mute', { details }))
      await store.audit.add(entry('kick', { roomId: lobby.id, by: { id: null, name: 'console' } }))
      await store.audit.add(entry('host-link', { target: null }))

      const [link, kick, mute] = await store.audit.page({ limit: 3 })
      expect(link).toEqual({ ...entry('host-link', { target: null }), id: expect.any(Number) })
      expect(kick).toMatchObject({ by: { id: null, name: 'console' }, target: bob })
      expect(mute).toMatchObject({ details })
      const page = await store.audit.page({ limit: 1, before: kick?.id ?? 0 })
      expect(page.map(({ action }) => action)).toEqual(['mute'])
      const there = await store.audit.page({ limit: 9, room: lobby.id })
      expect(there.map(({ action }) => action)).toEqual(['kick'])
    })

    test('keeps one report of a message by a person, the newest first', async () => {
      const report = { roomId: lobby.id, seq: 3, by: mo, at: NOON, data: 'rude' }
      expect(await store.reports.add(report)).toBe(true)
      expect(await store.reports.add({ ...report, data: 'again' })).toBe(false)
      expect(await store.reports.add({ ...report, by: bob })).toBe(true)

      const reports = await store.reports.newest({ limit: 50 })
      expect(reports.map(({ by, data }) => [by.name, data])).toEqual([
        ['bob', 'rude'],
        ['mo', 'rude'],
      ])
      expect(await store.reports.newest({ limit: 1, room: lobby.id })).toHaveLength(1)
      expect(await store.reports.newest({ limit: 50, room: lobby.id + 1 })).toEqual([])
    })

    test('has a report seen to once, of two at once, and keeps those that are open first', async () => {
      const report = { roomId: lobby.id, seq: 3, by: bob, at: NOON, data: '' }
      await store.reports.add(report)
      await store.reports.add({ ...report, seq: 4 })
      const [later] = await store.reports.newest({ limit: 1 })
      const handle = () => store.reports.handle(later?.id ?? 0, entry('handled'))
      expect((await Promise.all([handle(), handle()])).toSorted()).toEqual([false, true])

      expect(await store.reports.newest({ limit: 50 })).toMatchObject([
        { seq: 3 },
        { seq: 4, handled: { by: mo, at: NOON } },
      ])
      expect(await store.reports.byId(later?.id ?? 0)).toMatchObject({
        seq: 4,
        handled: { by: mo },
      })
      expect(await store.reports.byId(99)).toBeUndefined()
      expect(await actions()).toEqual(['handled'])
    })

    test('knows the browsers that somebody was in, and who holds a session', async () => {
      const ada = await signIn(store, 'Ada', { device: 'laptop' })
      await store.users.signIn(
        attempt('Ada', {
          userId: ada.id,
          oldSidHash: 'sid of Ada',
          sidHash: 'two',
          device: 'phone',
        }),
      )

      expect((await store.sessions.devicesOf(ada.id)).toSorted()).toEqual(['laptop', 'phone'])
      expect(await store.sessions.check('two', limits())).toMatchObject({ device: 'phone' })
      expect(await store.sessions.anyOf([ada.id, 99], limits())).toBe(true)
      await store.sessions.revokeAll(ada.id)
      expect(await store.sessions.anyOf([ada.id, 99], limits())).toBe(false)
      expect(await store.sessions.anyOf([], limits())).toBe(false)
    })

    test('finds a person by a name that looks so: who holds it, or else who bore it last', async () => {
      const first = await signIn(store, 'Ada')
      await store.sessions.revokeAll(first.id)
      const second = await signIn(store, 'Ada', { sidHash: 'new', now: NOON + MINUTE })
      await signIn(store, 'Grace')

      expect(await store.users.named('ada')).toEqual(second)
      await store.sessions.revokeAll(second.id)
      expect(await store.users.named('ada')).toEqual(second)
      expect(await store.users.named('nobody')).toBeUndefined()
      const present = await store.users.present(limits(), 10)
      expect(present).toMatchObject([{ name: 'Grace', seen: NOON }])
    })
  })
}
