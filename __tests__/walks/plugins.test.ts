import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const ping = `export default async (ctx, next) => {
  await next()
  if (ctx.message.text === 'ping') await ctx.reply('pong')
}`

const mask = `export default async (ctx, next) => {
  if (ctx.message.text.includes('forbidden')) ctx.reject('That word is not for this room.')
  ctx.message.text = ctx.message.text.replaceAll('spam', '****')
  await next()
}`

const plugin = (name: string, code: string) => ({
  plugins: { [`plugin:${name}`]: { use: `./${name}.mjs` } },
  files: { [`${name}.mjs`]: code },
})

test('a module of three lines beside config.ini answers in the room', async () => {
  const { ada } = await lobby({ people: ['ada'], ...plugin('ping', ping) })
  await ada.says('ping')
  await ada.next((frame) => frame.type === 'chat' && frame.data === 'pong')

  expect(await ada.hears()).toEqual(['ada: ping', 'ping: pong'])
  expect(ada.heard()[1]).toMatchObject({ user: { kind: 'bot' }, cause: 1, hop: 1 })
})

test('a plugin changes a line before it is stored, or rejects it with its own sentence', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...plugin('mask', mask) })
  await ada.says('buy spam')

  await expect(ada.says('the forbidden one')).rejects.toMatchObject({
    code: 'denied',
    frame: { data: 'That word is not for this room.' },
  })
  expect(await grace.hears()).toEqual(['ada: buy ****'])
})

test('a line that a plugin changed is known again by what was typed', async () => {
  const { ada } = await lobby({ people: ['ada'], ...plugin('mask', mask) })
  const { seq } = await ada.says('buy spam', { cid: 'changed-line' })
  expect(await ada.says('buy spam', { cid: 'changed-line' })).toMatchObject({ seq, dup: true })
  await expect(ada.says('buy ****', { cid: 'changed-line' })).rejects.toMatchObject({
    code: 'cid_conflict',
  })
})

test.each([
  ['throws', 'export default () => { throw new Error("broken") }'],
  ['never ends its turn', 'export default (ctx, next) => { for (;;); }'],
  ['forgets next', 'export default () => {}'],
  ['ends the process', 'export default () => process.exit(1)'],
])(
  'a plugin that %s costs nobody a line',
  async (_how, code) => {
    const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...plugin('bad', code) })
    await ada.says('still here?')
    expect(await grace.hears()).toEqual(['ada: still here?'])
  },
  30_000,
)

test('what a plugin writes into the log is one line, cut short: its message, what it adds, its console, its faults', async () => {
  const code = `const long = (char) => char.repeat(50_000)
export default async (ctx, next) => {
  await next()
  ctx.log.warn('m' + long('m'), { text: long('d') + '\\n', deep: [{ text: long('e') }] })
  ctx.log.warn('many', Object.fromEntries(Array.from({ length: 500 }, (_, n) => ['k' + n, long('f').slice(0, 100)])))
  console.log(long('c'))
  throw Object.assign(new Error(long('t')), { why: long('w') })
}`
  const world = await lobby({ people: ['ada'], ...plugin('chatty', code) })
  await world.ada.says('hello')
  const of = (words: string) => world.logged.find((line) => line.includes(words))
  const all = ['"mm', '"many"', '"stdout"', 'tttt']
  while (!all.every(of)) await new Promise((resolve) => setImmediate(resolve))
  expect(all.map((words) => [words, (of(words) ?? '').length < 4_000])).toEqual(all.map((words) => [words, true])) // prettier-ignore
  for (const line of world.logged) expect(line.trimEnd()).not.toContain('\n')
})
