import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test('a line that is sent again keeps its number and appears once', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const first = await world.ada.says('hello', { cid: 'the-same-cid' })
  const again = await world.ada.says('hello', { cid: 'the-same-cid' })

  expect(again).toMatchObject({ seq: first.seq, at: first.at, dup: true })
  expect(await world.grace.hears()).toEqual(['ada: hello'])
})

test('another text under the same cid is refused, whether it comes later or in the same batch', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  for (const data of ['one', 'two']) {
    ada.sends({ type: 'chat', cid: 'used-twice', room: 'lobby', data })
  }
  const refusal = await ada.next(({ type }) => type === 'nack')
  expect(refusal).toMatchObject({ code: 'cid_conflict', retry: false })
  await expect(ada.says('three', { cid: 'used-twice' })).rejects.toMatchObject({
    code: 'cid_conflict',
  })
  expect(await ada.hears()).toEqual(['ada: one'])
})

test('copies of a line by two connections at once are one line, and each is acknowledged', async () => {
  const world = await lobby({ people: ['ada', 'reader'] })
  const tab = await world.tab(world.ada)
  const cids = Array.from({ length: 100 }, (_, i) => `raced-line-${i}`)
  const race = (cid: string, i: number) =>
    Promise.all((i % 2 ? [world.ada, tab] : [tab, world.ada]).map((one) => one.says(cid, { cid })))
  const acks = await Promise.all(cids.map(race))

  expect(acks.filter(([one, copy]) => one?.seq !== copy?.seq)).toEqual([])
  expect(await world.reader.hears()).toHaveLength(100)
})

test('the same cid of two people is two lines', async () => {
  const { ada, grace } = await lobby({ people: ['ada', 'grace'] })
  await ada.says('mine', { cid: 'common-cid' })
  expect(await grace.says('mine too', { cid: 'common-cid' })).not.toHaveProperty('dup')
})

test('what was kept is acknowledged again, even from somebody who speaks too fast now', async () => {
  const { ada } = await lobby({
    people: ['ada'],
    config: { 'limits.messages_per_minute': 1, 'limits.burst': 1 },
  })
  const first = await ada.says('kept', { cid: 'kept-before' })

  await expect(ada.says('too fast')).rejects.toMatchObject({ code: 'rate_limited', retry: true })
  expect(await ada.says('kept', { cid: 'kept-before' })).toMatchObject({
    seq: first.seq,
    dup: true,
  })
})

test('ten people who resend everything at once leave each line once, in one order for all', async () => {
  const world = await lobby({ people: ['reader'] })
  const people = await Promise.all(Array.from({ length: 10 }, (_, i) => world.enters(`p${i}`)))
  const lines = Array.from({ length: 20 }, (_, i) => ({ text: `line ${i}`, cid: `resent-${i}` }))
  const sendAll = () =>
    Promise.all(people.flatMap((one) => lines.map(({ text, cid }) => one.says(text, { cid }))))

  await sendAll()
  await sendAll()

  expect(await world.reader.hears()).toHaveLength(200)
  expect(await world.violations(world.reader)).toEqual([])
})
