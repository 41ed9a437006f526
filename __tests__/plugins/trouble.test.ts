import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

/** One bot that harms the worker, and another in it that should not notice. */

const good = `export default async (ctx) => { await ctx.reply('good heard ' + ctx.message.text) }`
const bad = `export default async (ctx) => {
  const { text } = ctx.message
  if (text === 'exit') { await ctx.room.members(); process.exit(1) }
  if (text === 'hog') for (const hog = []; ; ) hog.push(new Array(1e5).fill(hog.length))
  if (text === 'throw later') setTimeout(() => { throw new Error('nobody caught me') })
  if (text !== 'hello') await new Promise(() => {})
}`

const says = (text: string) => (frame: { type: string }) =>
  frame.type === 'chat' && 'data' in frame && frame.data === text

test.each([
  ['exit', 'bots/bad.mjs: bad ended its worker (it ended by itself, with code 1)'],
  ['hog', 'bots/bad.mjs: bad ended its worker (it used up its memory)'],
  ['throw later', 'bots/bad.mjs:5: bad ended its worker (an error that nobody caught: nobody'],
])(
  'after "%s" they have a worker each: the second time it is named, and the other is spared',
  async (trouble, told) => {
    const world = await lobby({ files: { 'bots/good.mjs': good, 'bots/bad.mjs': bad } })
    const ada = await world.enters('ada')
    await world.gives(ada, 'host')

    await ada.says(trouble)
    expect(await world.says("plugins' worker ended")).toContain('bad')
    await ada.says('hello')
    await ada.next(says('good heard hello'))

    await ada.says(trouble)
    await ada.next(says(`good heard ${trouble}`))
    const sentence = await world.says(told)
    expect(sentence).toContain('started again')
    await ada.says('still here?')
    await ada.next(says('good heard still here?'))

    const { bots } = await ada.request({ type: 'bots', room: 'lobby' })
    const errorOf = (name: string) => bots?.find((bot) => bot.name === name)?.last_error
    expect(errorOf('bad')).toMatchObject({ kind: 'worker', data: sentence })
    expect(errorOf('good')?.data ?? '').not.toContain('bots/good.mjs')
  },
)

test('a bot that is alone in the worker is named at once, and mended by another save', async () => {
  const world = await lobby({ people: ['ada'], files: { 'bots/bad.mjs': bad } })
  const { ada } = world
  await ada.says('exit')
  await world.says('bots/bad.mjs: bad ended its worker')

  await world.saves('bots/bad.mjs', good)
  await world.says('as you have just saved it')
  await ada.says('hello')
  await ada.next(says('good heard hello'))
})

test('one that was set apart can be saved anew, and goes when its file goes', async () => {
  const world = await lobby({ files: { 'bots/good.mjs': good, 'bots/bad.mjs': bad } })
  const ada = await world.enters('ada')
  await ada.says('exit')
  await world.says("plugins' worker ended")

  await world.saves('bots/bad.mjs', good.replace('good', 'better'))
  await world.says('as you have just saved it')
  await ada.says('hello')
  await ada.next(says('better heard hello'))
  await ada.next(says('good heard hello'))
})
