import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const MINUTE = 60_000

test('a recall is seen live, after a reconnect, and by who comes later', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'tom'] })
  const { seq = 0 } = await world.ada.says('oops')
  await world.tom.sees(seq)
  await world.tom.drop()
  const recall = await world.ada.recalls(seq)
  const gone = { seq, data: '', recalled: true, user: { name: 'ada' } }

  expect(await world.grace.sees(recall.seq)).toMatchObject({ items: [gone] })
  await world.tom.comesBack()
  expect(await world.tom.sees(recall.seq)).toMatchObject({ items: [gone] })
  const late = await world.enters('late')
  expect(await late.sees(recall.seq)).toMatchObject({ items: [gone] })
})

test('an erased text is never sent again, neither as line nor as edit nor in an answer', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.gives(world.grace, 'mod')
  await world.ada.says('CANARY one')
  await world.ada.edits(1, 'CANARY two')
  await world.grace.says('what?', { reply_to: 1 })
  await world.grace.pins(1)
  await world.ada.recalls(1)

  const late = await world.enters('late')
  const { epoch } = await late.join()
  late.sends({ type: 'join', cid: 'from-the-start', room: 'lobby', epoch, since: 0 })
  await late.next((frame) => frame.type === 'joined' && frame.mode === 'resume')
  await late.request({ type: 'history', room: 'lobby', limit: 50 })
  await late.request({ type: 'pins', room: 'lobby' })
  expect(JSON.stringify(late.frames)).not.toContain('CANARY')
})

test('who was away is told everything in order: the empty line, the empty edit, the recall', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await grace.drop()
  await ada.says('oops')
  await ada.edits(1, 'Oops')
  await ada.recalls(1)
  await grace.connect()
  const { events } = await grace.join()

  expect(events).toMatchObject([
    { type: 'chat', seq: 1, data: '', recalled: true },
    { type: 'edit', seq: 2, data: '', message: 1 },
    { type: 'recall', seq: 3, message: 1 },
  ])
})

test('two minutes are enough for the author, moderators always can', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await world.ada.says('oops')
  world.passes(3 * MINUTE)
  await expect(world.ada.recalls(1)).rejects.toMatchObject({
    code: 'too_late',
    frame: { data: expect.stringContaining('2 minutes') },
  })
  await expect(world.grace.recalls(1)).rejects.toMatchObject({ code: 'denied' })

  await world.gives(world.grace, 'mod')
  const { seq } = await world.grace.recalls(1)
  const view = await world.ada.sees(seq)
  expect(view).toMatchObject({ items: [{ recalled: true, recalled_by: world.grace.user.id }] })
})

test('whoever made a room takes back what others said in it', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.join('den')
  await grace.join('den')
  await grace.says('oops', { room: 'den' })
  expect(await ada.recalls(1, { room: 'den' })).toMatchObject({ seq: 2 })
})

test('two moderators at once make one recall, and both have their answer', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'tom'] })
  for (const person of [world.ada, world.grace]) await world.gives(person, 'mod')
  await world.tom.says('oops')
  const acks = await Promise.all([world.ada.recalls(1), world.grace.recalls(1)])

  expect(acks.filter(({ seq }) => seq === 2)).toHaveLength(1)
  expect(acks.filter(({ dup, seq }) => dup && seq === undefined)).toHaveLength(1)
  expect(await world.tom.join('lobby', { anew: true })).toMatchObject({ head: 2 })
})

test('a recall that is sent again is the same one, even long after', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.ada.says('oops')
  const { seq } = await world.ada.recalls(1, { cid: 'the-same-recall' })
  world.passes(60 * MINUTE)
  expect(await world.ada.recalls(1, { cid: 'the-same-recall' })).toMatchObject({ seq, dup: true })
})

test('the line itself stays known: sent again it is not said again', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  const { seq = 0 } = await ada.says('oops', { cid: 'recalled-line' })
  await ada.recalls(seq)
  expect(await ada.says('oops', { cid: 'recalled-line' })).toMatchObject({ seq, dup: true })
})

test('what hung on the line goes with it, and nothing new can be hung there', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'mod')
  await world.ada.says('oops')
  await world.ada.reacts(1, '👍')
  await world.ada.pins(1)
  const { seq } = await world.ada.recalls(1)

  const view = await world.ada.sees(seq)
  expect(view.items[0]).not.toHaveProperty('reactions')
  expect(view.pins).toEqual([])
  for (const hang of [world.ada.reacts(1, '👍'), world.ada.pins(1)]) {
    await expect(hang).rejects.toMatchObject({ code: 'no_such_message' })
  }
})

test('an answer to it stays, and says that it is gone', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.says('oops')
  await grace.says('what?', { reply_to: 1 })
  const { seq } = await ada.recalls(1)
  const reply = { seq: 1, data: '', recalled: true, user: { name: 'ada' } }
  expect(await grace.sees(seq)).toMatchObject({ items: [{}, { data: 'what?', reply }] })
})

test('who has just said as much as the limit allows can still take it back', async () => {
  const config = { 'limits.messages_per_minute': 2, 'limits.burst': 2 }
  const { ada } = await lobby({ people: ['ada'], config })
  await ada.says('one')
  await ada.says('two')
  await expect(ada.says('three')).rejects.toMatchObject({ code: 'rate_limited' })
  expect(await ada.recalls(2)).toMatchObject({ seq: 3 })
  await ada.recalls(1)
  await expect(ada.reacts(1, '👍')).rejects.toMatchObject({ code: 'rate_limited', retry: true })
})
