import { describe, expect, test } from '@jest/globals'
import { isOfBot } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'

/** A bot's card, from its words to everybody's answers. */

/** A bot that asks with a card of these options, and tells what it hears. */
const asker = (options: string, more = '') => `
  const choices = [{ id: 'sea', label: 'To the sea' }, { id: 'hills', label: '上山' }]
  export const triggers = { keyword: ['ask', 'close', 'bare', 'vote', 'look'], answer: true }
  export default async (ctx) => {
    const { kind, card, choices: chosen } = ctx.trigger
    const text = ctx.message.text
    if (kind === 'answer') {
      const { open, people } = await ctx.answers(card)
      await ctx.reply([ctx.user.name, card, chosen, open, people].join(' '), { quote: true })
    } else if (text === 'ask') {
      const id = await ctx.reply('Sea or hills?', { card: { choices, ${options} } })
      await ctx.store.set('id', id)
    } else {
      const id = await ctx.store.get('id')
      if (text === 'close') await ctx.edit(id, 'It was sea or hills', { closed: true })
      if (text === 'bare') await ctx.edit(id, 'Never mind', { card: null })
      if (text === 'vote') await ctx.answer(id, ['sea'])
      if (text === 'look') await ctx.reply((await ctx.answers(id)).open ? 'open' : 'over')
    }
    ${more}
  }`

/** A lobby in which the bot has asked; its line is the second. */
async function asked(options = '', people = ['ada', 'grace'] as const) {
  const world = await lobby({ people, files: { 'bots/asker.js': asker(options) } })
  await world.ada.says('ask')
  await world.ada.next(isOfBot)
  return world
}

const choice = (id: string, users: number[]) => ({ id, users, count: users.length })

describe('a card', () => {
  test('goes with its line, and everybody sees how the answers stand', async () => {
    const world = await asked()
    const { ada, grace } = world
    await grace.answers(2, 'sea')
    const { seq } = await ada.answers(2, 'hills')
    const card = {
      choices: [
        { label: 'To the sea', ...choice('sea', [grace.user.id]) },
        { label: '上山', ...choice('hills', [ada.user.id]) },
      ],
      once: 'everybody',
      people: 2,
    }

    expect((await grace.sees(seq)).items[1]).toMatchObject({ data: 'Sea or hills?', card })
    const late = await world.enters('late')
    expect((await late.sees(seq)).items[1]?.card).toEqual(card)
    await world.restart()
    await ada.comesBack()
    const { events = [] } = await ada.request({ type: 'history', room: 'lobby' })
    expect(events[1]?.card).toEqual(card)
  })

  test('takes another answer in place of the first, and the same one for nothing', async () => {
    const { ada } = await asked()
    await ada.answers(2, 'sea')
    const { seq } = await ada.answers(2, 'hills')
    expect((await ada.sees(seq)).items[1]?.card).toMatchObject({
      choices: [choice('sea', []), choice('hills', [ada.user.id])],
      people: 1,
    })
    expect(await ada.answers(2, 'hills')).toMatchObject({ dup: true })
  })

  test('with many takes several at once, and none', async () => {
    const { ada } = await asked('many: true')
    const both = await ada.answers(2, 'sea', 'hills')
    expect((await ada.sees(both.seq)).items[1]?.card).toMatchObject({
      choices: [{ count: 1 }, { count: 1 }],
      people: 1,
    })
    const none = await ada.answers(2)
    expect((await ada.sees(none.seq)).items[1]?.card).toMatchObject({
      choices: [{ count: 0 }, { count: 0 }],
      people: 0,
    })
  })

  test('for the first one is closed by one of two answers at once', async () => {
    const { ada, grace } = await asked("once: 'first'")
    const both = await Promise.allSettled([ada.answers(2, 'sea'), grace.answers(2, 'hills')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { events = [] } = await ada.request({ type: 'history', room: 'lobby' })
    expect(events[1]?.card).toMatchObject({ closed: true, people: 1 })
  })

  test.each([
    ['one that is not there', ['moon']],
    ['two where one is asked for', ['sea', 'hills']],
    ['none', []],
  ])('refuses %s', async (_what, choices) => {
    const { ada } = await asked()
    await expect(ada.answers(2, ...choices)).rejects.toMatchObject({ code: 'no_such_choice' })
  })

  test('is over at its time, and says so', async () => {
    const world = await asked('until: Date.now() + 60_000')
    const { ada } = world
    await ada.answers(2, 'hills')
    await ada.next(isOfBot)
    world.passes(61_000)
    await expect(ada.answers(2, 'sea')).rejects.toMatchObject({
      code: 'expired',
      frame: { data: 'The time for this question is over: it takes no more answers.' },
    })
    await ada.says('look')
    expect(await ada.next(isOfBot)).toMatchObject({ data: 'over' })
  })

  test('is closed and taken away by its bot', async () => {
    const { ada } = await asked()
    await ada.answers(2, 'sea')
    await ada.next(isOfBot)
    await ada.says('close')
    expect(await ada.next((frame) => frame.type === 'edit')).toMatchObject({ message: 2 })
    await expect(ada.answers(2, 'hills')).rejects.toMatchObject({ code: 'closed' })

    await ada.says('bare')
    await ada.next((frame) => frame.type === 'edit')
    const { events = [] } = await ada.request({ type: 'history', room: 'lobby' })
    expect(events.find(({ seq }) => seq === 2)).toMatchObject({ data: 'Never mind' })
    expect(events.find(({ seq }) => seq === 2)).not.toHaveProperty('card')
  })

  test('goes with a recalled line, and who chose what with it', async () => {
    const world = await asked()
    const { ada, grace } = world
    const { head } = await grace.join('lobby', { anew: true })
    await grace.drop()
    await world.gives(ada, 'mod')
    await ada.answers(2, 'sea')
    await ada.request({ type: 'recall', room: 'lobby', message: 2 })

    await grace.comesBack()
    await grace.sees(head + 1)
    const told = JSON.stringify(grace.frames.slice(-40))
    await expect(ada.answers(2, 'sea')).rejects.toMatchObject({ code: 'no_such_message' })
    await world.restart()
    await ada.comesBack()
    const { events = [] } = await ada.request({ type: 'history', room: 'lobby' })
    expect(events[1]).toMatchObject({ recalled: true, data: '' })
    expect(events[1]).not.toHaveProperty('card')
    expect(told).not.toContain('"choices":["sea"]')
  })

  test('of a crowd twenty are named, and each is told of its own choice', async () => {
    const world = await asked()
    const crowd = await Promise.all(Array.from({ length: 22 }, (_, i) => world.enters(`p${i}`)))
    for (const person of crowd) await person.answers(2, 'sea')
    const [last] = crowd.slice(-1)
    const page = await last?.request({ type: 'history', room: 'lobby' })
    const [sea] = page?.events?.find(({ seq }) => seq === 2)?.card?.choices ?? []
    expect(sea).toMatchObject({ count: 22, mine: true })
    expect(sea?.users).toHaveLength(20)
  })
})

describe('its bot', () => {
  test('hears who chose what, and how the card stands', async () => {
    const { ada, grace } = await asked()
    await grace.answers(2, 'hills')
    expect(await ada.next(isOfBot)).toMatchObject({ data: 'grace 2 hills true 1', reply_to: 2 })
  })

  test('counts an answer that was typed for who typed it', async () => {
    const { ada } = await asked()
    await ada.says('vote')
    const answer = await ada.next((frame) => frame.type === 'answer')
    expect(answer).toMatchObject({ user: { name: 'ada' }, choices: ['sea'] })
  })

  test('is told which rule its card breaks: the reply rejects', async () => {
    const broken = [
      ['choices: []', '1 to 10 choices'],
      ["choices: [{ id: 'a b', label: 'x' }]", 'an id has 1 to 32 letters'],
      ["choices: [{ id: 'a', label: 'x'.repeat(81) }]", 'a label has 1 to 80 characters'],
      [
        "choices: [{ id: 'a', label: 'x' }, { id: 'a', label: 'y' }]",
        'each choice has an id of its own',
      ],
      [
        'until: Date.now() + 31 * 86_400_000',
        'until is a time in milliseconds like Date.now(), at most 30 days ahead',
      ],
      ["once: 'twice'", "once is 'everybody' or 'first'"],
    ] as const
    const cards = broken.map(([options]) => `() => ({ choices, ${options} })`).join(',\n')
    const source = `
      const choices = [{ id: 'a', label: 'A' }]
      const cards = [${cards}]
      export const triggers = { command: 'ask' }
      export default async (ctx) => {
        const asked = ctx.reply('?', { card: cards[ctx.args]() })
        await asked.catch((error) => ctx.reply(error.name + ': ' + error.message))
      }`
    const { ada } = await lobby({ people: ['ada'], files: { 'bots/asker.js': source } })
    for (const [index, [, rule]] of broken.entries()) {
      await ada.says(`/ask ${index}`)
      const told = `TypeError: ctx.reply(text, { card }): ${rule}`
      expect(await ada.next(isOfBot)).toMatchObject({ data: expect.stringContaining(told) })
    }
  })
})
