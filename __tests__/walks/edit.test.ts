import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const MINUTE = 60_000

test('an edit is seen live, after a reconnect, and by who comes later', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'tom'] })
  const { seq = 0 } = await world.ada.says('helo')
  await world.tom.sees(seq)
  await world.tom.drop()
  const edit = await world.ada.edits(seq, 'hello')
  const line = { seq, data: 'hello', edited: edit.at, user: { name: 'ada' } }

  expect(await world.ada.sees(edit.seq)).toMatchObject({ items: [line] })
  expect(await world.grace.sees(edit.seq)).toMatchObject({ items: [line] })
  await world.tom.comesBack()
  expect(await world.tom.sees(edit.seq)).toMatchObject({ items: [line] })
  const late = await world.enters('late')
  expect(await late.sees(edit.seq)).toMatchObject({ items: [line] })
})

test('the event says which message reads how now', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  const { seq } = await ada.says('helo')
  const edit = await ada.edits(seq ?? 0, 'hello')
  await grace.sees(edit.seq)

  expect(edit).toMatchObject({ room: 'lobby', seq: 2, at: expect.any(Number) })
  expect(grace.heard().at(-1)).toMatchObject({ type: 'edit', message: seq, data: 'hello', seq: 2 })
})

test('who was away for both gets the line as it reads now, and the edit', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.grace.drop()
  await world.ada.says('helo')
  await world.ada.edits(1, 'hello')
  await world.grace.connect()
  const { mode, events } = await world.grace.join()

  expect([mode, events.map(({ type, data }) => `${type} ${data}`)]).toEqual([
    'resume',
    ['chat hello', 'edit hello'],
  ])
})

test('a text that is there already is no edit: acknowledged, without a number', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('hello')
  const ack = await ada.edits(1, 'hello  ')

  expect(ack).toMatchObject({ dup: true })
  expect(ack).not.toHaveProperty('seq')
  expect(await ada.join('lobby', { anew: true })).toMatchObject({ head: 1 })
})

test('ten minutes are enough, and the refusal says so', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('helo')
  world.passes(9 * MINUTE)
  await world.ada.edits(1, 'hello')
  world.passes(2 * MINUTE)

  await expect(world.ada.edits(1, 'hello!')).rejects.toMatchObject({
    code: 'too_late',
    retry: false,
    frame: { data: expect.stringContaining('10 minutes') },
  })
})

test('in Chinese a length of time is written as on the pages', async () => {
  const world = await lobby({ people: ['ada'], lang: 'zh-CN' })
  await world.ada.says('helo')
  world.passes(11 * MINUTE)
  await expect(world.ada.edits(1, 'hello')).rejects.toMatchObject({
    frame: { data: expect.stringContaining('消息发出后 10 分钟内可以编辑') },
  })
})

test('the host may give more time, or all there is', async () => {
  const world = await lobby({ people: ['ada'], config: { 'limits.edit_ms': '0' } })
  await world.ada.says('helo')
  world.passes(24 * 60 * MINUTE)

  expect(world.ada.hello?.limits).toMatchObject({ edit_ms: 0, recall_ms: 2 * MINUTE })
  expect(await world.ada.edits(1, 'hello')).toMatchObject({ seq: 2 })
})

test('nobody edits what somebody else said, moderators neither', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.ada.says('mine')
  await expect(world.grace.edits(1, 'yours')).rejects.toMatchObject({ code: 'denied' })
  await world.gives(world.grace, 'mod')
  await expect(world.grace.edits(1, 'yours')).rejects.toMatchObject({ code: 'denied' })
})

test.each([
  ['a number that was not given yet', 9],
  ['what was recalled', 1],
  ['an edit', 3],
])('%s cannot be edited', async (_what, message) => {
  const { ada } = await lobby({ people: ['ada'] })
  for (const text of ['one', 'two']) await ada.says(text)
  await ada.edits(2, 'Two')
  await ada.recalls(1)

  await expect(ada.edits(message, 'x')).rejects.toMatchObject({ code: 'no_such_message' })
})

test.each([
  ['empty', ' \n'],
  ['too_long', 'x'.repeat(4001)],
  ['bad_request', 'a\u0000b'],
])('an edit keeps the rule for texts: %s', async (code, text) => {
  const { ada } = await lobby({ people: ['ada'] })
  await ada.says('hello')
  await expect(ada.edits(1, text)).rejects.toMatchObject({ code, retry: false })
})

test('an edit that is sent again is the same one, whatever has changed since', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('helo')
  const { seq } = await world.ada.edits(1, 'hello', { cid: 'the-same-edit' })
  await world.ada.edits(1, 'hello!')
  world.passes(60 * MINUTE)

  expect(await world.ada.edits(1, 'hello', { cid: 'the-same-edit' })).toMatchObject({
    seq,
    dup: true,
  })
  expect(await world.ada.sees(3)).toMatchObject({ items: [{ data: 'hello!' }] })
})

test.each([
  ['another text', { type: 'edit', message: 1, data: 'other' }],
  ['another message', { type: 'edit', message: 2, data: 'hello' }],
  ['another kind', { type: 'recall', message: 1 }],
  ['a line of the same text', { type: 'chat', data: 'hello' }],
])('%s under the same cid is refused', async (_what, frame) => {
  const { ada } = await lobby({ people: ['ada'] })
  for (const text of ['helo', 'two']) await ada.says(text)
  await ada.edits(1, 'hello', { cid: 'used-twice' })

  const again = ada.request({ room: 'lobby', cid: 'used-twice', ...frame })
  await expect(again).rejects.toMatchObject({ code: 'cid_conflict' })
})

const mute = `export default async (ctx, next) => {
  if (ctx.message.text.includes('spam')) ctx.reject('That word is not for this room.')
  ctx.message.text = ctx.message.text.replaceAll('darn', '****')
  await next()
  if (ctx.message.edits) await ctx.reply('edited: ' + ctx.message.edits)
}`
const muted = { plugins: { 'plugin:mute': { use: './mute.mjs' } }, files: { 'mute.mjs': mute } }

test('a muted word does not come in by an edit', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...muted })
  const { seq = 0 } = await ada.says('fine')

  await expect(ada.edits(seq, 'buy spam')).rejects.toMatchObject({
    code: 'denied',
    frame: { data: 'That word is not for this room.' },
  })
  const { seq: last } = await grace.says('still fine')
  expect(await grace.sees(last)).toMatchObject({ items: [{ data: 'fine' }, {}] })
})

test('a plugin changes an edit as it changes a line, and is told that it is one', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'], ...muted })
  await ada.says('fine')
  const { seq } = await ada.edits(1, 'darn', { cid: 'an-edit-by-ada' })
  await grace.next((frame) => frame.type === 'chat' && frame.data === 'edited: 1')

  expect(await grace.sees(seq)).toMatchObject({ items: [{ data: '****' }, { cause: 1, hop: 1 }] })
  expect(await ada.edits(1, 'darn', { cid: 'an-edit-by-ada' })).toMatchObject({ seq, dup: true })
})

test('the tutorial’s page hears nothing of edits, recalls and reactions', async () => {
  const world = await lobby({ people: ['ada'] })
  const page = await world.classic(await world.signIn('tom'))
  await world.ada.says('helo')
  await world.ada.edits(1, 'hello')
  await world.ada.reacts(1, '👍')
  await world.ada.recalls(1)
  await page.says('after')

  const said = page.lines.filter(({ type }) => type === 'chat')
  expect(said.map(({ id, data }) => [id, data])).toEqual([
    [1, 'helo'],
    [5, 'after'],
  ])
})

test('two edits of one line at once are two events, and everybody ends with the later one', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const tab = await world.tab(world.ada)
  await world.ada.says('one')
  const edits = await Promise.all([world.ada.edits(1, 'two'), tab.edits(1, 'three')])

  const last = Math.max(...edits.map(({ seq = 0 }) => seq))
  const [mine, hers] = await Promise.all([world.ada.sees(last), world.grace.sees(last)])
  expect(last).toBe(3)
  expect(mine.items).toEqual(hers.items)
})
