import { expect, test } from '@jest/globals'
import { isOfBot, type Frame } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'

/** What a bot in the plugins' worker does besides answering a line. */

const whisper = (frame: Frame) => frame.type === 'whisper'
const bot = (triggers: string, body: string) =>
  `export const triggers = ${triggers}\nexport default async (ctx) => { ${body} }`

test('it whispers to who spoke, and the others hear nothing of it', async () => {
  const { ada, grace } = await lobby({
    people: ['ada', 'grace'],
    files: {
      'bots/spy.js': bot(
        '{ keyword: "hello" }',
        `ctx.typing(); const id = await ctx.reply('psst', { whisper: true }); await ctx.reply('said ' + id)`,
      ),
    },
  })
  const { seq } = await ada.says('hello')

  expect(await ada.next(whisper)).toMatchObject({
    room: 'lobby',
    user: { name: 'spy', kind: 'bot' },
    data: 'psst',
    cause: seq,
  })
  await grace.next(isOfBot)
  expect(await grace.hears()).toEqual(['ada: hello', 'spy: said 0'])
  expect(grace.frames.some(whisper)).toBe(false)
})

test('it knows a room by the title that who comes reads above it', async () => {
  const world = await lobby({ plugins: { 'bot:door': { use: 'welcome' } }, lang: 'zh-CN' })
  const ada = await world.enters('ada')
  expect(await ada.next(whisper)).toMatchObject({ data: expect.stringMatching(/欢迎来到大厅/) })
  await ada.join('garden')
  expect(await ada.next(whisper)).toMatchObject({
    data: expect.stringMatching(/欢迎来到\s?garden/),
  })
})

test('what it whispers comes behind the line that it answers, and behind its typing, in one flush too', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    files: {
      'bots/spy.js': `export default { api: 1, setup: (host) => host.bot(async (ctx) => {
        ctx.typing()
        await ctx.reply('psst', { whisper: true })
      }, { hear: 'all' }) }`,
    },
    plugins: { 'bot:spy': { use: './bots/spy.js', isolate: 'none' } },
  })
  await ada.says('hello')
  await ada.next(whisper)

  const told = ada.frames.map(({ type }) => type)
  expect(told.slice(told.indexOf('chat'))).toEqual(['chat', 'typing', 'whisper'])
})

test('it greets who comes, alone, and tells the room who left', async () => {
  const world = await lobby({
    people: ['ada'],
    files: {
      'bots/door.js': bot(
        '{ join: true, left: true }',
        `if (ctx.trigger.kind === 'join') await ctx.reply('welcome ' + ctx.user.name + ctx.message.text, { whisper: true })
         else await ctx.reply('bye ' + ctx.user.name)`,
      ),
    },
  })
  await world.ada.next(whisper)

  const grace = await world.enters('grace')
  expect(await grace.next(whisper)).toMatchObject({ data: 'welcome grace' })
  await grace.leave('lobby')
  await grace.close()
  const said = await world.ada.next(isOfBot, 12_000)
  expect(said).toMatchObject({ data: 'bye grace', hop: 1 })
  expect(said).not.toHaveProperty('cause')
})

test('it edits and takes back what it said, and nothing that others said', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    files: {
      'bots/poll.js': bot(
        '{ keyword: "vote" }',
        `const id = await ctx.reply('votes: 0')
         await ctx.edit(id, 'votes: 1')
         const other = await ctx.reply('oops')
         await ctx.recall(other)
         const why = await ctx.edit(ctx.message.id, 'ha').catch((error) => error.message)
         await ctx.reply(why, { quote: true })
         const gone = await ctx.recall(ctx.message.id).catch((error) => error.message)
         await ctx.reply(gone)`,
      ),
    },
  })
  await ada.says('vote')
  for (let n = 0; n < 4; n++) await ada.next(isOfBot)

  const { events = [] } = await ada.request({ type: 'history', room: 'lobby' })
  expect(events.map(({ data, recalled, reply_to }) => [data, recalled, reply_to])).toEqual([
    ['vote', undefined, undefined],
    ['votes: 1', undefined, undefined],
    ['', true, undefined],
    [expect.stringMatching(/^message 1 of this room is not one of this bot's/), undefined, 1],
    [expect.stringMatching(/it needs moderates = yes/), undefined, undefined],
  ])
})

test('it shows that it writes', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    files: { 'bots/slow.js': bot('{ all: true }', 'ctx.typing()') },
  })
  await ada.says('hello')
  expect(await ada.next((frame) => frame.type === 'typing')).toMatchObject({
    user: { name: 'slow', kind: 'bot' },
  })
})

test('a loop of replies without await fills the bot’s memory and nobody else’s', async () => {
  const { ada, grace } = await lobby({
    people: ['ada', 'grace'],
    files: {
      'bots/flood.js': bot(
        '{ keyword: "go" }',
        `const all = []
         for (let n = 0; n < 100_000; n++) all.push(ctx.reply('spam').catch((error) => error.message))
         const failed = (await Promise.all(all.slice(50))).filter((one) => /await some/.test(one))
         ctx.log.info('refused ' + failed.length)`,
      ),
    },
  })
  await ada.says('go')
  await ada.says('still here')
  expect(await grace.hears()).toEqual(expect.arrayContaining(['ada: go', 'ada: still here']))
})

test('what it keeps is there after a restart, in each room for itself', async () => {
  const world = await lobby({
    people: ['ada'],
    config: { 'rooms.names': ['garden'] },
    files: {
      'bots/count.js': bot(
        '{ keyword: "+1" }',
        `const count = ((await ctx.store.get('count')) ?? 0) + 1
         await ctx.store.set('count', count)
         const all = await ctx.store.list('c')
         const gone = await ctx.store.delete('nothing')
         await ctx.reply([count, all.length, gone].join(' '))`,
      ),
    },
  })
  const { ada } = world
  const counts = async (room: string) => {
    await ada.says('+1', { room })
    const said = await ada.next((frame) => isOfBot(frame) && 'room' in frame && frame.room === room)
    return said.type === 'chat' ? said.data : undefined
  }
  await ada.join('garden')

  expect(await counts('lobby')).toBe('1 1 false')
  expect(await counts('lobby')).toBe('2 1 false')
  expect(await counts('garden')).toBe('1 1 false')
  await world.restart()
  await ada.comesBack()
  expect(await counts('lobby')).toBe('3 1 false')
})

test('what it cannot keep it is told in words', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    files: {
      'bots/greedy.js': bot(
        '{ keyword: "go" }',
        `const why = (work) => work.then(() => 'kept', (error) => error.message)
         const told = [
           await why(ctx.store.set('big', 'x'.repeat(16_384))),
           await why(ctx.store.set('', 1)),
           await why(ctx.store.set('f', () => 1)),
           await why(ctx.store.set('fits', { a: [1, null, '鸟'] })),
           JSON.stringify(await ctx.store.get('fits')),
         ]
         await ctx.reply(told.join('\\n'))`,
      ),
    },
  })
  await ada.says('go')
  expect(await ada.next(isOfBot)).toMatchObject({
    data: [
      'ctx.store.set: a value has at most 16384 bytes as JSON',
      'ctx.store.set: a key is a string of 1 to 128 characters',
      'ctx.store.set: the value must be one that JSON has',
      'kept',
      '{"a":[1,null,"鸟"]}',
    ].join('\n'),
  })
})
