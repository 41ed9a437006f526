import { afterEach, describe, expect, jest, test } from '@jest/globals'
import type { BotDefinition } from '../../src/bots/definition.js'
import { replyCid } from '../../src/bots/speaking/cid.js'
import { bot, echo, listener, lobby } from './flock.js'
import { ada, grace, TestRoom } from './world.js'

afterEach(() => void jest.useRealTimers())

describe('a bot as a member', () => {
  test('is in its rooms, in the order of the configuration, the first with id 0', async () => {
    const { bots } = await lobby(bot('小小鸟', echo), bot('help', echo, { rooms: ['dev'] }))

    expect(bots.members({ name: 'dev' }).map(({ id, name }) => [id, name])).toEqual([
      [0, '小小鸟'],
      [-1, 'help'],
    ])
    expect(bots.members({ name: 'lobby' }).map(({ name }) => name)).toEqual(['小小鸟'])
  })

  test('keeps its name and aliases from people', async () => {
    const { bots } = await lobby(bot('机器人小小鸟', echo, { aliases: ['小小鸟'] }))

    expect(bots.names()).toEqual(['机器人小小鸟', '小小鸟'])
  })

  test('is refused a text of more than a million characters, whatever thread it is in', async () => {
    const huge = 'x'.repeat(1_000_001)
    const { room, says } = await lobby(
      bot('bird', async (ctx) => {
        await ctx.reply(huge).catch(({ message }) => ctx.reply(message))
        const draft = ctx.stream()
        expect(() => draft.write(huge)).toThrow('more than 1000000 are not taken')
      }),
    )
    await says(ada, 'hello')
    await room.until(() => room.events.length === 2)
    expect(room.events[1]?.data).toMatch(/^ctx\.reply\(text\): text has 1000001 characters/)
  })

  test('answers after the line is durable, with the cause and one hop more', async () => {
    const { room, says } = await lobby(bot('bird', echo))

    await says(ada, 'hello')
    await room.until(() => room.events.length === 2)

    expect(room.events[1]).toMatchObject({
      user: { id: 0, name: 'bird' },
      data: 'you said hello',
      cid: replyCid(0, 7, 1, 0),
      cause: 1,
      hop: 1,
    })
  })

  test('answers once however often the same line is told', async () => {
    const { room, says, bots } = await lobby(bot('bird', echo))
    await says(ada, 'hello')
    await room.until(() => room.events.length === 2)

    const [first] = room.events
    if (first) bots.hear(first, room, 'en')
    await says(ada, 'bye')
    await room.until(() => room.lines().includes('bird: you said bye'))

    expect(room.lines()).toEqual([
      'ada: hello',
      'bird: you said hello',
      'ada: bye',
      'bird: you said bye',
    ])
  })

  test('gives each of its answers to a line a cid of its own, in the order of the calls', async () => {
    const { room, says } = await lobby(
      bot('bird', (ctx) => {
        void ctx.reply('one')
        void ctx.reply('two')
      }),
    )

    await says(ada, 'count')
    await room.until(() => room.events.length === 3)

    expect(room.lines().slice(1)).toEqual(['bird: one', 'bird: two'])
    expect(room.events[1]?.cid).toMatch(/^b\.[0-9a-f]{32}$/)
    expect(room.events[2]?.cid).not.toBe(room.events[1]?.cid)
  })

  test('cuts what is too long for a message, with a mark', async () => {
    const { room, says } = await lobby(bot('bird', (ctx) => ctx.reply('鸟'.repeat(100_000))))

    await says(ada, 'sing')
    await room.until(() => room.events.length === 2)

    const song = room.events[1]?.data ?? ''
    expect(Array.from(song)).toHaveLength(4_000)
    expect(song.endsWith('… (too long, the rest is left out)')).toBe(true)
  })
})

describe('what a bot hears', () => {
  const hears = async (more: Partial<BotDefinition>, lines: string[], people = [ada, grace]) => {
    const { heard, definition } = listener('小小鸟', { aliases: ['Birdie'], ...more })
    const all = listener('all')
    const { room, says, bots } = await lobby(definition, all.definition)
    room.here = people
    for (const line of lines) {
      await says(ada, line)
      await new Promise(setImmediate) // its task has run: an empty chain needs no more than this
    }
    expect(all.heard).toEqual(lines)
    await bots.close()
    return heard
  }

  test('in auto: mentions and commands while others are there', async () => {
    const lines = [
      'hi',
      'hi @小小鸟',
      '/roll',
      '小小鸟，你好',
      'ｂｉｒｄｉｅ： hi',
      'a birdie sang',
    ]

    expect(await hears({ hear: 'auto' }, lines)).toEqual([
      'hi @小小鸟',
      '/roll',
      '小小鸟，你好',
      'ｂｉｒｄｉｅ： hi',
    ])
  })

  test('in auto: everything while it is alone with one person', async () => {
    expect(await hears({ hear: 'auto' }, ['hi', 'how are you'], [ada])).toEqual([
      'hi',
      'how are you',
    ])
  })

  test('by mention: no commands', async () => {
    const lines = ['/roll', '@小小鸟你好', '＠BIRDIE hi', '@birdies hi', 'mail x@birdie.org']

    expect(await hears({ hear: 'mention' }, lines)).toEqual(['@小小鸟你好', '＠BIRDIE hi'])
  })

  test('by command: nothing else', async () => {
    expect(await hears({ hear: 'command' }, ['/roll', '@小小鸟 hi', 'hi'])).toEqual(['/roll'])
  })

  test('answers to its own lines, called by name or not', async () => {
    const { heard, definition } = listener('bird', { hear: 'mention' })
    const { room, says, bots } = await lobby(definition)
    const [bird] = bots.members({ name: 'lobby' })
    if (bird) await says(bird, 'tweet')
    await says(ada, 'not to you', {})
    await says(grace, 'nice', { reply_to: 1 })
    await says(grace, 'to ada', { reply_to: 2 })
    await says(grace, '@bird last')

    await room.until(() => room.events.length === 5)
    await new Promise(setImmediate)
    expect(heard.toSorted()).toEqual(['@bird last', 'nice'])
  })

  test('never itself, and other bots only when it is told to', async () => {
    const nosy = listener('nosy', { hearBots: true })
    const polite = listener('polite')
    const { room, says } = await lobby(
      bot('bird', echo, { hearBots: true }),
      nosy.definition,
      polite.definition,
    )

    await says(ada, 'hello')
    await room.until(() => room.events.length === 2)
    await new Promise(setImmediate)

    expect(room.lines()).toEqual(['ada: hello', 'bird: you said hello'])
    expect(nosy.heard).toEqual(['hello', 'you said hello'])
    expect(polite.heard).toEqual(['hello'])
  })

  test('the longer of two names that fit', async () => {
    const one = listener('鸟', { hear: 'mention' })
    const two = listener('鸟二号', { hear: 'mention' })
    const { says } = await lobby(one.definition, two.definition)

    await says(ada, '@鸟二号 来')
    await new Promise(setImmediate)

    expect([one.heard, two.heard]).toEqual([[], ['@鸟二号 来']])
  })
})

describe('what a bot can do wrong', () => {
  test('two bots that answer each other stop at the third hop with one notice', async () => {
    const { room, says } = await lobby(
      bot('ping', (ctx) => ctx.reply('ping'), { hearBots: true }),
      bot('pong', (ctx) => ctx.reply('pong'), { hearBots: true }),
    )

    await says(ada, 'go')
    await room.until(() => room.notices.length > 0)
    await new Promise(setImmediate)

    expect(Math.max(...room.events.map(({ hop = 0 }) => hop))).toBe(3)
    expect(room.events.slice(1).every(({ cause }) => cause === 1)).toBe(true)
    expect(room.notices).toHaveLength(1)
  })

  test('one that is busy lets three wait and drops the rest', async () => {
    const heard: string[] = []
    let letGo = () => undefined as void
    const busy = new Promise<void>((resolve) => (letGo = resolve))
    const slow = bot('slow', async (ctx) => {
      heard.push(ctx.message.text)
      await busy
      await ctx.reply(ctx.message.text)
    })
    const { room, says } = await lobby(slow)

    for (const line of ['1', '2', '3', '4', '5', '6']) await says(ada, line)
    letGo()
    await room.until(() => room.events.length === 10)
    await new Promise(setImmediate) // a fifth would have begun

    expect(heard).toEqual(['1', '2', '3', '4'])
  })

  test('one that hangs is stopped in its time, and hears the next line', async () => {
    jest.useFakeTimers()
    const signals: AbortSignal[] = []
    const hanging = bot(
      'hanging',
      (ctx) => {
        signals.push(ctx.signal)
        return ctx.message.text === 'hang' ? new Promise(() => undefined) : ctx.reply('here')
      },
      { timeout: 1_000 },
    )
    const { room, says } = await lobby(hanging)

    await says(ada, 'hang')
    await says(ada, 'still there?')
    await jest.advanceTimersByTimeAsync(1_000)

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    expect(room.lines().at(-1)).toBe('hanging: here')
  })

  test('one that fails five times in a row rests a minute', async () => {
    const tried: string[] = []
    const failing = bot('failing', (ctx) => {
      tried.push(ctx.message.text)
      throw new Error('no')
    })
    const { says, logged, pass } = await lobby(failing)

    for (const line of ['1', '2', '3', '4', '5']) {
      await says(ada, line)
      await new Promise(setImmediate)
    }
    await logged('bot failed too often in a row: it rests a minute')
    await says(ada, 'resting')
    await new Promise(setImmediate)
    pass(60_000)
    await says(ada, 'again')
    await new Promise(setImmediate)

    expect(tried).toEqual(['1', '2', '3', '4', '5', 'again'])
  })

  test('one that floods says five at once and then one a second', async () => {
    jest.useFakeTimers()
    const { room, says } = await lobby(
      bot('loud', (ctx) => {
        for (let n = 0; n < 1_000; n++) void ctx.reply(String(n))
      }),
    )

    await says(ada, 'go')
    await jest.advanceTimersByTimeAsync(0)
    expect(room.events).toHaveLength(6)
    await jest.advanceTimersByTimeAsync(3_000)
    expect(room.events).toHaveLength(9)
  })

  test('one that floods has twenty answers wait, and is refused the others', async () => {
    jest.useFakeTimers()
    let refused = 0
    const { says } = await lobby(
      bot('loud', (ctx) => {
        for (let n = 0; n < 1_000; n++) ctx.reply(String(n)).catch(() => (refused += 1))
        expect(() => ctx.stream()).toThrow(/wait already/)
      }),
    )

    await says(ada, 'go')
    await jest.advanceTimersByTimeAsync(0)
    expect(refused).toBe(980)
  })

  test('its pace is that of one room: a flood here keeps it from nobody there', async () => {
    jest.useFakeTimers() // no second passes
    const { room, says, bots } = await lobby(bot('bird', echo))
    const den = new TestRoom('den', 8)
    den.heard = (event) => bots.hear(event, den, 'en')
    for (let n = 0; n < 6; n++) {
      await says(ada, `line ${n}`)
      await jest.advanceTimersByTimeAsync(0)
    }
    await den.store({ user: grace, cid: 'in-the-den', data: 'hello' })
    await jest.advanceTimersByTimeAsync(0)

    expect(room.events).toHaveLength(11) // the sixth answer waits
    expect(den.lines()).toEqual(['grace: hello', 'bird: you said hello'])
  })

  test('closing stops what runs, even what does not listen', async () => {
    let signal: AbortSignal | undefined
    const { says, bots } = await lobby(
      bot('deaf', (ctx) => {
        signal = ctx.signal
        return new Promise(() => undefined)
      }),
    )

    await says(ada, 'hello')
    await bots.close()

    expect(signal?.aborted).toBe(true)
  })

  test('where it is tried, what it logs is told, also what JSON cannot say', async () => {
    const chatty = bot('chatty', async (ctx) => {
      ctx.log.info('looked at', { lines: 2 })
      ctx.log.info('counted', { drops: 2n ** 64n })
      await ctx.reply('done')
    })
    const { room, says, bots } = await lobby(chatty)
    Object.assign(room, { sandbox: true })

    await says(ada, 'look')
    await bots.idle()

    expect(room.lines()).toEqual(['ada: look', 'chatty: done'])
    expect(room.whispers).toEqual([
      expect.stringContaining('looked at {"lines":2}'),
      expect.stringMatching(/counted$/),
    ])
  })

  test('a bot cannot reject what is delivered already', async () => {
    const { room, says, logged } = await lobby(bot('strict', (ctx) => ctx.reject('no')))

    await says(ada, 'hello')
    await logged('bot failed')

    expect(room.lines()).toEqual(['ada: hello'])
  })
})
