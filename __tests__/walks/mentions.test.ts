import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** What the last line of the lobby looks like to somebody. */
async function lastLine(reader: Person, seq: number | undefined) {
  return (await reader.sees(seq)).items.at(-1)
}

test('whom a line calls is told by id, live and to who comes later', async () => {
  const world = await lobby({ people: ['ada', 'grace', '欧阳明远'] })
  const { ada, grace } = world
  const { seq } = await ada.says('@Grace 和@欧阳明远你们好, mail grace@example.com')
  const mentions = [grace.user.id, world['欧阳明远'].user.id]

  expect(await lastLine(grace, seq)).toMatchObject({ mentions })
  const late = await world.enters('late')
  expect(await lastLine(late, seq)).toMatchObject({ mentions })
})

test('a line that calls nobody, or its author alone, says nothing of mentions', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  for (const text of ['hello', '@nobody there?', 'it is me, @ada']) {
    const { seq } = await ada.says(text)
    expect(await lastLine(grace, seq)).not.toHaveProperty('mentions')
  }
})

test('a bot is called by its name or alias', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  const { seq } = await ada.says('@小小鸟 几点了')
  expect((await ada.sees(seq)).items[0]).toMatchObject({ mentions: [0] })
})

test('who has gone is called as well, also after a restart', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.grace.says('bye')
  const mentions = [world.grace.user.id]
  await world.grace.close()
  await world.restart()
  await world.ada.comesBack()

  const { seq } = await world.ada.says('@grace was here')
  expect(await lastLine(world.ada, seq)).toMatchObject({ mentions })
})

test('who has another name is called by that one', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await grace.says('/nick Countess')
  const old = await ada.says('@grace?')
  expect(await lastLine(ada, old.seq)).not.toHaveProperty('mentions')
  const { seq } = await ada.says('@countess!')
  expect(await lastLine(ada, seq)).toMatchObject({ mentions: [grace.user.id] })
})

test.each(['@all', '@所有人'])('%s calls everybody, from a moderator', async (all) => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.gives(world.ada, 'mod')
  const { seq } = await world.ada.says(`${all} 开会`)
  expect(await lastLine(world.grace, seq)).toMatchObject({ all: true })

  const plain = await world.grace.says(`${all} 开会`)
  expect(await lastLine(world.ada, plain.seq)).not.toHaveProperty('all')
})

test('nobody can take the name by which everybody is called', async () => {
  const world = await lobby()
  for (const name of ['All', '所有人'])
    await expect(world.signIn(name)).rejects.toThrow('may not sign in: 422')
})

test('an edit calls whom the new text calls, and no longer whom the old one did', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'tom'] })
  await world.ada.says('@grace look')
  const { seq } = await world.ada.edits(1, '@tom look')
  expect(await lastLine(world.grace, seq)).toMatchObject({ mentions: [world.tom.user.id] })

  const late = await world.enters('late')
  expect(await lastLine(late, seq)).toMatchObject({ mentions: [world.tom.user.id] })
  const last = await world.ada.edits(1, 'look')
  expect(await lastLine(world.grace, last.seq)).not.toHaveProperty('mentions')
})

test('a plugin knows whom a line calls before it is delivered', async () => {
  const quiet = `export default async (ctx, next) => {
    if (ctx.message.mentions.length > 1) ctx.reject('One at a time, please.')
    await next()
  }`
  const { ada } = await lobby({
    people: ['ada', 'grace', 'tom'],
    plugins: { 'plugin:quiet': { use: './quiet.mjs' } },
    files: { 'quiet.mjs': quiet },
  })
  await ada.says('@grace hi')
  await expect(ada.says('@grace @tom hi')).rejects.toMatchObject({ code: 'denied' })
})

test('fifty people are enough for one line', async () => {
  const world = await lobby({ people: ['ada'] })
  const names = Array.from({ length: 52 }, (_, index) => `p${index}`)
  for (const name of names) await world.enters(name)
  const { seq } = await world.ada.says(names.map((name) => `@${name}`).join(' '))
  expect((await lastLine(world.ada, seq))?.mentions).toHaveLength(50)
})
