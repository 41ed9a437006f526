import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  nat,
  oneof,
  record,
  sample,
  string,
} from 'fast-check'
import { PAGE_BYTES, type User } from '../../src/protocol.js'
import type { RoomRow, SearchQuery, Store } from '../../src/store/store.js'
import type { Place } from './contract.js'
import { corpus, found, type Name } from './corpus.js'
import { find as findIn, search, timeline } from './read-page.js'
import { ada, bird, DAY, edit, grace, line, NOON, off, react, recall, room, say } from './world.js'

/** What every store must find, and must not. */
export function searchContract(name: string, findPlace: () => Promise<Place>): void {
  describe(`the corpus in ${name}`, () => corpusContract(findPlace))
  describe(`searching in ${name}`, () => {
    let place: Place
    let store: Store
    let lobby: RoomRow

    beforeEach(async () => {
      place = await findPlace()
      store = await place.open()
      lobby = await room(store)
    })

    afterEach(() => place.remove())

    const find = (words: string, other: Partial<SearchQuery> = {}) =>
      findIn(store, { ...asking(words), rooms: [lobby], ...other })
    const texts = async (words: string, other: Partial<SearchQuery> = {}): Promise<string[]> =>
      (await find(words, other)).events.map(({ data }) => data)

    test('gives back the messages as the timeline has them, the newest first', async () => {
      const den = await room(store, 'den')
      await say(store, lobby, '下雨了')
      await say(store, den, '没下雨')
      await store.append([line(lobby, '又下雨', { user: grace })], NOON + 1)

      const { events, more, cursor } = await find('雨', { rooms: [lobby, den] })

      const { events: ofLobby } = await timeline(store, lobby, { limit: 9 })
      const { events: ofDen } = await timeline(store, den, { limit: 9 })
      expect(events).toEqual([ofLobby[1], ofDen[0], ofLobby[0]])
      expect({ more, cursor }).toEqual({ more: false, cursor: null })
    })

    test('tells apart what was said in one moment', async () => {
      await store.append(
        ['red', 'green', 'blue'].map((word) => line(lobby, word)),
        NOON,
      )
      expect(await texts('green')).toEqual(['green'])
    })

    test('finds only what was said in the rooms that are asked for, few or many', async () => {
      const den = await room(store, 'den')
      await say(store, den, 'a secret')
      await say(store, lobby, 'no secret')
      const others = Array.from({ length: 60 }, (_, index) => ({
        id: 100 + index,
        name: `${index}`,
      }))

      expect(await texts('secret')).toEqual(['no secret'])
      expect(await texts('secret', { rooms: [lobby, ...others] })).toEqual(['no secret'])
      expect(await texts('', { rooms: [lobby, ...others], has: [] })).toEqual(['no secret'])
      expect(await texts('secret', { rooms: [] })).toEqual([])
      expect(await texts('secret', { rooms: [lobby, den] })).toHaveLength(2)
    })

    test('finds what was said in a quiet room beside a loud one', async () => {
      const den = await room(store, 'den')
      await say(store, den, ...Array.from({ length: 30 }, (_, i) => `secret ${i}`))
      await say(store, lobby, 'no secret')

      expect(await texts('secret')).toEqual(['no secret'])
      expect(await texts('')).toEqual(['no secret'])
      expect(await texts('secret', { rooms: [lobby], from: [grace.name] })).toEqual([])
    })

    test('finds messages alone, not notices and topics', async () => {
      await store.append([line(lobby, '雨', { type: 'notice' })], NOON)

      expect(await texts('雨')).toEqual([])
    })

    test('finds by who said it: a person by the whole name, a bot by a part of it', async () => {
      const tom: User = { ...ada, name: 'Töm Ａ' }
      const bot = await store.users.bot('机器人小小鸟', 'bot', true)
      const by = (user: User, text: string) => line(lobby, text, { user })
      await store.append([by(tom, 'hi'), by(grace, 'hello'), by(bot, 'tweet')], NOON)

      expect(await texts('', { from: ['tom a'] })).toEqual(['hi'])
      expect(await texts('', { from: ['tom'] })).toEqual([])
      expect(await texts('', { from: ['欧阳明远', 'TÖMA'] })).toEqual(['hello', 'hi'])
      expect(await texts('', { from: ['小小鸟'] })).toEqual(['tweet'])
      expect(await texts('', { bot: { names: ['小小鸟'] } })).toEqual(['tweet'])
      expect(await texts('', { bot: { names: ['tom a'] } })).toEqual([])
      expect(await texts('', { bot: { names: [], only: true } })).toEqual(['tweet'])
      expect(await texts('', { bot: { names: [], only: false } })).toEqual(['hello', 'hi'])
    })

    test('keeps the name under which a line was said', async () => {
      await store.append([line(lobby, 'hi', { user: { ...bird, name: 'Oriole' } })], NOON)

      expect(await texts('', { from: ['oriole'] })).toEqual(['hi'])
      expect(await texts('', { from: [bird.name] })).toEqual([])
    })

    test('finds what has a link, what has code', async () => {
      const lines = [
        '看 https://a.example',
        'www.a.example',
        'run `npm start`',
        '```\nx\n```',
        'http',
      ]
      await say(store, lobby, ...lines)

      expect(await texts('', { has: ['link'] })).toEqual([lines[1], lines[0]])
      expect(await texts('', { has: ['code'] })).toEqual([lines[3], lines[2]])
      expect(await texts('', { has: ['code', 'link'] })).toEqual([])
      expect(await texts('npm', { has: ['code'] })).toEqual([lines[2]])
    })

    test('shows what an answer answers, as it reads now', async () => {
      await say(store, lobby, '下雨了')
      await store.append([line(lobby, '真的吗', { extra: { reply_to: 1 } })], NOON)
      await store.append([edit(lobby, 1, '下雪了')], NOON)

      const { events } = await find('真的')
      expect(events).toMatchObject([{ seq: 2, reply: { seq: 1, data: '下雪了' } }])
    })

    test('goes on from a message that was recalled meanwhile', async () => {
      await say(store, lobby, '雨 1', '雨 2', '雨 3')
      const { cursor } = await find('雨', { limit: 2 })
      await store.append([recall(lobby, 2)], NOON)

      expect(await texts('雨', { cursor: cursor ?? '' })).toEqual(['雨 1'])
    })

    describe.each([
      ['that is in the index', true],
      ['that waits to be indexed', false],
    ])('a change of a message %s', (_, indexed) => {
      test('finds a message by its text of now, not by the one before an edit', async () => {
        await say(store, lobby, '下雨了 https://a.example')
        if (indexed) await texts('雨')
        await store.append([edit(lobby, 1, '下雪了 `ice`')], NOON)

        expect(await texts('雨')).toEqual([])
        expect(await texts('', { has: ['link'] })).toEqual([])
        expect((await find('雪', { has: ['code'] })).events).toMatchObject([
          { seq: 1, edited: NOON },
        ])
      })

      test('finds nothing of a message that was recalled, nor of what it was before', async () => {
        await say(store, lobby, '下雨了', '没下雨')
        if (indexed) await texts('雨')
        await store.append([edit(lobby, 1, '下雨了吗'), react(lobby, 1, '🌧')], NOON)
        await store.append([recall(lobby, 1)], NOON)

        expect(await texts('雨')).toEqual(['没下雨'])
        expect(await texts('', { from: [ada.name] })).toEqual(['没下雨'])
        expect(await texts('', { has: ['reaction'] })).toEqual([])
      })

      test('finds what has a reaction, as long as it has one', async () => {
        await say(store, lobby, '下雨了', '没下雨')
        if (indexed) await texts('雨')
        const rain = react(lobby, 1, '🌧')
        await store.append([rain, react(lobby, 1, '👍'), react(lobby, 2, '👍')], NOON)
        await store.append([off(react(lobby, 2, '👍')), off(rain)], NOON)

        const { events } = await find('雨', { has: ['reaction'] })
        expect(events).toMatchObject([{ seq: 1, reactions: [{ data: '👍', count: 1 }] }])
      })

      test('follows each change of a thousand, whatever order they come in', async () => {
        const words = ['雨', '雪', 'rain', 'snow', '🌧', 'https://a.example']
        await say(store, lobby, ...Array.from({ length: 30 }, (_, i) => words[i % 6] ?? ''))
        if (indexed) await texts('雨')
        const change = oneof(
          record({ message: nat(29), text: array(constantFrom(...words), { minLength: 1 }) }),
          record({ message: nat(29), emoji: constantFrom('👍', '🌧'), on: boolean() }),
          record({ message: nat({ max: 29 }) }).filter(({ message }) => message % 7 === 0),
        )
        for (const asked of sample(change, { numRuns: 1_000, seed: 7 })) {
          const seq = asked.message + 1
          if ('text' in asked) await store.append([edit(lobby, seq, asked.text.join(' '))], NOON)
          else if ('emoji' in asked) {
            const draft = react(lobby, seq, asked.emoji)
            await store.append([asked.on ? draft : off(draft)], NOON)
          } else await store.append([recall(lobby, seq)], NOON)
        }

        const { events } = await timeline(store, lobby, { limit: 200 })
        const lines = events
          .filter(({ type, recalled }) => type === 'chat' && !recalled)
          .toReversed()
        for (const word of words) {
          const having = lines.filter(({ data }) => data.includes(word))
          expect([word, await texts(word, { limit: 50 })]).toEqual([
            word,
            having.map(({ data }) => data),
          ])
        }
        const reacted = lines.filter(({ reactions = [] }) => reactions.length > 0)
        expect(await texts('', { has: ['reaction'], limit: 50 })).toEqual(
          reacted.map(({ data }) => data),
        )
      })
    })

    test('finds what was said in a stretch of time, the first moment in, the last one out', async () => {
      for (let day = 0; day < 40; day++) {
        await store.append([line(lobby, `雨 ${day}`)], NOON + day * DAY)
      }
      const days = { after: NOON + 10 * DAY, before: NOON + 13 * DAY }

      expect(await texts('雨', days)).toEqual(['雨 12', '雨 11', '雨 10'])
      expect(await texts('', days)).toEqual(['雨 12', '雨 11', '雨 10'])
      expect(await texts('雨', { after: NOON + 38 * DAY + 1 })).toEqual(['雨 39'])
      expect(await texts('雨', { before: NOON + 1 })).toEqual(['雨 0'])
      expect(await texts('雨', { before: NOON })).toEqual([])
      expect(await texts('雨', { after: NOON + 99 * DAY })).toEqual([])
    })

    test('pages through everything once, while new lines come', async () => {
      const den = await room(store, 'den')
      for (let i = 0; i < 25; i++) await say(store, i % 3 ? lobby : den, `雨 ${i}`)
      const seen: string[] = []
      let cursor: string | null | undefined
      do {
        const page = await find('雨', { rooms: [lobby, den], limit: 4, ...(cursor && { cursor }) })
        seen.push(...page.events.map(({ data }) => data))
        expect(page.more).toBe(page.cursor !== null)
        cursor = page.cursor
        await say(store, lobby, '雨 later')
      } while (cursor)

      expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `雨 ${24 - i}`))
    })

    test('ends a page before its JSON outgrows the limit', async () => {
      const long = '"雨'.repeat(1_900) // 11,400 bytes
      await say(store, lobby, ...Array.from({ length: 40 }, () => long))

      const { events, more, cursor } = await find('雨', { limit: 50 })
      const rest = await find('雨', { limit: 50, cursor: cursor ?? '' })

      expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThanOrEqual(PAGE_BYTES)
      expect([more, rest.more, events.length + rest.events.length]).toEqual([true, false, 40])
    })

    test('takes no cursor of a room that is not asked for', async () => {
      const den = await room(store, 'den')
      await say(store, den, '雨 1', '雨 2')
      const { cursor } = await find('雨', { rooms: [den], limit: 1 })
      const ask = (cursor: string) =>
        search(store, { ...asking('雨'), rooms: [lobby], limit: 5, cursor })

      expect(cursor).not.toBeNull()
      for (const wrong of [cursor ?? '', 'nonsense', '', 'MS45OTk5', '9'.repeat(60)]) {
        if (wrong !== '') expect([wrong, await ask(wrong)]).toEqual([wrong, 'lost'])
      }
    })

    test('says when there is nothing in the words that could be found', async () => {
      await say(store, lobby, '!!!')
      const ask = (words: string, other: Partial<SearchQuery> = {}) =>
        search(store, { ...asking(words), rooms: [lobby], ...other })

      expect(await ask('!!! ，')).toBe('nothing')
      expect(await ask('!!!', { from: [ada.name] })).toMatchObject({ events: [{ data: '!!!' }] })
    })

    test('answers whatever is asked', async () => {
      await say(store, lobby, ...Object.values(corpus))
      const text = string({ unit: 'binary', maxLength: 40 })
      const asked = record({
        words: array(record({ text, whole: boolean() }), { maxLength: 5 }),
        from: array(text, { maxLength: 2 }),
        bot: record({ names: array(text, { maxLength: 2 }) }),
      })
      await assert(
        asyncProperty(asked, async (query) => {
          const answer = await search(store, { ...asking(''), rooms: [lobby], ...query })
          expect(answer === 'nothing' || Array.isArray(Object(answer).events)).toBe(true)
        }),
        { numRuns: 300 },
      )
    })

    test('still finds everything after it was closed and opened again', async () => {
      await say(store, lobby, '下雨了')
      await store.close()
      store = await place.open()
      await say(store, lobby, '又下雨')

      expect(await texts('雨')).toEqual(['又下雨', '下雨了'])
    })
  })
}

function corpusContract(findPlace: () => Promise<Place>): void {
  let place: Place
  let store: Store
  let lobby: RoomRow

  beforeAll(async () => {
    place = await findPlace()
    store = await place.open()
    lobby = await room(store)
    await say(store, lobby, ...Object.values(corpus))
  })

  afterAll(() => place.remove())

  const texts = async ({ words }: Pick<SearchQuery, 'words'>): Promise<string[]> => {
    const page = await search(store, { ...asking(''), words, rooms: [lobby] })
    return typeof page === 'string' ? [page] : page.events.map(({ data }) => data)
  }

  test.each(found.map(([words, ...names]) => [words, names] as const))(
    '%s finds %j',
    async (words, names: readonly Name[]) => {
      expect(await texts(asking(words))).toEqual(names.map((name) => corpus[name]))
    },
  )

  test.each(['umbrella', 'weather', 'kafka', 'traditional', 'korean'] as const)(
    'every part of two characters or more of %s finds it',
    async (name) => {
      for (const part of partsOf(corpus[name])) {
        expect([part, await texts(asking(part))]).toEqual([
          part,
          expect.arrayContaining([corpus[name]]),
        ])
      }
    },
  )

  test.each([
    ['a" OR "b', []],
    ['" OR words : "a', []],
    ['NEAR(雨 伞, 5)', []],
    ['{words} : 雨', []],
    ['lovely AND summary', []],
    ["'; drop table events; --", []],
    ['^雨 + 伞 *', ['umbrella']],
    ['-雨伞 (', ['umbrella']],
  ] as const)('%s is nothing but words', async (text, names: readonly Name[]) => {
    expect(await texts({ words: [{ text, whole: true }] })).toEqual(
      names.map((name) => corpus[name]),
    )
  })
}

/** Words as somebody types them. */
export const asking = (words: string): Omit<SearchQuery, 'rooms'> => ({
  words: [...words.matchAll(/"([^"]*)"|\S+/g)].map(([text, phrase]) => ({
    text: phrase ?? text,
    whole: phrase !== undefined,
  })),
  from: [],
  bot: { names: [] },
  has: [],
  limit: 20,
})

/** Every part of a text that somebody may remember, without what stands at its edges. */
function* partsOf(text: string): Generator<string> {
  const characters = Array.from(text)
  for (let from = 0; from < characters.length; from++) {
    for (let to = from + 2; to <= Math.min(from + 6, characters.length); to++) {
      yield characters.slice(from, to).join('')
    }
  }
}
