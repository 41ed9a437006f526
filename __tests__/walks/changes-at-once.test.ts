import { expect, test } from '@jest/globals'
import { PAGE_BYTES } from '../../src/protocol.js'
import { lobby } from '../helpers/lobby.js'
import { Nack, type Person } from '../helpers/person.js'

/** Asks for all of it at once; what is refused is refused. */
const atOnce = (asked: readonly Promise<unknown>[]) =>
  Promise.all(
    asked.map((answer) =>
      answer.catch((error: unknown) => {
        if (!(error instanceof Nack)) throw error
      }),
    ),
  )

test('four people change the same ten lines at once, and everybody ends with the same room', async () => {
  const world = await lobby({ people: ['ada', 'grace', 'tom', 'bob'] })
  const people = [world.ada, world.grace, world.tom, world.bob]
  for (const person of people) await world.gives(person, 'mod')
  for (let i = 0; i < 10; i++) await people[i % 4]?.says(`line ${i}`)

  const busy = (person: Person, who: number) =>
    Array.from({ length: 40 }, (_, i) => {
      const message = ((i * 7 + who * 3) % 10) + 1
      if (i % 13 === 12) return person.recalls(message)
      if (i % 5 === 0) return person.says(`more ${i}`, { reply_to: message })
      if (i % 5 === 1) return person.edits(message, `edit ${who} ${i}`)
      if (i % 5 === 2) return person.pins(message, i % 2 === 0)
      return person.reacts(message, i % 2 === 0 ? '👍' : '🎉', i % 3 !== 0)
    })
  await atOnce(people.flatMap(busy))

  expect(await world.violations(world.ada)).toEqual([])
  const late = await world.enters('late')
  const { items, pins } = await late.sees(0)
  for (const person of people) {
    const view = await person.sees(late.standsAt())
    expect([view.items.slice(-items.length), view.pins]).toEqual([items, pins])
  }
})

test('pages keep their size, whatever hangs on the lines', async () => {
  const { ada } = await lobby({ people: ['ada'] })
  const long = '"'.repeat(4_000) // in JSON twice as long
  await Promise.all(Array.from({ length: 40 }, () => ada.says(long)))
  const emoji = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(0x1f600 + index))
  for (let seq = 1; seq <= 40; seq++) {
    await Promise.all(emoji.map((one) => ada.reacts(seq, one)))
  }

  const joined = await ada.join('lobby', { anew: true })
  const page = await ada.request({ type: 'history', room: 'lobby', limit: 200 })
  for (const { events = [] } of [joined, page]) {
    expect(events.at(-1)).toMatchObject({ seq: 40, reactions: expect.any(Array) })
    expect(events.length).toBeGreaterThan(15)
    expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThanOrEqual(PAGE_BYTES)
  }
  expect(page.more).toBe(true)
})

test('a long absence full of changes is told in pages, and ends where a snapshot begins', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  await Promise.all(Array.from({ length: 40 }, (_, i) => world.ada.says(`line ${i}`)))
  await world.grace.sees(40)
  await world.grace.drop()
  await Promise.all(
    Array.from({ length: 40 }, async (_, i) => {
      for (const text of ['a', 'b', 'c', 'd', 'e']) await world.ada.edits(i + 1, `${text} ${i}`)
      for (const one of ['👍', '🎉', '❤️', '😀', '😁']) await world.ada.reacts(i + 1, one)
    }),
  )
  await world.grace.connect()

  expect(await world.grace.join()).toMatchObject({ mode: 'resume', more: true })
  const late = await world.enters('late')
  const { items } = await late.sees(0)
  expect((await world.grace.sees(late.standsAt())).items).toEqual(items)
})
