import { once } from 'node:events'
import { afterEach, expect, jest, test } from '@jest/globals'
import { createBots, type Bots } from '../../src/bots/bots.js'
import type { Draft, Middleware } from '../../src/plugin.js'
import { ada, grace, identities, testLog, TestRoom } from './world.js'

let bots: Bots | undefined
afterEach(async () => {
  jest.useRealTimers()
  await bots?.close()
})

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** A lobby with one bot that does this for each line. */
async function lobby(
  chain: Middleware,
  { timeout = 30_000, messageChars = 4_000, refuse = (data: string): boolean => data === '' } = {},
) {
  const room = new TestRoom()
  const { log, lines, said } = testLog()
  const made = await createBots({
    definitions: [
      {
        name: 'bird',
        aliases: [],
        rooms: [],
        hear: 'all',
        hearBots: false,
        timeout,
        chain: [chain],
        log: silent,
      },
    ],
    deliver: async (say) => {
      if (refuse(say.data)) throw new Error('refused')
      return room.store(say)
    },
    identify: identities(),
    messageChars,
    log,
  })
  bots = made
  room.called = (name) => made.called({ name })
  room.heard = (event) => made.hear(event, room, 'en')
  const asks = (data: string, user = ada) => room.store({ user, cid: `line-${data}`, data })
  const stored = () => room.until(() => room.events.some(({ user }) => user.id === 0))
  const dropped = () =>
    room.until(() => [...room.shown.values()].flat().some((text) => text.startsWith('dropped')))
  const answer = () => room.events.find(({ user }) => user.id === 0)
  const shown = () => [...room.shown.values()].flat()
  return { room, asks, stored, dropped, answer, shown, bots: made, log: lines, logged: said }
}

const streams =
  (work: (draft: Draft) => unknown): Middleware =>
  async (ctx, next) => {
    await next()
    await work(ctx.stream())
  }

test('a draft is shown as it grows and stored once, under the id of its stream', async () => {
  const { room, asks, stored, answer } = await lobby(
    streams(async (draft) => {
      draft.write('It is ')
      draft.write('five')
      await draft.end()
    }),
  )
  await asks('2+3?')
  await stored()

  const [stream] = room.shown.keys()
  expect(answer()).toMatchObject({
    data: 'It is five',
    cid: stream,
    stream,
    ended: 'done',
    cause: 1,
  })
  expect(room.events).toHaveLength(2)
})

test('pieces that end inside a character or a line end show no halves', async () => {
  const { asks, stored, shown, answer } = await lobby(
    streams(async (draft) => {
      for (const piece of ['a\r', '\nb\ud83d', '\udc26\u0007c']) {
        draft.write(piece)
        await Promise.resolve()
      }
      await draft.end()
    }),
  )
  await asks('go')
  await stored()

  expect(answer()?.data).toBe('a\nb🐦c')
  expect(shown().every((text) => 'a\nb🐦c'.startsWith(text))).toBe(true)
})

test('a draft that is left open ends with its middleware', async () => {
  const { asks, stored, answer } = await lobby(streams((draft) => draft.write('forgot to end')))
  await asks('go')
  await stored()
  expect(answer()).toMatchObject({ data: 'forgot to end', ended: 'done' })
})

test('what a bot wrote before it failed is kept, and says so', async () => {
  const { asks, stored, answer } = await lobby(
    streams((draft) => {
      draft.write('half of ')
      throw new Error('broken')
    }),
  )
  await asks('go')
  await stored()
  expect(answer()).toMatchObject({ data: 'half of', ended: 'error' })
})

test('a text too long for a message ends there, and its writer is told', async () => {
  const ends: unknown[] = []
  const { asks, stored, answer } = await lobby(
    streams((draft) => {
      draft.signal.addEventListener('abort', () => ends.push('over'))
      for (let n = 0; n < 100; n++) draft.write('🐦'.repeat(100))
    }),
    { messageChars: 1_000 },
  )
  await asks('go')
  await stored()

  expect(answer()).toMatchObject({ ended: 'cut', data: `${'🐦'.repeat(999)}…` })
  expect(ends).toEqual(['over'])
})

test('a million characters in one piece are one message of the allowed length', async () => {
  const { asks, stored, answer } = await lobby(
    streams((draft) => draft.write('鸟'.repeat(1_000_000))),
  )
  await asks('go')
  await stored()
  expect(answer()).toMatchObject({ ended: 'cut' })
  expect(answer()?.data).toHaveLength(4_000)
})

test('whoever stops it keeps what there is, and the bot hears of it', async () => {
  const { room, asks, stored, answer } = await lobby(
    streams(async (draft) => {
      draft.write('one two')
      await once(draft.signal, 'abort')
      draft.write(' three')
    }),
  )
  await asks('count')
  await room.until(() => [...room.shown.values()].flat().includes('one two'))
  for (const { stop } of room.running.values()) await stop()
  await stored()

  expect(answer()).toMatchObject({ data: 'one two', ended: 'cancelled' })
})

test('a draft without text leaves nothing, and the room is told', async () => {
  const { room, asks, dropped, shown } = await lobby(
    streams(async (draft) => {
      draft.write('hm')
      draft.replace(' ')
      await draft.end()
    }),
  )
  await asks('go')
  await dropped()
  expect(shown().at(-1)).toBe('dropped: done')
  expect(room.events).toHaveLength(1)
})

test('a draft that is refused at the door leaves nothing', async () => {
  const { asks, dropped, shown } = await lobby(
    streams((draft) => draft.write('a bad word')),
    { refuse: (data) => data.includes('bad') },
  )
  await asks('go')
  await dropped()
  expect(shown().at(-1)).toBe('dropped: error')
})

test('a draft that nobody writes to ends in the bot’s time; one that grows goes on', async () => {
  jest.useFakeTimers()
  let draft: Draft | undefined
  const { room, asks, stored, answer } = await lobby(
    (ctx) => {
      draft = ctx.stream()
      return new Promise(() => {})
    },
    { timeout: 1_000 },
  )
  await asks('go')
  for (const word of ['so ', 'it ', 'goes']) {
    draft?.write(word)
    await jest.advanceTimersByTimeAsync(900)
  }
  expect(room.events).toHaveLength(1)
  await jest.advanceTimersByTimeAsync(100)
  await stored()

  expect(answer()).toMatchObject({ data: 'so it goes', ended: 'error' })
})

test('closing the bots ends their drafts as cancelled', async () => {
  const { room, asks, answer, bots } = await lobby((ctx) => {
    ctx.stream().write('never to be')
    return new Promise(() => {})
  })
  await asks('go')
  await room.until(() => [...room.shown.values()].flat().includes('never to be'))
  await bots.close()
  expect(answer()).toMatchObject({ data: 'never to be', ended: 'cancelled' })
})

test('a draft counts like a reply: the sixth at once waits for its turn', async () => {
  jest.useFakeTimers()
  const { room, asks } = await lobby(async (ctx) => {
    for (let n = 0; n < 6; n++) ctx.stream().write(`${n}`)
  })
  await asks('go')
  await jest.advanceTimersByTimeAsync(0)
  expect(room.shown.size).toBe(5)
  await jest.advanceTimersByTimeAsync(1_000)
  expect(room.shown.size).toBe(6)
  expect(room.lines()).toContain('bird: 5')
})

test('two people are answered one after the other in a room', async () => {
  let open = 0
  let most = 0
  const { room, asks } = await lobby(async (ctx) => {
    most = Math.max(most, (open += 1))
    const draft = ctx.stream()
    draft.write(`for ${ctx.user.name}`)
    await draft.end()
    open -= 1
  })
  await asks('first')
  await asks('second', grace)
  await room.until(() => room.events.length === 4)
  expect(most).toBe(1)
})
