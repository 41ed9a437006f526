import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { EventExtra, User } from '../../src/protocol.js'
import { UNREAD_MOST, type Entering, type RoomRow, type Store } from '../../src/store/store.js'
import type { Place } from './contract.js'
import * as world from './world.js'

const { bird, line, NOON, recall } = world

/** What every store must know of who belongs to a room, what they have not read, and who was invited. */
export function belongingContract(name: string, findPlace: () => Promise<Place>): void {
  describe(`who belongs where, on ${name}`, () => {
    let place: Place
    let store: Store
    let lobby: RoomRow
    let ada: User
    let grace: User

    beforeEach(async () => {
      place = await findPlace()
      store = await place.open()
      lobby = await world.room(store)
      ada = await world.signIn(store, 'Ada')
      grace = await world.signIn(store, 'Grace')
    })

    afterEach(() => place.remove())

    const entering = (userId: number, room = lobby, read = 0): Entering => ({
      userId,
      roomId: room.id,
      at: NOON,
      read,
    })
    const own = (userId: number) => store.people.of(userId)

    describe('a door', () => {
      test('tells room and standing at once, and of an absent room nothing', async () => {
        await store.people.put([entering(ada.id)], 'waits')

        expect(await store.people.door('lobby', ada.id)).toEqual({ room: lobby, standing: 'waits' })
        expect(await store.people.door('lobby', grace.id)).toEqual({ room: lobby })
        expect(await store.people.door('den', ada.id)).toEqual({})
      })

      test('keeps an older standing, unless it is put over it', async () => {
        await store.people.put([entering(ada.id)], 'away')

        expect(await store.people.put([entering(ada.id)], 'waits')).toBe(0)
        expect(await store.people.door('lobby', ada.id)).toMatchObject({ standing: 'away' })
        expect(await store.people.put([entering(ada.id)], 'in', true)).toBe(1)
        expect(await store.people.put([entering(ada.id)], 'in', true)).toBe(0)
        expect(await store.people.door('lobby', ada.id)).toMatchObject({ standing: 'in' })
      })

      test('knows nobody any more who was taken away', async () => {
        await store.people.put([entering(ada.id)], 'in')
        await store.people.remove(ada.id, lobby.id)

        expect(await store.people.door('lobby', ada.id)).toEqual({ room: lobby })
        expect(await own(ada.id)).toEqual([])
      })

      test('names who waits before it, longest first', async () => {
        await store.people.put([{ ...entering(ada.id), at: NOON + 1 }], 'waits')
        await store.people.put([entering(grace.id)], 'waits')

        expect(await store.people.waiting(lobby.id)).toEqual([grace, ada])
      })

      test('takes down two thousand at once', async () => {
        const people = Array.from({ length: 2_000 }, (_, index) => entering(index + 1))
        expect(await store.people.put(people, 'waits')).toBe(2_000)
        expect(await own(2_000)).toHaveLength(1)
      })
    })

    describe('what is unread', () => {
      const say = (...texts: string[]) => world.say(store, lobby, ...texts)

      test('is what others said behind the mark, and nothing of one’s own', async () => {
        await say('one', 'two', 'three') // by Ada
        await store.people.put([entering(ada.id), entering(grace.id, lobby, 1)], 'in')

        expect(await own(grace.id)).toMatchObject([{ read: 1, unread: 2, mentions: 0 }])
        expect(await own(ada.id)).toMatchObject([{ unread: 0 }])
      })

      test('is nothing of what was said before somebody came', async () => {
        await say('one', 'two')
        await store.people.put([entering(grace.id, lobby, 2)], 'in')
        expect(await own(grace.id)).toMatchObject([{ read: 2, unread: 0 }])
      })

      test('falls with the mark, which never goes back', async () => {
        await store.people.put([entering(grace.id)], 'in')
        await say('one', 'two', 'three')
        const mark = (seq: number) => ({ userId: grace.id, roomId: lobby.id, seq })

        await store.reads.advance([mark(2)])
        await store.reads.advance([mark(1)])
        expect(await own(grace.id)).toMatchObject([{ read: 2, unread: 1 }])
      })

      test('counts a bot’s line only where it calls somebody; a mention counts as both', async () => {
        await store.people.put([entering(grace.id)], 'in')
        const mentions = { extra: { mentions: [grace.id] } }
        await store.append(
          [
            line(lobby, 'tweet', { user: bird }),
            line(lobby, '@grace tweet', { user: bird, ...mentions }),
            line(lobby, '@grace hello', mentions),
            line(lobby, '@all hello', { extra: { all: true } }),
          ],
          NOON,
        )
        expect(await own(grace.id)).toMatchObject([{ unread: 3, mentions: 3 }])
      })

      test('is nothing of what was taken back', async () => {
        await store.people.put([entering(grace.id)], 'in')
        await store.append([line(lobby, '@grace x', { extra: { mentions: [grace.id] } })], NOON)
        await store.append([recall(lobby, 1)], NOON)

        expect(await own(grace.id)).toMatchObject([{ unread: 0, mentions: 0 }])
      })

      test('is asked for from any number on, and says up to which it counted', async () => {
        await say('one', 'two', 'three')
        expect(await store.people.unread(grace.id, lobby.id, 1)).toEqual({
          unread: 2,
          mentions: 0,
          upTo: 3,
        })
      })

      test('is counted no further than anybody looks', async () => {
        await store.people.put([entering(grace.id)], 'in')
        await say(...Array.from({ length: UNREAD_MOST + 5 }, (_, index) => `line ${index}`))
        expect(await own(grace.id)).toMatchObject([{ unread: UNREAD_MOST }])
      })

      test('is counted also for who said nearly all of the last lines', async () => {
        await store.people.put([entering(ada.id)], 'in')
        await store.append([line(lobby, 'hello', { user: grace })], NOON)
        await say(...Array.from({ length: 2 * UNREAD_MOST }, (_, index) => `line ${index}`)) // by Ada
        expect(await own(ada.id)).toMatchObject([{ unread: 1, room: { seq: 2 * UNREAD_MOST + 1 } }])
      })

      test('is the same whether it was looked up or counted, whatever happens meanwhile', async () => {
        const den = await world.room(store, 'den')
        const people: [User, ...User[]] = [ada, grace, await world.signIn(store, 'Lin')]
        for (const { id } of people) await store.people.put([entering(id), entering(id, den)], 'in')
        const random = world.seeded(7)
        const any = <T>(...some: [T, ...T[]]): T => some[random(some.length)] ?? some[0]
        const anybody = () => any(...people)
        for (let step = 0; step < 30; step++) {
          const [where, user] = [any(lobby, den), any(...people, bird)]
          const seq = 1 + random((await store.rooms.byName(where.name))?.seq || 1)
          const extra = any<EventExtra>({}, { mentions: [anybody().id] }, { all: true })
          const drafts = any(
            [line(where, 'one', { user, extra })],
            [line(where, 'one', { user }), line(where, 'two', { user: anybody() })],
            [recall(where, seq)],
            [world.edit(where, seq, `${step}`, { extra: { message: seq, ...extra } })],
            [world.react(where, seq, '🐦', { user })],
          )
          const flood = step % 10 === 9 ? 600 : 0
          for (let i = 0; i < flood; i++) drafts.push(line(where, 'one', { user: anybody() }))
          await store.append(drafts, NOON)
          await store.reads.advance([{ userId: anybody().id, roomId: where.id, seq }])
          const { id } = anybody()
          const [places] = await Promise.all([own(id), own(anybody().id)])
          for (const { room, read, unread, mentions } of places) {
            const counted = await store.people.unread(id, room.id, read)
            expect([step, { unread, mentions, upTo: room.seq }]).toEqual([step, counted])
          }
        }
      })

      test('stands beside how loud the room is', async () => {
        await store.people.put([entering(ada.id)], 'in')
        expect(await own(ada.id)).toMatchObject([{ level: 'all', standing: 'in' }])
        await store.people.setLevel(ada.id, lobby.id, 'muted')
        expect(await own(ada.id)).toMatchObject([{ level: 'muted' }])
      })
    })

    describe('a room', () => {
      test('keeps what is set, and only that is another than before', async () => {
        const change = { title: 'Den', archived: true, slow_ms: 5_000, passcodeHash: 'x' }
        const { settings, ...row } = world.roomRow(lobby)

        expect(await store.rooms.set(lobby.id, change)).toEqual({
          ...row,
          passcodeHash: 'x',
          settings: { ...settings, title: 'Den', archived: true, slow_ms: 5_000, passcode: true },
        })
        expect(await store.rooms.set(lobby.id, { passcodeHash: null, archived: false })).toEqual({
          ...row,
          settings: { ...settings, title: 'Den', slow_ms: 5_000 },
        })
        expect(await store.rooms.set(99, {})).toBeUndefined()
      })
    })

    describe('a room of two', () => {
      const between = (by: number, to: number, name = 'd-one') =>
        store.rooms.direct({ name, at: NOON, by, to })

      test('is one, whoever of both asks, twenty times at once', async () => {
        const asked = await Promise.all(
          Array.from({ length: 20 }, (_, n) =>
            n % 2 ? between(ada.id, grace.id, `d-${n}`) : between(grace.id, ada.id, `d-${n}`),
          ),
        )
        const [room] = asked
        expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
        expect(await store.rooms.between(ada.id, grace.id)).toEqual(room)
        expect(room).toMatchObject({ two: [ada.id, grace.id], settings: { kind: 'direct' } })
      })

      test('is both’s, and each sees the other in it, be it a bot', async () => {
        const bot = await store.users.bot('小小鸟', 'bot', true)
        const room = await between(ada.id, bot.id)
        await store.append([line(room, 'tweet', { user: bot })], NOON)

        expect(await own(ada.id)).toMatchObject([{ peer: bot, unread: 1 }])
        expect(await store.rooms.madeSince(ada.id, NOON, 'direct')).toBe(1)
        expect(await store.rooms.madeSince(ada.id, NOON, 'room')).toBe(0)
      })
    })

    describe('an invite', () => {
      const make = (more: { uses?: number; expiresAt?: number } = {}) =>
        store.invites.make({ roomId: lobby.id, tokenHash: 'hash', by: ada.id, at: NOON, ...more })
      const use = (userId: number, now = NOON) => store.invites.use('hash', userId, now)
      const used = async () => (await store.invites.open(lobby.id, NOON))[0]?.used

      test('lets people in, past what was said before they came', async () => {
        await world.say(store, lobby, 'one')
        await make()
        expect(await use(grace.id)).toMatchObject({ id: lobby.id })
        expect(await own(grace.id)).toMatchObject([{ standing: 'in', read: 1, unread: 0 }])
      })

      test('is counted once a person, also when they come again or at once', async () => {
        await make({ uses: 5 })
        await Promise.all(Array.from({ length: 5 }, () => use(grace.id)))
        await use(grace.id)
        expect(await used()).toBe(1)
      })

      test('lets in as many as it says, of twenty who come at once', async () => {
        await make({ uses: 3 })
        const names = Array.from({ length: 20 }, (_, n) => `Guest ${n}`)
        const guests = await Promise.all(names.map((guest) => world.signIn(store, guest)))
        const rooms = await Promise.all(guests.map(({ id }) => use(id)))

        expect(rooms.filter((room) => room !== undefined)).toHaveLength(3)
        const inside = await Promise.all(guests.map(({ id }) => own(id)))
        expect(inside.filter((list) => list.length > 0)).toHaveLength(3)
      })

      test('opens nothing once it has expired, was revoked, or never was', async () => {
        const { id } = await make({ expiresAt: NOON + 10 })
        expect(await use(grace.id, NOON + 10)).toBeUndefined()
        expect(await store.invites.use('another', grace.id, NOON)).toBeUndefined()

        expect(await store.invites.revoke(lobby.id, id, NOON)).toBe('now')
        expect(await store.invites.revoke(lobby.id, id, NOON)).toBe('before')
        expect(await store.invites.revoke(99, id, NOON)).toBe('unknown')
        expect(await use(grace.id)).toBeUndefined()
        expect(await own(grace.id)).toEqual([])
      })

      test('is not spent on who may not come in', async () => {
        await make({ uses: 1 })
        expect(await store.invites.use('hash', grace.id, NOON, () => false)).toBeUndefined()
        expect([await used(), await own(grace.id)]).toEqual([0, []])
        expect(await store.invites.use('hash', grace.id, NOON, ({ id }) => id === lobby.id)).toMatchObject({ id: lobby.id }) // prettier-ignore
      })

      test('still leads into the room who is in it', async () => {
        await make({ uses: 1 })
        await use(grace.id)
        expect(await use(grace.id)).toMatchObject({ id: lobby.id })
      })

      test('is listed while it opens something', async () => {
        const { id } = await make({ uses: 2, expiresAt: NOON + 10 })
        expect(await store.invites.open(lobby.id, NOON)).toEqual([
          { id, by: ada.id, at: NOON, expiresAt: NOON + 10, uses: 2, used: 0 },
        ])
        expect(await store.invites.open(lobby.id, NOON + 10)).toEqual([])
      })
    })
  })
}
