import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Frame } from '../helpers/frames.js'

/** Bots that are wrong: each is named with its file, and its line where there is one; the rest runs. */

const good = `export default async (ctx) => { await ctx.reply('good heard ' + ctx.message.text) }`
const answers = (frame: Frame) => frame.type === 'chat' && frame.user.name === 'good'

test.each([
  [
    'has no default export',
    'bad.js',
    'const x = 1',
    /^bots\/bad\.js: its default export is missing/,
  ],
  ['does not parse', 'bad.ts', '\n\nexport default (', /^bots\/bad\.ts:\d+: /],
  [
    'has a wrong schema',
    'bad.js',
    `export default {
  api: 1,
  config: {
    words: { type: 'words', help: 'x' },
  },
  setup() {},
}`,
    /^bots\/bad\.js:4: the key "words" of its config is wrong/,
  ],
  [
    'requires what is not installed',
    'bad.js',
    `\nconst pad = require('left-pad')\nmodule.exports = () => pad`,
    /^bots\/bad\.js:2: the package left-pad is not installed/,
  ],
  [
    'imports a file that is not there',
    'bad.mjs',
    `import x from './none.js'\nexport default x`,
    /^bots\/bad\.mjs:1: it imports \.\/none\.js/,
  ],
  [
    'throws in its setup',
    'bad.js',
    `export default {\n  api: 1,\n  setup() {\n    throw new Error('no')\n  },\n}`,
    /^bots\/bad\.js:4: no/,
  ],
  [
    'exits while it is loaded',
    'bad.js',
    'process.exit(4)',
    /^bots\/bad\.js: it ended its worker while it was loaded \(it ended by itself, with code 4\)/,
  ],
  [
    'exits in its setup',
    'bad.js',
    'export default { api: 1, setup() { process.exit(5) } }',
    /^bots\/bad\.js: it ended its worker while it was loaded \(it ended by itself, with code 5\)/,
  ],
  [
    'has a trigger that there is not',
    'bad.js',
    `export const triggers = {\n  keywrod: 'x',\n}\nexport default () => {}`,
    /^bots\/bad\.js:2: its triggers have "keywrod"/,
  ],
  [
    'calls its triggers something else',
    'bad.js',
    `\nexport const trigers = { command: 'x' }\nexport default () => {}`,
    /^bots\/bad\.js:2: it exports "trigers"; what wakes a bot is called triggers/,
  ],
  [
    'has a command that nobody can type',
    'bad.js',
    `export const triggers = {\n  command: ['x', 'bad name'],\n}\nexport default () => {}`,
    /^bots\/bad\.js:2: "\/bad name" cannot be a command/,
  ],
  [
    'looks like a person',
    'расе.js', // in Cyrillic letters
    good,
    /^bots\/расе\.js: the name "расе" looks like that of a person/,
  ],
  [
    'has the name of another',
    'good.ts',
    good,
    /there is a bot called good already \(bots\/good\.js\)/,
  ],
])('one that %s', async (_, file, code, told) => {
  const world = await lobby({ files: { 'bots/good.js': good } })
  const ada = await world.enters('ada')
  await world.signIn('pace')

  await world.saves(`bots/${file}`, code)
  let sentence = ''
  while (!told.test(sentence)) sentence = await world.says('bots/')

  await ada.says('hello')
  expect(await ada.next(answers)).toMatchObject({ data: 'good heard hello' })
  expect(await ada.members()).toEqual(['机器人小小鸟', 'good', 'ada'])
})

test('one that ends the worker at the start keeps none of the others away', async () => {
  const files = { 'bots/a.js': 'process.exit(4)', 'bots/good.js': good, 'bots/z.js': good }
  const world = await lobby({ files })
  const ada = await world.enters('ada')
  await world.gives(ada, 'host')

  await ada.says('hello')
  await ada.next(answers)

  expect(await ada.members()).toEqual(['机器人小小鸟', 'good', 'z', 'ada'])
  const { bots } = await ada.request({ type: 'bots', room: 'lobby' })
  expect(bots?.find(({ name }) => name === 'good')?.last_error).toBeUndefined()
})

test('the server does not wait at its start for one that never gets ready', async () => {
  const never = 'await new Promise(() => {})\nexport default () => {}'
  const { ada } = await lobby({ people: ['ada'], files: { 'bots/never.mjs': never } })

  expect(await ada.members()).toEqual(['机器人小小鸟', 'ada'])
})

test.each([
  ['edits another’s message', "await ctx.edit(ctx.message.id, 'mine')"],
  ['recalls another’s message', 'await ctx.recall(ctx.message.id)'],
  ['throws', 'throw new Error(ctx.message.text)'],
])('one that %s: its host reads the line, and nobody’s text', async (_, line) => {
  const code = `export default async (ctx) => {\n  await ctx.room.members()\n  ${line}\n}`
  const world = await lobby({ files: { 'bots/good.js': good, 'bots/bad.js': code } })
  const ada = await world.enters('ada')
  await world.gives(ada, 'host')

  await ada.says('a secret')
  await ada.next(answers)
  await ada.says('again')
  await ada.next(answers)

  const { bots } = await ada.request({ type: 'bots', room: 'lobby' })
  expect(bots?.find(({ name }) => name === 'bad')?.last_error).toEqual({
    at: expect.any(Number),
    kind: 'error',
    data: 'bots/bad.js:3',
  })
  expect((await ada.hears())[0]).toBe('ada: a secret')
})
