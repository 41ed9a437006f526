import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { isOfBot, type Frame } from '../helpers/frames.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** The room in which bots are tried. A save is seen by the watch of the folder, and rooms are told of once a second. */

const quiet = { 'bot:bird': { use: 'offline', hear: 'mention', rooms: ['den'] } }
/** Says what it does, and fails at what it is told to. */
const clumsy = `export const triggers = { keyword: 'try' }
export default async (ctx) => {
  ctx.log.info('looking at it', { words: ctx.message.text.split(' ').length })
  if (ctx.message.text.includes('hard')) throw new Error('too hard for me')
  await ctx.reply('done')
}`
const isWhisper = (frame: Frame) => frame.type === 'whisper'
const listed = (who: Person) => who.hello?.rooms.find(({ name }) => name === 'sandbox')
const told = (who: Person) => who.next(isWhisper)
const whispers = (who: Person) =>
  who.frames.flatMap((frame) => (frame.type === 'whisper' ? frame.data : []))
const withClumsy = (config = {}) =>
  lobby({ people: ['ada', 'grace'], config, plugins: quiet, files: { 'bots/clumsy.js': clumsy } })
/** Is told of rooms: the sandbox is among them, or is gone. */
const roomsTold = (who: Person, there: boolean) =>
  who.next(
    (frame) =>
      frame.type === 'rooms' &&
      (there ? frame.rooms.some(({ name }) => name === 'sandbox') : Boolean(frame.gone?.length)),
  )

test('it is there while a bot is a file, is called in the reader’s language, and goes with it', async () => {
  const world = await lobby({ people: ['ada'], plugins: quiet, lang: 'zh-CN' })
  expect(listed(world.ada)).toBeUndefined()
  await world.saves('bots/clumsy.js', clumsy)
  expect(await roomsTold(world.ada, true)).toMatchObject({
    rooms: [{ name: 'sandbox', title: '试验场', topic: expect.stringContaining('每个机器人都听') }],
  })

  await rm(join(world.folder, 'bots/clumsy.js'))
  expect(await roomsTold(world.ada, false)).toMatchObject({ gone: ['sandbox'] })
  await world.saves('bots/clumsy.js', clumsy)
  await roomsTold(world.ada, true)
})

test('every bot is in it, and one without triggers hears every line', async () => {
  const { ada } = await withClumsy()
  await ada.join('sandbox')
  const { bots } = await ada.request({ type: 'bots', room: 'sandbox' })
  expect(bots?.map(({ name, hear }) => [name, hear])).toEqual([
    ['bird', 'all'],
    ['clumsy', 'all'],
  ])
  await ada.says('how are you?', { room: 'sandbox' })
  expect(await ada.next(isOfBot)).toMatchObject({ user: { name: 'bird' } })
})

test('what is for one bot there, by its name or its command, the others leave to it', async () => {
  const wren = `export const triggers = { mention: true, command: 'sing' }
    export default (ctx) => ctx.reply('la')`
  const { ada } = await lobby({
    people: ['ada'],
    plugins: quiet,
    files: { 'bots/wren.js': wren },
  })
  await ada.join('sandbox')
  for (const text of ['/sing', '@wren, once more', 'and you?']) {
    await ada.says(text, { room: 'sandbox' })
    await ada.next(isOfBot)
  }
  expect(ada.heard('sandbox').filter(isOfBot)).toMatchObject(
    ['wren', 'wren', 'bird'].map((name) => ({ user: { name } })),
  )
})

test('its log and its errors reach all who are in it, and nothing of other rooms does', async () => {
  const { ada, grace } = await withClumsy()
  for (const one of [ada, grace]) await one.join('sandbox')
  await ada.says('try this in the lobby')
  await ada.next(isOfBot)
  await ada.says('try hard', { room: 'sandbox' })
  for (const one of [ada, grace]) {
    expect(await told(one)).toMatchObject({ room: 'sandbox', user: { name: 'clumsy' } })
    expect(await told(one)).toMatchObject({ data: expect.stringContaining('too hard for me') })
    expect(whispers(one)).toEqual([
      'Log, info: looking at it {"words":2}',
      'Failed at bots/clumsy.js:4: too hard for me (error)',
    ])
  }
})

test('a save that cannot be used is told there too', async () => {
  const world = await withClumsy()
  await world.ada.join('sandbox')
  await world.saves('bots/clumsy.js', 'export default (')
  expect(await told(world.ada)).toMatchObject({ data: expect.stringContaining('clumsy.js') })
})

test('what is said in it is never unread', async () => {
  const world = await withClumsy()
  const { ada, grace } = world
  await grace.join('sandbox')
  await grace.leave('sandbox')
  await ada.join('sandbox')
  await ada.says('@grace try this', { room: 'sandbox' })
  await ada.next(isOfBot)
  await grace.drop()
  await grace.connect()
  expect(listed(grace)).toMatchObject({ unread: 0, mentions: 0, level: 'all' })
})

test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
  ['yes', { 'rooms.sandbox': 'yes' }, {}, true],
  ['no', { 'rooms.sandbox': 'no' }, { 'bots/clumsy.js': clumsy }, false],
])('the configuration may ask for it or not: %s', async (_, config, files, there) => {
  const { ada } = await lobby({ people: ['ada'], config, plugins: quiet, files })
  expect(listed(ada) !== undefined).toBe(there)
})

test('a room of somebody’s that is called so stays theirs, with no whispers in it', async () => {
  const world: World = await lobby({ plugins: quiet })
  const ada = await world.enters('ada')
  await ada.join('sandbox')
  await world.saves('bots/clumsy.js', clumsy)
  await world.says('clumsy')
  await ada.says('try this', { room: 'sandbox' })
  expect(await ada.next(isOfBot)).toMatchObject({ user: { name: 'clumsy' } })
  expect(whispers(ada)).toEqual([])
})
