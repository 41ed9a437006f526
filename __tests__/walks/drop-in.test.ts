import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Frame } from '../helpers/frames.js'
import type { Person } from '../helpers/person.js'

/** Bots as files in `bots/` beside config.ini. */

const echo = (word: string) => `export default async (ctx, next) => {
  await next()
  if (ctx.message.text === 'ping') await ctx.reply('${word}')
}`

const comes = (name: string) => (frame: Frame) =>
  frame.type === 'join' && frame.users.some((user) => user.name === name)
const isNamed = (name: string) => (frame: Frame) =>
  comes(name)(frame) || (frame.type === 'status' && frame.user.name === name)
const goes = (name: string) => (frame: Frame) =>
  frame.type === 'left' && frame.users.some((user) => user.name === name)

/** What the bots of the room answer to `ping`, once `count` of them have. */
async function answers(person: Person, count = 1): Promise<string[]> {
  await person.says('ping')
  for (let n = 0; n < count; n++) {
    await person.next((frame) => frame.type === 'chat' && frame.user.kind === 'bot')
  }
  return (await person.hears()).slice(-count)
}

test('saving a file makes it a member: everybody sees it come, and it hears all', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world

  await world.saves('bots/dice.js', echo('1'))

  const frame = await grace.next(comes('dice'))
  expect(frame).toMatchObject({
    type: 'join',
    users: [{ name: 'dice', kind: 'bot', imageid: 'bot', id: -1 }],
    count: 4,
  })
  expect(await ada.members()).toEqual(['机器人小小鸟', 'dice', 'ada', 'grace'])
  expect(await answers(ada)).toEqual(['dice: 1'])
  expect(await world.says('dice')).toBe('bots/dice.js: the bot dice is here.')
})

test('it is told of at once: who has just come alone is no reason to wait', async () => {
  const world = await lobby({ people: ['ada'] })
  const { ada } = world
  await world.saves('bots/coin.js', echo('0'))
  expect((await ada.next(isNamed('coin'))).type).toBe('join')

  await world.saves('bots/dice.js', echo('1')) // by a status, if it is there within a second of the other

  await ada.next(isNamed('dice'))
  expect(await ada.next(comes('dice'))).toMatchObject({ count: 4 })
})

test('what lies there at the start is there from the start', async () => {
  const world = await lobby({ files: { 'bots/dice.ts': echo('1'), 'bots/broken.js': '(' } })
  const ada = await world.enters('ada')

  expect(await ada.members()).toEqual(['机器人小小鸟', 'dice', 'ada'])
  expect(await answers(ada)).toEqual(['dice: 1'])
  expect(world.told.toSorted()).toEqual([
    expect.stringMatching(/^bots\/broken\.js:1: SyntaxError: .*mend it and save it again\.$/),
    'bots/dice.ts: the bot dice is here.',
  ])
})

test('saving it again reloads it, and pages are told', async () => {
  const world = await lobby({ files: { 'bots/dice.mjs': echo('1') } })
  const ada = await world.enters('ada')
  expect(await answers(ada)).toEqual(['dice: 1'])

  await world.saves('bots/dice.mjs', echo('2'))

  await ada.next((frame) => frame.type === 'status' && frame.user.name === 'dice')
  expect(await answers(ada)).toEqual(['dice: 2'])
  expect(ada.frames.some(goes('dice'))).toBe(false)
})

test('a broken save keeps the one before, and says where and why', async () => {
  const world = await lobby({ files: { 'bots/dice.js': echo('1') } })
  const ada = await world.enters('ada')

  await world.saves('bots/dice.js', '\nexport default async (ctx => {')

  expect(await world.says('SyntaxError')).toMatch(
    /^bots\/dice\.js:2: SyntaxError: .*\. The bot dice stays as it was; mend it and save it again\.$/,
  )
  expect(await answers(ada)).toEqual(['dice: 1'])
  await world.saves('bots/dice.js', echo('2'))
  await world.says('just saved')
  expect(await answers(ada)).toEqual(['dice: 2'])
})

test('deleting it lets it go; coming back, it is the same member', async () => {
  const world = await lobby({ files: { 'bots/other.js': echo('x') } })
  const ada = await world.enters('ada')
  await world.saves('bots/dice.js', echo('1'))
  await ada.next(comes('dice'))

  await rm(join(world.folder, 'bots/dice.js'))
  expect(await ada.next(goes('dice'))).toMatchObject({ users: [{ id: -2 }], count: 3 })
  expect(await answers(ada)).toEqual(['other: x'])

  await world.restart()
  await ada.comesBack()
  await world.saves('bots/dice.js', echo('2'))
  expect(await ada.next(comes('dice'))).toMatchObject({ users: [{ id: -2 }] })
})

test('coming back it has its place again, among the members and among those who listen', async () => {
  const world = await lobby({ files: { 'bots/coin.js': echo('0'), 'bots/dice.js': echo('1') } })
  const ada = await world.enters('ada')
  await rm(join(world.folder, 'bots/coin.js'))
  await ada.next(goes('coin'))
  await world.saves('bots/coin.js', echo('2'))
  await ada.next(comes('coin'))

  const { bots } = await ada.request({ type: 'bots', room: 'lobby' })
  const all = ['机器人小小鸟', 'coin', 'dice']
  expect([bots?.map(({ name }) => name), await ada.members()]).toEqual([all, [...all, 'ada']])
})

test('renaming dice.js to dice.ts is another version of the same bot', async () => {
  const world = await lobby({ files: { 'bots/dice.js': echo('1') } })
  const ada = await world.enters('ada')

  await world.saves('bots/new', echo('2'))
  await rename(join(world.folder, 'bots/new'), join(world.folder, 'bots/dice.ts'))
  await rm(join(world.folder, 'bots/dice.js'))

  await ada.next((frame) => frame.type === 'status' && frame.user.name === 'dice')
  expect(await answers(ada)).toEqual(['dice: 2'])
})

test('a name that imitates a person, another bot or the server is refused', async () => {
  const world = await lobby({ people: ['pace'], files: { 'bots/dice.js': echo('1') } })

  await world.saves('bots/расе.js', echo('x')) // in Cyrillic letters
  expect(await world.says('person')).toBe(
    'bots/расе.js: the name "расе" looks like that of a person here, and a bot may not pass for one. Please give the file another name. This bot did not come; mend it and save it again.',
  )
  await world.saves('bots/d1ce.js', echo('x'))
  await world.says('"d1ce" looks like that of another bot')
  await world.saves('bots/system.js', echo('x'))
  await world.says('"system" means something else here')
  await world.saves(`bots/${'long'.repeat(6)}.js`, echo('x'))
  await world.says('at most 20 characters')
  expect(await world.pace.members()).toEqual(['机器人小小鸟', 'dice', 'pace'])
})

test('of two files of one name the first is the bot, until it is gone', async () => {
  const world = await lobby({ files: { 'bots/dice.js': echo('1'), 'bots/dice.ts': echo('2') } })
  const ada = await world.enters('ada')
  await world.says('bots/dice.ts: there is a bot called dice already (bots/dice.js)')
  expect(await answers(ada)).toEqual(['dice: 1'])

  await rm(join(world.folder, 'bots/dice.js'))

  await world.says('just saved')
  expect(await answers(ada)).toEqual(['dice: 2'])
})

test('nobody may take the name of a bot that is there, and may when it is gone', async () => {
  const world = await lobby({ files: { 'bots/dice.js': echo('1') } })
  await expect(world.signIn('dice')).rejects.toThrow('may not sign in: 422')

  await rm(join(world.folder, 'bots/dice.js'))
  await world.says('has left')

  expect((await world.signIn('dice')).name).toBe('dice')
})

test('a file that a section of config.ini uses has its settings, and reloads as well', async () => {
  const bot = (word: string) => `export default { name: 'dice', api: 1,
    config: { sides: { type: 'int', default: 6, help: 'sides' } },
    setup(host, { sides }) { host.bot(async (ctx) => { await ctx.reply('${word}' + sides) }, { hear: 'all' }) } }`
  const world = await lobby({
    plugins: { 'bot:骰子': { use: './bots/dice.js', sides: 20 } },
    files: { 'bots/dice.js': bot('d') },
  })
  const ada = await world.enters('ada')
  expect(await answers(ada)).toEqual(['骰子: d20'])

  await world.saves('bots/dice.js', bot('D'))
  await world.says('bots/dice.js: the bot 骰子 is now as you have just saved it.')
  expect(await answers(ada)).toEqual(['骰子: D20'])

  await rm(join(world.folder, 'bots/dice.js'))
  await world.says('[bot:骰子] in the configuration file uses it')
  expect(await answers(ada)).toEqual(['骰子: D20'])
})

test('a setting that must be given is asked for in config.ini', async () => {
  const world = await lobby()
  await world.saves(
    'bots/strict.js',
    `export default { api: 1, config: { words: { type: 'list', required: true, help: 'bad words' } }, setup() {} }`,
  )
  expect(await world.says('strict')).toBe(
    'bots/strict.js: [bot:strict] lacks "words": bad words. Please add a line words[] = … Settings of a bot stand in the configuration file: add a section [bot:strict] with use = ./bots/strict.js. This bot did not come; mend it and save it again.',
  )
})

test('commands of a file come and go with it', async () => {
  const world = await lobby()
  const ada = await world.enters('ada')
  await world.saves(
    'bots/dice.js',
    `export default { api: 1, setup(host) { host.command('roll', (ctx, args) => 'rolled ' + args) } }`,
  )
  expect(await world.says('dice')).toBe('bots/dice.js: the bot dice is here, with /roll.')
  await ada.next(comes('dice'))

  await ada.says('/roll d6')
  expect(await ada.next((frame) => frame.type === 'whisper')).toMatchObject({ data: 'rolled d6' })

  await rm(join(world.folder, 'bots/dice.js'))
  await ada.next(goes('dice'))
  await ada.says('/roll d6')
  expect(await ada.hears()).toContain('ada: /roll d6')
})

test('a command that the server has is told to who saves it, and not that the bot has it', async () => {
  const world = await lobby()
  const code = `export const triggers = { command: ['keep', 'mute'] }\nexport default () => {}`
  await world.saves('bots/keeper.js', code)
  expect(await world.says('is here')).toBe('bots/keeper.js: the bot keeper is here, with /keep.')
  expect(await world.says('keeper')).toMatch(
    /^bots\/keeper\.js: \/mute never reaches the bot keeper/,
  )
})

test('what the old version took up it finishes; its drafts end, and the new one takes what comes', async () => {
  const slow = (word: string) => `export default { api: 1, setup(host) {
    host.cleanup(() => host.log.info('${word} is undone'))
    host.bot(async (ctx) => {
      if (ctx.message.text === 'draft') {
        const draft = ctx.stream()
        draft.write('${word} begins')
        await new Promise((resolve) => draft.signal.addEventListener('abort', resolve))
        return
      }
      // Both versions are in one worker: the old one is busy until the new one has something to answer.
      if (ctx.message.text === 'slow') await new Promise((resolve) => (globalThis.goOn = resolve))
      else globalThis.goOn?.()
      await ctx.reply('${word} answers ' + ctx.message.text)
    }, { hear: 'all' })
  } }`
  const world = await lobby({
    config: { 'rooms.names': ['other'] },
    files: { 'bots/b.js': slow('1') },
  })
  const ada = await world.enters('ada')
  await ada.join('other')
  await ada.says('draft', { room: 'other' })
  await ada.next((frame) => frame.type === 'delta' && frame.data === '1 begins')
  await ada.says('slow')
  for (const text of ['a', 'b']) await ada.says(text)

  await world.saves('bots/b.js', slow('2'))
  await world.says('just saved')
  await ada.says('c')
  for (let n = 0; n < 4; n++) {
    await ada.next(
      (frame) => frame.type === 'chat' && frame.room === 'lobby' && frame.user.kind === 'bot',
    )
  }

  const said = await ada.hears()
  expect(said).toContain('b: 1 answers slow')
  expect(said.filter((line) => line.startsWith('b: 2'))).toEqual([
    'b: 2 answers a',
    'b: 2 answers b',
    'b: 2 answers c',
  ])
  expect(await ada.hears('other')).toEqual(['ada: draft', 'b: 1 begins'])
  expect(ada.heard('other').at(-1)).toMatchObject({ ended: 'cancelled' })
})

test('why a bot cannot be used as it was saved is told in the language of who asks', async () => {
  const world = await lobby({ files: { 'bots/dice.js': echo('1') } })
  const readers = [await world.enters('ada'), await world.enters('小明', { lang: 'zh-CN' })]
  await world.saves('bots/dice.js', 'export const nothing = 1')
  await world.says('default export is missing')

  const told = readers.map(async (reader) => {
    await world.gives(reader, 'host')
    const { bots } = await reader.request({ type: 'bots', room: 'lobby' })
    const dice = bots?.find(({ name }) => name === 'dice')
    expect(dice?.last_error?.data).toBe(dice?.broken)
    return dice?.broken
  })
  expect(await Promise.all(told)).toEqual([
    expect.stringMatching(
      /^bots\/dice\.js: its default export is missing.*mend it and save it again\.$/s,
    ),
    expect.stringMatching(/^bots\/dice\.js: 没有默认导出.*机器人 dice 还是原来的样子.*。$/s),
  ])
})

test('the last error of a bot is kept for who runs the server', async () => {
  const world = await lobby({ files: { 'bots/dice.js': echo('1') } })
  const ada = await world.enters('ada')
  await world.server?.giveRole(ada.user.id, 'host')

  await world.saves('bots/dice.js', '(')
  await world.says('SyntaxError')

  const dice = async () => {
    const { bots } = await ada.request({ type: 'bots', room: 'lobby' })
    return bots?.find(({ name }) => name === 'dice')
  }
  const data = expect.stringMatching(/^bots\/dice\.js:1: SyntaxError.*The bot dice stays as it was/)
  const last_error = { at: expect.any(Number), kind: 'broken', data }
  expect(await dice()).toMatchObject({ state: 'ready', broken: data, last_error })

  await world.saves('bots/dice.js', echo('2'))
  await world.says('as you have just saved it')
  expect([(await dice())?.broken, (await dice())?.last_error]).toEqual([undefined, undefined])
})
