import { describe, expect, test } from '@jest/globals'
import { Presence } from '../../static/js/models/presence.js'
import { Unread } from '../../static/js/models/unread.js'
import type { User } from '../../src/protocol.js'
import { memberPage } from '../../src/chat/presence/members.js'
import { ada, bird, grace, NOON, said } from './room-words.js'

describe('who is here', () => {
  const room = () => {
    const presence = new Presence()
    presence.replace([grace, ada, bird], 3, ada)
    return presence
  }
  const names = (presence: Presence) => presence.list(ada.id).map(({ name }) => name)

  test('bots stand first, then I, then the others', () => {
    expect(names(room())).toEqual(['Bird', 'Ada', 'Grace'])
  })

  test('a bot that was away comes back to its place', () => {
    const presence = room()
    const dice = { ...bird, id: -1, name: 'dice' }
    presence.join([dice], 4)
    presence.left([bird], 3)
    presence.join([bird], 4)
    expect(names(presence)).toEqual(['Bird', 'dice', 'Ada', 'Grace'])
  })

  test('people are counted without bots', () => {
    const presence = room()
    expect(presence.people).toBe(2)
    presence.left([grace], 2)
    expect(presence.people).toBe(1)
    expect(names(presence)).toEqual(['Bird', 'Ada'])
  })

  test('a bot comes with a word also when something else of it was told first', () => {
    const dice = { ...bird, id: -1, name: 'dice' }
    const presence = room()
    presence.update(dice)
    expect(names(presence)).toContain('dice')
    expect(presence.join([dice], 4)).toEqual([dice])
    expect(presence.join([dice], 4)).toEqual([])
    expect(presence.count).toBe(4)
  })

  test('who was here before a restart comes back without a word, who is late or new does not', () => {
    const presence = room()
    presence.replace([ada, bird], 2, ada, { now: NOON })
    expect(presence.join([grace], 3, [], NOON + 60_000)).toEqual([])
    presence.left([grace], 2)
    expect(presence.join([grace], 3, [], NOON + 61_000)).toEqual([grace])

    presence.replace([ada, bird], 2, ada, { now: NOON })
    expect(presence.join([grace], 3, [], NOON + 121_000)).toEqual([grace])
  })

  test('on a page that was not here then, those who were are told by the server', () => {
    const presence = new Presence()
    presence.replace([ada, bird], 2, ada)
    expect(presence.join([grace], 3, [grace.id])).toEqual([])
    expect(presence.isHere(grace.id)).toBe(true)
    presence.left([grace], 2)
    expect(presence.join([grace], 3)).toEqual([grace])
  })

  test('who is waited for after a restart is company, until they come or their time is over', () => {
    const presence = new Presence()
    const awaited = { users: [grace.id, 99], ms: 90_000 }
    const company = (now: number) => [presence.company(now), presence.awaitedMs(now)]
    presence.replace([ada, bird], 2, ada, { awaited, now: NOON })
    expect([presence.online, ...company(NOON)]).toEqual([1, 3, 90_000])
    presence.join([grace], 3, [grace.id], NOON + 1_000)
    expect(company(NOON + 1_000)).toEqual([3, 89_000])
    presence.left([grace], 2)
    expect(company(NOON + 2_000)).toEqual([2, 88_000])
    expect(company(NOON + 90_000)).toEqual([1, 0])

    presence.replace([ada, bird], 2, ada, { now: NOON })
    expect(company(NOON)).toEqual([1, 0])
  })

  describe('hundreds of them', () => {
    const person = (id: number): User => ({
      id,
      name: `Person ${id}`,
      imageid: `${id % 27}`,
      kind: 'person',
    })
    const crowd = Array.from({ length: 500 }, (_, index) => person(index + 1))
    const me = person(450)
    const ids = (presence: Presence) =>
      presence
        .list(0)
        .map(({ id }) => id)
        .toSorted((a, b) => a - b)
    const opened = () => {
      const presence = new Presence()
      presence.replace(memberPage(crowd, 200).users, crowd.length, me)
      return presence
    }
    const nextPage = (presence: Presence, members = crowd) => {
      const { users, more } = memberPage(members, 200, presence.after)
      presence.page(users, more)
    }

    test('are listed page by page, until there are no more', () => {
      const presence = opened()
      expect([presence.known, presence.after]).toEqual([201, 200]) // I am in it, however far behind
      expect(presence.list(me.id)[0]).toBe(me)
      nextPage(presence)
      nextPage(presence)
      expect(ids(presence)).toEqual(crowd.map(({ id }) => id))
      expect(presence.after).toBeUndefined()
    })

    test('come and go between two pages, and the list ends as the room is', () => {
      const presence = opened()
      const ends = crowd.filter(({ id }) => id !== 200 && id !== 300)
      const late = person(501)
      presence.left([person(200), person(300)], 498)
      presence.join([late], 499)
      nextPage(presence, [...ends, late])
      nextPage(presence, [...ends, late])
      expect(ids(presence)).toEqual([...ends, late].map(({ id }) => id))
      expect(presence.people).toBe(499)
    })
  })

  test('who goes to another room is online all the same, and neither comes nor goes by it', () => {
    const presence = room()
    expect(presence.left([grace], 2, [grace.id])).toEqual([])
    expect([presence.online, presence.people, names(presence)]).toEqual([2, 1, names(room())])
    expect([presence.isHere(grace.id), presence.isOnline(grace.id)]).toEqual([false, true])
    expect(presence.join([grace], 3)).toEqual([])
    expect(presence.left([grace], 2)).toEqual([grace])
    expect([presence.online, presence.isOnline(grace.id)]).toEqual([1, false])
  })

  test('who comes onto the server is online where they belong, until they go', () => {
    const presence = room()
    presence.replace([ada], 1, ada, { elsewhere: [grace] })
    expect([presence.online, presence.all, presence.isOnline(grace.id)]).toEqual([2, 2, true])
    presence.elsewhere(grace, false)
    expect([presence.online, presence.byId(grace.id)]).toEqual([1, grace])
    presence.elsewhere({ ...grace, name: 'Admiral' }, true)
    expect(names(presence)).toEqual(['Ada', 'Admiral'])
  })

  test('a new name takes the place of the old one', () => {
    const presence = room()
    presence.update({ ...grace, name: 'Admiral' })
    expect(names(presence)).toContain('Admiral')
    expect(names(presence)).not.toContain('Grace')
  })

  test('a bot that is told of before its join is here, and is counted once', () => {
    const presence = room()
    const dice = { ...bird, id: -1, name: 'Dice' }
    presence.update(dice)
    presence.update({ ...grace, id: 99, name: 'Nobody' })
    expect([names(presence), presence.people]).toEqual([['Bird', 'Dice', 'Ada', 'Grace'], 2])
    presence.join([dice], 4)
    expect(presence.people).toBe(2)
  })

  test('while the line is away nobody is shown as typing', () => {
    const presence = new Presence()
    presence.types(grace, NOON)
    presence.quiet()
    expect(presence.typing(NOON + 1)).toEqual([])
  })

  test('who types is shown until they speak or stop', () => {
    const presence = room()
    presence.types(grace, NOON)
    presence.types(bird, NOON + 3000)
    expect(presence.typing(NOON + 3001).map(({ name }) => name)).toEqual(['Grace', 'Bird'])
    expect(presence.said(bird)).toBe(true)
    expect(presence.typing(NOON + 5000).map(({ name }) => name)).toEqual(['Grace'])
    expect(presence.typing(NOON + 6001)).toEqual([])
  })
})

describe('unread', () => {
  const theirs = said(5, { user: grace })
  const below = { seen: false, hidden: false }

  test('lines below the view are counted until they are seen', () => {
    const unread = new Unread(ada.id, 4)
    unread.heard(theirs, below)
    unread.heard(said(6, { user: grace }), below)
    expect(unread).toMatchObject({ below: 2, away: 0, from: 5 })
    expect(unread.seen(6)).toBe(true)
    expect(unread).toMatchObject({ below: 0, read: 6 })
  })

  test('my own lines, and what a bot says, raise nothing', () => {
    const unread = new Unread(ada.id, 4)
    unread.heard(said(5), below)
    unread.heard(said(6, { user: bird }), { seen: false, hidden: true })
    expect(unread).toMatchObject({ below: 0, away: 0 })
  })

  test('what came while the page was hidden stands in the title, until I am back', () => {
    const unread = new Unread(ada.id, 4)
    unread.heard(theirs, { seen: true, hidden: true })
    expect(unread).toMatchObject({ away: 1, from: 5 })
    unread.back()
    expect(unread.away).toBe(0)
  })

  test('the divider stands before what came since the last visit, and not at the first', () => {
    const again = new Unread(ada.id, 4)
    again.open([said(4, { user: grace }), theirs])
    expect(again.from).toBe(5)

    const first = new Unread(ada.id, 0)
    first.open([theirs])
    expect(first.from).toBeUndefined()
  })
})
