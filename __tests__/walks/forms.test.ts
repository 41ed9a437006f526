import { describe, expect, test } from '@jest/globals'
import { isOfBot } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** The short form of a card, from the bot's words to what people write into it. */

/** Asks who comes, and whispers to itself what it gets: the room reads only that somebody answered. */
const host = (options = '') => `
  const fields = [
    { id: 'name', label: 'Your name', type: 'text', max: 10 },
    { id: 'guests', label: '带几个人', type: 'number', min: 0, max: 9, whole: true },
    { id: 'dish', label: 'Dish', type: 'choice', options: [{ id: 'soup', label: 'Soup' }, { id: 'rice', label: '饭' }] },
    { id: 'note', label: 'A note', type: 'text', optional: true },
  ]
  export const triggers = { keyword: ['ask', 'list', 'close'], answer: true }
  export default async (ctx) => {
    const { kind, card, form, choices } = ctx.trigger
    if (kind === 'answer') {
      await ctx.reply(JSON.stringify({ form, choices }), { whisper: true })
    } else if (ctx.message.text === 'ask') {
      const id = await ctx.reply('Who comes?', { card: { fields, submit: 'Send it', ${options} } })
      await ctx.store.set('id', id)
    } else if (ctx.message.text === 'list') {
      const { forms, people } = await ctx.answers(await ctx.store.get('id'))
      await ctx.reply(JSON.stringify({ people, forms: forms.map(({ user, values }) => [user.name, values]) }))
    } else await ctx.edit(await ctx.store.get('id'), 'Who came?', { closed: true })
  }`

async function asked(options = '') {
  const world = await lobby({
    people: ['ada', 'grace'],
    files: { 'bots/inviter.js': host(options) },
  })
  await world.ada.says('ask')
  await world.ada.next(isOfBot)
  return world
}
const fills = (who: Person, form: object, more = {}) =>
  who.request({ type: 'answer', room: 'lobby', message: 2, form, ...more })
const whisper = async (who: Person) => {
  const frame = await who.next(({ type }) => type === 'whisper')
  return frame.type === 'whisper' ? JSON.parse(frame.data) : undefined
}
const right = { name: '  Ada ', guests: 2, dish: 'soup', note: '' }

describe('a form', () => {
  test('stands under its line, and what is written reaches the bot as an object', async () => {
    const { ada, grace } = await asked()
    const { seq } = await fills(ada, right)

    expect(await whisper(ada)).toEqual({
      form: { name: 'Ada', guests: 2, dish: 'soup' },
      choices: [],
    })
    expect((await grace.sees(seq)).items[1]?.card).toMatchObject({
      fields: [{ id: 'name', type: 'text', max: 10 }, { whole: true }, {}, { optional: true }],
      choices: [{ id: 'sent', label: 'Send it', users: [ada.user.id], count: 1 }],
      people: 1,
    })
  })

  test('tells nobody else what was written, live, read back or resumed', async () => {
    const world = await asked()
    const { ada, grace } = world
    await grace.drop()
    await fills(ada, { ...right, name: 'Secretive' })
    await grace.comesBack()
    await grace.hears()
    await world.restart()
    const late = await world.enters('late')
    await late.request({ type: 'history', room: 'lobby' })
    late.sends({
      type: 'join',
      cid: 'a-cid-of-late',
      room: 'lobby',
      epoch: `${ada.hello?.epoch}.1`,
      since: 0,
    })
    await late.request({ type: 'nickname' })

    for (const one of [grace, late]) expect(JSON.stringify(one.frames)).not.toContain('Secretive')
    expect(world.logged.join()).not.toContain('Secretive')
  })

  test('is held against its own fields, with a sentence beside each that does not hold', async () => {
    const { ada } = await asked()
    const wrong = { name: 'far too long a name', guests: 1.5, dish: 'cake', more: 'x' }
    await expect(fills(ada, wrong)).rejects.toMatchObject({
      code: 'wrong_fields',
      retry: false,
      frame: {
        fields: {
          name: 'At most 10 characters, please.',
          guests: 'Please write a whole number.',
          dish: 'Please choose one of these.',
          more: 'This form has no such field. Please reload the page.',
        },
      },
    })
    expect(ada.heard().some(({ type }) => type === 'answer')).toBe(false)
  })

  test.each<[string, object, Record<string, string>]>([
    ['nothing at all', {}, { name: 'missing', guests: 'missing', dish: 'missing' }],
    ['a text for a number', { ...right, guests: '2' }, { guests: 'number' }],
    ['too few', { ...right, guests: -1 }, { guests: 'tooSmall' }],
    ['too many', { ...right, guests: 10 }, { guests: 'tooLarge' }],
    ['two lines', { ...right, name: 'a\nb' }, { name: 'text' }],
    ['a number for a text', { ...right, name: 7 }, { name: 'text' }],
  ])('does not take %s', async (_, form, faults) => {
    const { ada } = await asked()
    const refused = await fills(ada, form).catch((error) => error.frame.fields)
    expect(Object.keys(refused)).toEqual(Object.keys(faults))
  })

  test('may be sent anew as long as it is open; the same again changes nothing', async () => {
    const { ada, grace } = await asked()
    await fills(ada, right)
    await whisper(ada)
    expect(await fills(ada, { ...right })).toMatchObject({ dup: true })
    await fills(ada, { ...right, guests: 5 })
    expect(await whisper(ada)).toMatchObject({ form: { guests: 5 } })
    await fills(grace, { ...right, name: 'Grace', note: 'with a hat' })
    await whisper(grace)

    await ada.says('list')
    const said = await ada.next(isOfBot)
    expect(said.type === 'chat' && JSON.parse(said.data)).toEqual({
      people: 2,
      forms: [
        ['ada', { name: 'Ada', guests: 5, dish: 'soup' }],
        ['grace', { name: 'Grace', guests: 2, dish: 'soup', note: 'with a hat' }],
      ],
    })
  })

  test('for the first one is closed by one of two at once, and a closed one takes no more', async () => {
    const { ada, grace } = await asked("once: 'first'")
    const both = await Promise.allSettled([fills(ada, right), fills(grace, right)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(fills(ada, { ...right, guests: 0 })).rejects.toMatchObject({ code: 'closed' })
  })

  test('cannot be answered by a choice, nor a choice by a form', async () => {
    const { ada } = await asked()
    await expect(ada.answers(2, 'sent')).rejects.toMatchObject({ code: 'wrong_fields' })
    const line = await ada.says('no form here')
    await expect(fills(ada, right, { message: line.seq })).rejects.toMatchObject({ code: 'closed' })
  })

  test('goes with its line, and what was written with it', async () => {
    const world = await asked()
    const { ada } = world
    await fills(ada, right)
    await whisper(ada)
    await world.gives(ada, 'host')
    await ada.recalls(2)
    await ada.says('list')
    await world.restart()
    const late = await world.enters('late')
    const { events = [] } = await late.request({ type: 'history', room: 'lobby' })
    expect(events[1]).toMatchObject({ recalled: true })
    expect(events[1]).not.toHaveProperty('card')
  })
})

test.each([
  ['no fields', `fields: []`, '1 to 6 fields'],
  ['both', `fields, choices: [{ id: 'a', label: 'A' }]`, 'a card has choices or fields'],
  [
    'a kind that is none',
    `fields: [{ id: 'a', label: 'A', type: 'date' }]`,
    "'text', 'number' or 'choice'",
  ],
  ['two of one id', `fields: [fields[0], fields[0]]`, 'each field has an id of its own'],
  [
    'a choice of one',
    `fields: [{ id: 'a', label: 'A', type: 'choice', options: [{ id: 'b', label: 'B' }] }]`,
    '2 to 10 options',
  ],
  ['several times', `fields, many: true`, 'many is for choices'],
])('a bot that asks with %s reads which rule it broke', async (_, card, rule) => {
  const { ada } = await lobby({
    people: ['ada'],
    files: {
      'bots/wrong.js': `const fields = [{ id: 'a', label: 'A', type: 'text' }]
        export default async (ctx) => {
          try { await ctx.reply('x', { card: { ${card} } }) } catch (error) { await ctx.reply(error.message) }
        }`,
    },
  })
  await ada.says('ask')
  expect(await ada.next(isOfBot)).toMatchObject({ data: expect.stringContaining(rule) })
})
