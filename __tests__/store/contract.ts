import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { PAGE_BYTES, type EventExtra } from '../../src/protocol.js'
import type { Draft, RoomRow, Store } from '../../src/store/store.js'
import { timeline } from './read-page.js'
import * as world from './world.js'

const { ada, attempt, bird, DAY, grace, hold, limits, line, MINUTE, NOON, say, seeded, seqs } =
  world

/** An empty place for data. It can be opened again after the store was closed. */
export interface Place {
  open(): Promise<Store>
  /** Closes what is open, whatever the test left behind, and removes the data. */
  remove(): Promise<void>
}

/** What every store must do, whatever keeps the rows. */
export function storeContract(name: string, findPlace: () => Promise<Place>): void {
  describe(`a store on ${name}`, () => {
    let place: Place
    let store: Store
    let lobby: RoomRow

    beforeEach(async () => {
      place = await findPlace()
      store = await place.open()
      lobby = await world.room(store)
    })

    afterEach(() => place.remove())

    const reopen = async () => {
      await store.close()
      store = await place.open()
    }

    describe('appending', () => {
      test('numbers events from 1 without gaps and tells each its time', async () => {
        const outcomes = await store.append([line(lobby, 'one'), line(lobby, 'two')], NOON)

        expect(outcomes).toEqual([
          { status: 'stored', seq: 1, at: NOON },
          { status: 'stored', seq: 2, at: NOON },
        ])
        expect(await store.rooms.byName('lobby')).toMatchObject({ seq: 2, at: NOON, floor: 1 })
      })

      test('numbers each room by itself', async () => {
        const den = await world.room(store, 'den')
        const drafts = [line(lobby, 'a'), line(den, 'b'), line(lobby, 'c'), line(den, 'd')]

        expect(seqs(await store.append(drafts, NOON))).toEqual([1, 1, 2, 2])
      })

      test('stays contiguous under a thousand appends at once over twenty rooms', async () => {
        const rooms = await Promise.all(
          Array.from({ length: 20 }, (_, index) => world.room(store, `room-${index}`)),
        )
        const random = seeded(7)
        const batches = Array.from({ length: 1_000 }, (_, batch) =>
          Array.from({ length: 1 + random(4) }, (_, index) =>
            line(rooms[random(20)] ?? lobby, `${batch}.${index}`),
          ),
        )

        const outcomes = await Promise.all(batches.map((batch) => store.append(batch, NOON)))

        const given = numbersByRoom(batches, outcomes.map(seqs))
        for (const { id, name } of rooms) {
          const numbers = given.get(id) ?? []
          expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
          expect(await store.rooms.byName(name)).toMatchObject({ seq: numbers.length })
        }
      })

      test('answers a cid that it knows with the number of the first time', async () => {
        const hello = line(lobby, 'hello')
        await store.append([hello, line(lobby, 'more')], NOON)

        expect(await store.append([hello], NOON + 5)).toEqual([{ status: 'dup', seq: 1, at: NOON }])
        expect(await store.rooms.byName('lobby')).toMatchObject({ seq: 2 })
      })

      test('refuses a known cid with another text, and numbers what comes with it', async () => {
        const hello = line(lobby, 'hello')
        await store.append([hello], NOON)
        const other = { ...hello, data: 'bye', received: 'bye' }

        expect(seqs(await store.append([other, line(lobby, 'x')], NOON))).toEqual(['conflict', 2])
      })

      test('judges a repetition by the text as received, before plugins changed it', async () => {
        const shouted = line(lobby, 'HELLO', { received: 'hello' })
        await store.append([shouted], NOON)

        const [again] = await store.append([{ ...shouted, data: 'hello' }], NOON)
        const [other] = await store.append([{ ...shouted, received: 'HELLO' }], NOON)

        expect(again).toMatchObject({ status: 'dup', seq: 1 })
        expect(other).toEqual({ status: 'conflict' })
      })

      test('finds repetition and conflict inside one batch as well', async () => {
        const hello = line(lobby, 'hello')
        const other = { ...hello, data: 'bye', received: 'bye' }

        const outcomes = await store.append([hello, hello, other, line(lobby, 'x')], NOON)

        expect(outcomes.map(({ status }) => status)).toEqual([
          'stored',
          'dup',
          'conflict',
          'stored',
        ])
        expect(seqs(outcomes)).toEqual([1, 1, 'conflict', 2])
      })

      test('takes the same cid from another author or in another room for another event', async () => {
        const den = await world.room(store, 'den')
        const hello = line(lobby, 'hello')
        const drafts = [hello, { ...hello, user: grace }, { ...hello, roomId: den.id }]

        expect(seqs(await store.append(drafts, NOON))).toEqual([1, 2, 1])
      })

      test('stores one event of a cid that comes a hundred times at once', async () => {
        const hello = line(lobby, 'hello')

        const outcomes = await Promise.all(
          Array.from({ length: 100 }, () => store.append([hello], NOON)),
        )

        const statuses = outcomes.flat().map(({ status }) => status)
        expect(statuses.filter((status) => status === 'stored')).toHaveLength(1)
        expect(new Set(outcomes.flatMap(seqs))).toEqual(new Set([1]))
      })

      test('says when there is no such room, and stores the rest', async () => {
        const nowhere = { ...lobby, id: 999 }

        expect(seqs(await store.append([line(nowhere, 'a'), line(lobby, 'b')], NOON))).toEqual([
          'no_such_room',
          1,
        ])
      })

      test('never lets time run backwards in a room, even if the clock does', async () => {
        await store.append([line(lobby, 'late')], NOON + DAY)

        const [early] = await store.append([line(lobby, 'after the clock stepped back')], NOON)

        expect(early).toEqual({ status: 'stored', seq: 2, at: NOON + DAY })
      })

      test('stores lines while people sign in', async () => {
        const names = Array.from({ length: 20 }, (_, index) => `guest${index}`)

        const both = names.map(async (name) => [
          await world.signIn(store, name),
          await store.append([line(lobby, name)], NOON),
        ])
        const lines = names.map((name) => store.append([line(lobby, name)], NOON))

        expect(await Promise.all(both)).toHaveLength(20)
        expect((await Promise.all(lines)).flatMap(seqs)).toHaveLength(20)
        expect(await store.rooms.byName('lobby')).toMatchObject({ seq: 40 })
      })

      test('has nothing to do for no drafts', async () => {
        expect(await store.append([], NOON)).toEqual([])
      })
    })

    describe('reading events', () => {
      test('gives back what was stored, author and all', async () => {
        const extra = {
          reply_to: 1,
          mentions: [2],
          cause: 1,
          hop: 1,
          ended: 'done',
        } satisfies EventExtra
        const answer = line(lobby, '你好 👋\n"quoted"', { user: bird, extra })
        await store.append([line(lobby, 'hi'), answer], NOON)

        expect(await store.events.bySeq(lobby, 2)).toEqual({
          type: 'chat',
          id: 2,
          seq: 2,
          room: 'lobby',
          at: NOON,
          user: bird,
          data: '你好 👋\n"quoted"',
          cid: answer.cid,
          ...extra,
          reply: { seq: 1, user: ada, data: 'hi' },
        })
        expect(await store.events.bySeq(lobby, 3)).toBeUndefined()
      })

      test('keeps the name that an author had then', async () => {
        const user = await world.signIn(store, 'Ada')
        await store.append([line(lobby, 'hi', { user })], NOON)
        await store.users.rename(user.id, world.renamed('Countess'), hold())

        expect(await store.events.bySeq(lobby, 1)).toMatchObject({ user: { name: 'Ada' } })
      })

      test('knows a cid, and tells another text', async () => {
        const hello = line(lobby, 'hello')
        await store.append([hello], NOON)
        const known = (received: string, user = ada) =>
          store.events.known(lobby.id, user.id, hello.cid, received)

        expect(await known('hello')).toEqual({ status: 'dup', seq: 1, at: NOON })
        expect(await known('bye')).toEqual({ status: 'conflict' })
        expect(await known('hello', grace)).toBeUndefined()
      })

      test('gives every numbered event after a position, at most as many as asked', async () => {
        await say(store, lobby, 'a', 'b', 'c', 'd')
        await store.append([world.react(lobby, 1, '👍')], NOON)

        expect(numbers(await store.events.range(lobby, 1, 3))).toEqual([2, 3, 4])
        expect(numbers(await store.events.range(lobby, 3, 200))).toEqual([4, 5])
        expect(await store.events.range(lobby, 5, 200)).toEqual([])
      })

      test('keeps the events of other rooms out of a range', async () => {
        const den = await world.room(store, 'den')
        await say(store, den, 'secret')
        await say(store, lobby, 'open')

        const events = await store.events.range(lobby, 0, 200)

        expect(events.map(({ data }) => data)).toEqual(['open'])
      })

      test('shows only lines in the timeline, and the newest without a cursor', async () => {
        await say(store, lobby, 'a', 'b')
        await store.append(
          [
            world.edit(lobby, 1, 'x'),
            world.react(lobby, 1, '👍'),
            world.recall(lobby, 2),
            line(lobby, 'x', { type: 'notice' }),
            world.topic(lobby, 'x'),
            world.pin(lobby, 1),
          ],
          NOON,
        )

        const all = await timeline(store, lobby, { limit: 50 })
        const newest = await timeline(store, lobby, { limit: 3 })

        expect([numbers(all.events), all.more]).toEqual([[1, 2, 6, 7, 8], false])
        expect([numbers(newest.events), newest.more]).toEqual([[6, 7, 8], true])
      })

      test.each([
        [{ before: 6, limit: 2 }, [4, 5], true],
        [{ before: 3, limit: 2 }, [1, 2], false],
        [{ before: 1, limit: 2 }, [], false],
        [{ after: 1, limit: 2 }, [2, 3], true],
        [{ after: 3, limit: 2 }, [4, 5], false],
        [{ after: 0, limit: 5 }, [1, 2, 3, 4, 5], false],
        [{ after: 5, limit: 5 }, [], false],
      ])('pages exclusively from a cursor: %j', async (window, expected, more) => {
        await say(store, lobby, 'a', 'b', 'c', 'd', 'e')

        const page = await timeline(store, lobby, window)

        expect([numbers(page.events), page.more]).toEqual([expected, more])
      })

      test('ends a page before its JSON outgrows the limit, nearest to the cursor first', async () => {
        const long = '"'.repeat(8_000) // in JSON twice as long
        await say(store, lobby, ...Array.from({ length: 40 }, () => long))

        const range = await store.events.range(lobby, 0, 200)
        const newest = await timeline(store, lobby, { limit: 200 })
        const after = await timeline(store, lobby, { after: 0, limit: 200 })

        expect(numbers(range)).toEqual(Array.from({ length: range.length }, (_, i) => i + 1))
        expect(range.length).toBeGreaterThan(10)
        for (const events of [range, newest.events, after.events]) {
          expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThanOrEqual(PAGE_BYTES)
        }
        expect([newest.events.at(-1)?.seq, newest.more]).toEqual([40, true])
        expect([after.events[0]?.seq, after.more]).toEqual([1, true])
      })
    })

    describe('rooms', () => {
      test('makes a room once and keeps its first title', async () => {
        const first = await store.rooms.ensure({ name: '猫', title: 'Cats', at: NOON })
        const again = await store.rooms.ensure({ name: '猫', title: 'Dogs', at: NOON + 1 })

        expect(again).toEqual(first)
        expect(first).toEqual(
          world.roomRow({
            id: first.id,
            name: '猫',
            settings: { ...world.roomRow().settings, title: 'Cats' },
          }),
        )
        expect(await store.rooms.byName('狗')).toBeUndefined()
      })

      test('makes one room for twenty who ask for it at once', async () => {
        const rows = await Promise.all(Array.from({ length: 20 }, () => world.room(store, 'den')))

        expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
        expect((await store.rooms.all()).map(({ name }) => name)).toEqual(['lobby', 'den'])
      })

      test('counts the rooms that somebody made of late', async () => {
        const make = (name: string, at: number, by?: number) =>
          store.rooms.ensure({ name, title: '', at, ...(by && { by }) })
        await make('old', NOON - 2, ada.id)
        await make('new', NOON, ada.id)
        await make('hers', NOON, grace.id)

        expect(await store.rooms.madeSince(ada.id, NOON - 1, 'room')).toBe(1)
        expect(await store.rooms.madeSince(ada.id, NOON - 2, 'room')).toBe(2)
      })
    })

    describe('names', () => {
      test('makes a user at the first sign-in', async () => {
        const user = await world.signIn(store, 'Ada', { imageid: '7' })

        expect(user).toEqual({ id: expect.any(Number), name: 'Ada', imageid: '7', kind: 'person' })
        expect(user.id).toBeGreaterThan(0)
        expect(await store.users.byId(user.id)).toEqual(user)
        expect(await store.users.byId(user.id + 1)).toBeUndefined()
      })

      test('gives a name to one of twenty who want it at once', async () => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store.users.signIn(attempt('Ada', { sidHash: `sid ${index}` })),
          ),
        )

        expect(results.filter((result) => result === 'taken')).toHaveLength(19)
      })

      test('takes names that look alike for one', async () => {
        await world.signIn(store, 'paypal')

        const lookalike = attempt('pаypаl', { skeleton: 'paypal', sidHash: 'other' })
        expect(await store.users.signIn(lookalike)).toBe('taken')
      })

      test('changes nothing when a name is taken', async () => {
        await world.signIn(store, 'Ada')
        const grace = await world.signIn(store, 'Grace')

        const refused = attempt('Ada', {
          userId: grace.id,
          sidHash: 'new',
          oldSidHash: 'sid of Grace',
        })
        expect(await store.users.signIn(refused)).toBe('taken')

        expect(await store.sessions.check('sid of Grace', limits())).toEqual(grace)
        expect(await store.sessions.check('new', limits())).toBeUndefined()
      })

      test('keeps the user who signs in again, frees the old name and ends the old session', async () => {
        const before = await world.signIn(store, 'Ada')
        const after = await world.signIn(store, 'Countess', {
          userId: before.id,
          oldSidHash: 'sid of Ada',
        })

        expect(after).toMatchObject({ id: before.id, name: 'Countess' })
        expect(await store.sessions.check('sid of Ada', limits())).toBeUndefined()
        expect(await store.sessions.check('sid of Countess', limits())).toEqual(after)
        await world.signIn(store, 'Ada', { sidHash: 'somebody else' })
      })

      test('lets a person keep the own name when signing in again', async () => {
        const { id } = await world.signIn(store, 'Ada')
        const again = { userId: id, sidHash: 'second', oldSidHash: 'sid of Ada' }

        expect(await world.signIn(store, 'Ada', again)).toMatchObject({ id })
      })

      test('frees a name when the session of its bearer ends', async () => {
        await world.signIn(store, 'Ada')
        await store.sessions.revoke('sid of Ada')

        await world.signIn(store, 'Ada', { sidHash: 'somebody else' })
      })

      test('frees a name when its bearer was not seen for a day, and not before', async () => {
        await world.signIn(store, 'Ada')
        const later = (now: number) =>
          store.users.signIn(attempt('Ada', { now, sidHash: `${now}` }))

        expect(await later(NOON + DAY)).toBe('taken')
        expect(await later(NOON + DAY + 1)).not.toBe('taken')
      })

      test('frees a name when its session is past its absolute age, however busy', async () => {
        await world.signIn(store, 'Ada')
        const now = NOON + 181 * DAY
        await store.sessions.check('sid of Ada', { now, seenSince: 0, bornSince: 0 })

        await world.signIn(store, 'Ada', { now, sidHash: 'somebody else' })
      })

      test('tells which names are held now', async () => {
        await world.signIn(store, 'Ada')
        await world.signIn(store, 'Grace')
        await store.sessions.revoke('sid of Grace')

        expect(await store.users.heldSkeletons(hold())).toEqual(new Set(['ada']))
        expect(await store.users.heldSkeletons(hold(NOON + 2 * DAY))).toEqual(new Set())
      })

      test('renames, unless the name is held by somebody else', async () => {
        const ada = await world.signIn(store, 'Ada')
        await world.signIn(store, 'Grace')
        const rename = (name: string, imageid?: string) =>
          store.users.rename(
            ada.id,
            { ...world.renamed(name), ...(imageid && { imageid }) },
            hold(),
          )

        expect(await rename('Grace')).toBe('taken')
        expect(await rename('ADA')).toMatchObject({ name: 'ADA', imageid: '0' })
        expect(await rename('Countess', '9')).toMatchObject({ name: 'Countess', imageid: '9' })
        expect(await store.users.byId(ada.id)).toMatchObject({ name: 'Countess' })
      })

      test('will not rename a user who is not there', async () => {
        const rename = store.users.rename(999, world.renamed('Nobody'), hold())

        await expect(rename).rejects.toThrow('there is no user 999')
      })
    })

    describe('bots', () => {
      test('gives 0 to the first of the configuration and negative ids to the others', async () => {
        const other = await store.users.bot('weather', 'bot', false)
        const first = await store.users.bot('小小鸟', 'bot', true)
        const third = await store.users.bot('dice', 'bot', false)

        expect([other.id, first.id, third.id]).toEqual([-1, 0, -2])
        expect(first).toEqual(bird)
        expect(await store.users.byId(0)).toEqual(bird)
        expect(await store.users.byId(-2)).toEqual(third)
        expect(await store.users.byId(-3)).toBeUndefined()
      })

      test('keeps ids by name, whoever is first later', async () => {
        await store.users.bot('小小鸟', 'bot', true)
        await store.users.bot('dice', 'bot', false)
        await reopen()

        expect(await store.users.bot('dice', 'bot', true)).toMatchObject({ id: -1 })
        expect(await store.users.bot('newcomer', 'bot', true)).toMatchObject({ id: -2 })
        expect(await store.users.bot('小小鸟', '5', false)).toMatchObject({ id: 0, imageid: '5' })
      })
    })

    describe('sessions', () => {
      test('knows the user of a session, and nobody of another', async () => {
        const user = await world.signIn(store, 'Ada')

        expect(await store.sessions.check('sid of Ada', limits())).toEqual(user)
        expect(await store.sessions.check('made up', limits())).toBeUndefined()
      })

      test('ends a session by revocation, for good', async () => {
        await world.signIn(store, 'Ada')
        await store.sessions.revoke('sid of Ada')
        await reopen()

        expect(await store.sessions.check('sid of Ada', limits())).toBeUndefined()
      })

      test('lives on while it is used, for thirty idle days and 180 in all', async () => {
        await world.signIn(store, 'Ada')
        const isValidAt = async (now: number) =>
          (await store.sessions.check('sid of Ada', limits(now))) !== undefined

        for (let day = 29; day <= 180; day += 29)
          expect(await isValidAt(NOON + day * DAY)).toBe(true)
        expect(await isValidAt(NOON + 181 * DAY)).toBe(false)
      })

      test('is over after thirty days without use', async () => {
        await world.signIn(store, 'Ada')

        expect(await store.sessions.check('sid of Ada', limits(NOON + 31 * DAY))).toBeUndefined()
      })

      test('marks a session as seen at most once a minute', async () => {
        await world.signIn(store, 'Ada')
        const heldAt = (now: number) => store.users.heldSkeletons({ heldSince: now, bornSince: 0 })

        await store.sessions.check('sid of Ada', limits(NOON + MINUTE))
        expect(await heldAt(NOON + 1)).toEqual(new Set())
        await store.sessions.check('sid of Ada', limits(NOON + MINUTE + 1))
        expect(await heldAt(NOON + MINUTE + 1)).toEqual(new Set(['ada']))
      })

      test('checks many at once and marks them as seen', async () => {
        const names = Array.from({ length: 1_200 }, (_, index) => `guest${index}`)
        await Promise.all(names.map((name) => world.signIn(store, name)))
        await store.sessions.revoke('sid of guest7')
        const sids = [...names.map((name) => `sid of ${name}`), 'made up']

        const valid = await store.sessions.checkAll(sids, limits(NOON + DAY))

        expect(valid.size).toBe(1_199)
        expect([valid.has('sid of guest7'), valid.has('made up')]).toEqual([false, false])
        expect((await store.users.heldSkeletons(hold(NOON + 2 * DAY))).size).toBe(1_199)
        expect(await store.sessions.checkAll([], limits())).toEqual(new Set())
      })

      test('sweeps what can never be valid again, and nothing else', async () => {
        const now = NOON + 31 * DAY
        await world.signIn(store, 'Idle')
        await world.signIn(store, 'Ended', { now })
        await store.sessions.revoke('sid of Ended')
        const user = await world.signIn(store, 'Ada', { now })

        expect(await store.sessions.sweep(limits(now))).toBe(2)
        expect(await store.sessions.sweep(limits(now))).toBe(0)
        expect(await store.sessions.check('sid of Ada', limits(now))).toEqual(user)
      })
    })

    describe('what bots keep', () => {
      const roomy = { keys: 100, bytes: 10_000 }
      const kept = async () => {
        const dice = await store.users.bot('dice', 'bot', false)
        const poll = await store.users.bot('poll', 'bot', false)
        return {
          dice: { botId: dice.id, roomId: lobby.id },
          poll: { botId: poll.id, roomId: lobby.id },
        }
      }

      test('is found again by bot, room and key, in the order of the keys', async () => {
        const { dice, poll } = await kept()
        for (const key of ['b:2', 'b:1', 'a', 'B'])
          await store.botStore.set(dice, key, `"${key}"`, roomy)
        await store.botStore.set(dice, 'a', '"again"', roomy)

        expect(await store.botStore.get(dice, 'a')).toBe('"again"')
        expect(await store.botStore.get(poll, 'a')).toBeUndefined()
        expect(await store.botStore.get({ ...dice, roomId: 99 }, 'a')).toBeUndefined()
        expect((await store.botStore.list(dice, 'b:')).map(({ key }) => key)).toEqual([
          'b:1',
          'b:2',
        ])
        expect(await store.botStore.list(dice, '%')).toEqual([])
        expect(await store.botStore.delete(dice, 'a')).toBe(true)
        expect(await store.botStore.delete(dice, 'a')).toBe(false)
        expect(await store.botStore.rooms(dice.botId)).toEqual([lobby.name])
        expect(await store.botStore.rooms(poll.botId)).toEqual([])
      })

      test('is found by how its key begins, whatever it is written with', async () => {
        const { dice } = await kept()
        for (const key of ['🎲', '🎲:1', '🎲🎲', '鸟:1', 'a'])
          await store.botStore.set(dice, key, '1', roomy)
        const found = async (prefix: string) =>
          (await store.botStore.list(dice, prefix)).map(({ key }) => key)

        expect(await found('🎲')).toEqual(['🎲', '🎲:1', '🎲🎲'])
        expect(await found('🎲:')).toEqual(['🎲:1'])
        expect(await found('鸟')).toEqual(['鸟:1'])
        expect(await found('')).toHaveLength(5)
      })

      test('has its limits, and what is there may be changed within them', async () => {
        const { dice } = await kept()
        const limits = { keys: 2, bytes: 20 }
        const set = (key: string, value: string) => store.botStore.set(dice, key, value, limits)

        expect(await set('a', '12345')).toBe(true)
        expect(await set('b', '鸟鸟鸟鸟')).toBe(true)
        expect(await set('c', '')).toBe(false)
        expect(await set('a', '123456')).toBe(true)
        expect(await set('a', '1234567')).toBe(false)
        expect(await store.botStore.get(dice, 'a')).toBe('123456')
      })
    })

    describe('secrets', () => {
      test('are made once, even by twenty at once', async () => {
        let made = 0
        const make = () => `secret ${++made}`

        const secrets = await Promise.all(
          Array.from({ length: 20 }, () => store.secrets.ensure('session', make)),
        )

        expect(new Set(secrets).size).toBe(1)
        expect(await store.secrets.ensure('bus', () => 'another')).toBe('another')
      })
    })

    describe('its life', () => {
      test('tells this data from every other', () => {
        expect(store.epoch).toMatch(/^[0-9a-f]{16}$/)
        expect(store.serverId).toMatch(/^[0-9a-f]{6}$/)
      })

      test('keeps everything when it is opened again', async () => {
        const { epoch, serverId } = store
        const user = await world.signIn(store, 'Ada')
        const hello = line(lobby, 'hello', { user })
        await store.append([hello], NOON)
        await store.people.put([{ userId: user.id, roomId: lobby.id, at: NOON, read: 1 }], 'in')
        const secret = await store.secrets.ensure('session', () => 'first')

        await reopen()

        expect([store.epoch, store.serverId]).toEqual([epoch, serverId])
        expect(await store.rooms.all()).toEqual([{ ...lobby, seq: 1 }])
        expect(await store.events.bySeq(lobby, 1)).toMatchObject({ data: 'hello', user })
        expect(seqs(await store.append([hello, line(lobby, 'more')], NOON))).toEqual([1, 2])
        expect(await store.sessions.check('sid of Ada', limits())).toEqual(user)
        expect(await store.users.signIn(attempt('Ada', { sidHash: 'x' }))).toBe('taken')
        expect(await store.people.of(user.id)).toMatchObject([{ room: { id: lobby.id }, read: 1 }])
        expect(await store.secrets.ensure('session', () => 'second')).toBe(secret)
      })

      test('answers a ping until it is closed, and then refuses everything at once', async () => {
        await store.ping()
        await store.close()

        await expect(store.ping()).rejects.toThrow('the store is closed')
        await expect(store.rooms.all()).rejects.toThrow('the store is closed')
        await expect(store.append([line(lobby, 'x')], NOON)).rejects.toThrow('the store is closed')
      })

      test('finishes what was asked before it closes', async () => {
        const asked = Array.from({ length: 50 }, () => store.append([line(lobby, 'x')], NOON))
        const signedIn = world.signIn(store, 'Ada')
        await store.close()

        expect((await Promise.all(asked)).flatMap(seqs)).toHaveLength(50)
        expect(await signedIn).toMatchObject({ name: 'Ada' })
      })
    })
  })
}

const numbers = (events: readonly { seq: number }[]): number[] => events.map(({ seq }) => seq)

/** Which numbers were given in which room. */
function numbersByRoom(
  batches: readonly Draft[][],
  outcomes: readonly (number | string)[][],
): Map<number, number[]> {
  const given = new Map<number, number[]>()
  batches.flat().forEach(({ roomId }, index) => {
    const seq = outcomes.flat()[index]
    if (typeof seq === 'number') given.set(roomId, [...(given.get(roomId) ?? []), seq])
  })
  return given
}
