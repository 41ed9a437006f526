import { describe, expect, test } from '@jest/globals'
import { Places, type Place } from '../../static/js/models/places.js'
import { grace } from './room-words.js'

const place = (name: string, more: Partial<Place> = {}): Place => ({
  name,
  title: name,
  topic: '',
  kind: 'room',
  unread: 0,
  mentions: 0,
  level: 'all',
  last: 0,
  people: 0,
  ...more,
})
const others = { name: 'zoo', title: 'zoo', topic: '', kind: 'room' as const, unread: 0, mentions: 0, last: 0, people: 3 } // prettier-ignore

function some() {
  const places = new Places('lobby')
  places.replace([
    place('tea'),
    place('lobby'),
    place('books', { level: 'mentions' }),
    place('d-1', { kind: 'direct', user: grace, last: 5 }),
    others,
  ])
  return places
}

describe('the rooms beside the talk', () => {
  test('stand in groups: mine with the lobby first, those of two, the rest', () => {
    const { mine, direct, others: rest } = some().groups
    const names = [mine, direct, rest].map((group) => group.map(({ name }) => name))
    expect(names).toEqual([['lobby', 'books', 'tea'], ['d-1'], ['zoo']])
  })

  test('stand by title, and numbers in it as one counts', () => {
    const places = new Places('lobby')
    places.replace(['class 10', 'class 9', 'art', 'class 1'].map((name) => place(name)))
    const titles = places.groups.mine.map(({ title }) => title)
    expect(titles).toEqual(['art', 'class 1', 'class 9', 'class 10'])
  })

  test('stand, for who would go on, by how much they call; here last', () => {
    const places = some()
    places.count({ zoo: { unread: 3, mentions: 0 }, tea: { unread: 4, mentions: 1 } })
    expect(places.wanted.map(({ name }) => name)).toEqual(['tea', 'zoo', 'd-1', 'books', 'lobby'])
  })

  test('come and go while I am here', () => {
    const places = some()
    places.update([place('new')], ['tea'])
    expect(places.groups.mine.map(({ name }) => name)).toEqual(['lobby', 'books', 'new'])
  })

  test('count all lines where I hear all, and mentions elsewhere', () => {
    const places = some()
    const more = places.count({
      tea: { unread: 2, mentions: 0 },
      books: { unread: 9, mentions: 1 },
      lobby: { unread: 5, mentions: 5 },
    })
    expect([places.calls, places.waiting]).toEqual([1, 3]) // as the rooms where I am called are marked
    expect(more.map(({ name }) => name)).toEqual(['tea', 'books'])
  })

  test('tell what is meant for me: mentions, and what is written to me alone; of a muted room without a noise', () => {
    const places = some()
    places.update([place('quiet', { level: 'muted' })])
    const more = places.count({
      tea: { unread: 2, mentions: 1 },
      books: { unread: 9, mentions: 0 },
      'd-1': { unread: 3, mentions: 0 },
      quiet: { unread: 0, mentions: 4 },
    })
    expect([places.calls, places.waiting]).toEqual([9, 9])
    expect(more.filter(({ called }) => called).map(({ name }) => name)).toEqual(['tea', 'd-1'])
  })

  test('call me when somebody writes to me alone for the first time, once', () => {
    const places = some()
    const first = place('d-2', { kind: 'direct', unread: 1 })
    expect(places.update([first])).toEqual([{ ...first, called: true }])
    expect(places.update([first])).toEqual([])
  })

  test('tell of nothing new when they were read on another device', () => {
    const places = some()
    places.count({ tea: { unread: 2, mentions: 0 } })
    expect(places.count({ tea: { unread: 0, mentions: 0 } })).toEqual([])
    expect(places.waiting).toBe(0)
  })
})
