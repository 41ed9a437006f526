import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** A den of Mo's with two reports of lines of Bob's, and a ada. */
async function reported() {
  const world = await lobby({ people: ['ada', 'mo', 'bob', 'eve'] })
  const { ada, mo, bob, eve } = world
  await world.gives(ada, 'host')
  for (const person of [mo, bob, eve]) await person.join('den')
  for (const line of ['rude', 'ruder']) {
    const { seq } = await bob.says(line, { room: 'den' })
    await eve.request({ type: 'report', room: 'den', message: seq })
  }
  return world
}
const list = async (by: Person, where: object = { room: 'den' }) =>
  (await by.request({ type: 'reports', ...where })).reports ?? []

test('what was seen to goes to the end of the list, with who did it and when', async () => {
  const { mo, ada } = await reported()
  const [second, first] = await list(mo)
  const handled = { type: 'handled', room: 'den', report: second?.id }
  expect(await mo.request(handled)).not.toHaveProperty('dup')
  expect(await mo.request(handled)).toMatchObject({ dup: true })

  const [open, done] = await list(ada, {})
  expect(open).toMatchObject({ id: first?.id, event: { data: 'rude' } })
  expect(open).not.toHaveProperty('handled')
  expect(done).toMatchObject({ id: second?.id, handled: { by: { id: mo.user.id, name: 'mo' }, at: expect.any(Number) } }) // prettier-ignore
})

test('the moderators who are there hear of it, and it stands in the log without a text', async () => {
  const { mo, ada, bob, eve } = await reported()
  await ada.join('den')
  const [report] = await list(mo)
  await ada.request({ type: 'handled', report: report?.id })
  expect(await mo.next(({ type }) => type === 'handled')).toMatchObject({ room: 'den', report: report?.id }) // prettier-ignore

  const { entries = [] } = await mo.request({ type: 'audit', room: 'den' })
  expect(entries).toMatchObject([{ action: 'handled', by: { name: 'ada' }, target: { name: 'eve' }, details: { message: report?.message } }]) // prettier-ignore
  expect(JSON.stringify(entries)).not.toContain('rude')
  expect([...bob.frames, ...eve.frames].some(({ type }) => type === 'handled')).toBe(false)
})

test('it stays so over a restart', async () => {
  const world = await reported()
  const [report] = await list(world.mo)
  await world.mo.request({ type: 'handled', room: 'den', report: report?.id })
  await world.restart()
  await world.ada.connect()
  expect((await list(world.ada, {})).map(({ handled }) => handled?.by.name)).toEqual([undefined, 'mo']) // prettier-ignore
})

test('nobody sees to reports of other rooms, to none, or without a role', async () => {
  const { mo, bob } = await reported()
  await mo.join('attic') // Mo's as well
  const [report] = await list(mo)
  for (const asked of [
    { room: 'attic', report: report?.id },
    { room: 'den', report: 99 },
  ]) {
    await expect(mo.request({ type: 'handled', ...asked })).rejects.toMatchObject({ code: 'denied', message: expect.stringContaining('reload the list') }) // prettier-ignore
  }
  await expect(bob.request({ type: 'handled', room: 'den', report: report?.id })).rejects.toMatchObject({ code: 'denied' }) // prettier-ignore
  expect((await list(mo)).some(({ handled }) => handled)).toBe(false)
})

test('what a moderator deletes is seen to, whoever reported it; what its author takes back is not', async () => {
  const { mo, ada, bob } = await reported()
  const [second, first] = await list(mo)
  await ada.join('den')
  await mo.request({ type: 'report', room: 'den', message: first?.message })
  await ada.request({ type: 'recall', room: 'den', message: first?.message })
  await bob.request({ type: 'recall', room: 'den', message: second?.message })
  const isHandled = ({ type }: { type: string }) => type === 'handled'
  await mo.next(isHandled)
  await mo.next(isHandled) // the second report of the same message

  const seen = (await list(mo)).map(({ message, handled }) => [message, handled?.by.name])
  expect(seen).toEqual([[second?.message, undefined], [first?.message, 'ada'], [first?.message, 'ada']]) // prettier-ignore
})

test('a report about a moderator goes to the others, of the house wherever they are, and not to them', async () => {
  const { ada, mo, eve } = await reported()
  const { seq } = await mo.says('rudest', { room: 'den' })
  await eve.request({ type: 'report', room: 'den', message: seq })
  expect(await ada.next(({ type }) => type === 'report')).toMatchObject({ room: 'den', message: seq }) // prettier-ignore

  const [report] = await list(ada, {})
  expect(report).toMatchObject({ message: seq, event: { data: 'rudest' } })
  expect((await list(mo)).map(({ message }) => message)).not.toContain(seq)
  const handled = { type: 'handled', report: report?.id }
  await expect(mo.request({ ...handled, room: 'den' })).rejects.toMatchObject({ code: 'denied' })

  await ada.request(handled)
  const { entries } = await mo.request({ type: 'audit', room: 'den' })
  expect(entries?.[0]).toMatchObject({ action: 'handled', details: { message: seq } })
  expect(entries?.[0]).not.toHaveProperty('target')
  expect(mo.frames.some((frame) => frame.type === 'report' && frame.message === seq)).toBe(false)
  expect(mo.frames.some(({ type }) => type === 'handled')).toBe(false)
})
