import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { PINS, REACTION_KINDS, REACTION_USERS } from '../../src/present-form.js'
import type { NumberedEvent, User } from '../../src/protocol.js'
import type { Draft, Outcome, RoomRow, Store } from '../../src/store/store.js'
import { apply, type Item, type View } from '../../static/js/models/apply.js'
import type { Place } from './contract.js'
import { timeline } from './read-page.js'
import * as world from './world.js'

const { ada, grace, line, NOON, off, pin, react, recall, edit, seqs, statuses, topic } = world

/** What every store must do with events that change earlier ones. */
export function changesContract(name: string, findPlace: () => Promise<Place>): void {
  describe(`changes of what was said, on ${name}`, () => {
    let place: Place
    let store: Store
    let lobby: RoomRow

    beforeEach(async () => {
      place = await findPlace()
      store = await place.open()
      lobby = await world.room(store)
      await world.say(store, lobby, 'one', 'two')
    })

    afterEach(() => place.remove())

    const append = (...drafts: Draft[]) => store.append(drafts, NOON + 5)
    const message = (seq: number) => store.events.bySeq(lobby, seq)
    const lines = async () => (await timeline(store, lobby, { limit: 50 })).events
    /** Everything that can be read of the room, as one text. */
    const readable = async () => {
      const { events, more } = await store.events.pins(lobby, ada.id)
      const range = await store.events.range(lobby, 0, 200)
      return JSON.stringify([await lines(), range, events, more])
    }

    describe('an edit', () => {
      test('gives the line another text, wherever it is read, and is an event of its own', async () => {
        expect(seqs(await append(edit(lobby, 1, 'One')))).toEqual([3])

        const edited = { seq: 1, data: 'One', edited: NOON + 5, at: NOON }
        expect(await message(1)).toMatchObject(edited)
        expect((await lines())[0]).toMatchObject(edited)
        const events = await store.events.range(lobby, 0, 10)
        expect(events[0]).toMatchObject(edited)
        expect(events[2]).toMatchObject({ type: 'edit', message: 1, data: 'One' })
      })

      test('takes no number when the line reads so already', async () => {
        expect(await append(edit(lobby, 1, 'one'))).toEqual([{ status: 'unchanged' }])
        expect(await store.rooms.byName('lobby')).toMatchObject({ seq: 2 })
        expect(await message(1)).not.toHaveProperty('edited')
      })

      test.each([
        ['a number that was not given', 9],
        ['what is no message', 3],
      ])('of %s finds nothing', async (_what, seq) => {
        await append(topic(lobby, 'x'))
        expect(statuses(await append(edit(lobby, seq, 'x')))).toEqual(['no_such_message'])
      })

      test('of a recalled line finds nothing, also within one batch', async () => {
        const drafts = [recall(lobby, 1), edit(lobby, 1, 'back')]
        expect(statuses(await append(...drafts))).toEqual(['stored', 'no_such_message'])
        expect(await readable()).not.toContain('back')
      })

      test('keeps what hangs on the line, and calls whom the new text calls', async () => {
        await append(line(lobby, 'hi', { extra: { mentions: [2], reply_to: 1 } }))
        const extra = { message: 3, mentions: [1], all: true as const }
        await append(react(lobby, 3, '👍'), edit(lobby, 3, 'ho', { extra }))

        expect(await message(3)).toMatchObject({
          mentions: [1],
          all: true,
          reactions: [{ data: '👍' }],
          reply: { seq: 1 },
        })
      })

      test('is seen in the answers to the line and where it is pinned', async () => {
        await append(line(lobby, 'yes', { extra: { reply_to: 1 } }), pin(lobby, 1))
        await append(edit(lobby, 1, 'x'.repeat(200)))

        const [, , answer, pinned] = await lines()
        expect(answer).toMatchObject({ reply: { seq: 1, data: 'x'.repeat(120) } })
        expect(pinned).toMatchObject({ type: 'pin', data: 'x'.repeat(80) })
      })
    })

    describe('a recall', () => {
      test('erases the text wherever it was, with all that hung on the line', async () => {
        await append(line(lobby, 'secret', { extra: { mentions: [2] } }), pin(lobby, 3))
        await append(edit(lobby, 3, 'secret too'), react(lobby, 3, '👍'))
        await append(line(lobby, 'why?', { extra: { reply_to: 3 } }))
        expect(await readable()).toContain('secret')

        await append(recall(lobby, 3))

        expect(await readable()).not.toContain('secret')
        expect(await message(3)).toMatchObject({ data: '', recalled: true })
        for (const gone of ['mentions', 'reactions', 'edited', 'recalled_by'])
          expect(await message(3)).not.toHaveProperty(gone)
        expect(await store.events.pinned(lobby)).toEqual([])
      })

      test('is one event of two at once, and the second is told that nothing was to change', async () => {
        const both = [recall(lobby, 1), recall(lobby, 1, { user: grace })]
        expect(seqs(await append(...both))).toEqual([3, 'unchanged'])
        expect(statuses(await append(recall(lobby, 1)))).toEqual(['unchanged'])
      })

      test('finds a line of the same batch', async () => {
        const outcomes = await append(line(lobby, 'oops'), recall(lobby, 3))
        expect(seqs(outcomes)).toEqual([3, 4])
        expect(await message(3)).toMatchObject({ data: '', recalled: true })
      })

      test('by somebody else is told as such', async () => {
        await append(recall(lobby, 1, { user: grace }))
        expect(await message(1)).toMatchObject({ recalled_by: grace.id, user: ada })
      })

      test('leaves the answers, which say that it is gone', async () => {
        await append(line(lobby, 'yes', { extra: { reply_to: 1 } }), recall(lobby, 1))
        expect(await message(3)).toMatchObject({ reply: { seq: 1, data: '', recalled: true } })
      })

      test('does not make its line forgotten: the same cid is the same line still', async () => {
        const said = line(lobby, 'said')
        await append(said)
        await append(recall(lobby, 3))
        expect(await append(said)).toEqual([{ status: 'dup', seq: 3, at: NOON + 5 }])
        expect(statuses(await append({ ...said, received: 'other' }))).toEqual(['conflict'])
      })
    })

    test('a known cid is looked for before anything else, whatever has changed since', async () => {
      const first = [edit(lobby, 1, 'One'), react(lobby, 2, '👍'), recall(lobby, 2)]
      const stored = await append(...first)
      await append(recall(lobby, 1))

      const again = await append(...first)
      expect(statuses(again)).toEqual(['dup', 'dup', 'dup'])
      expect(seqs(again)).toEqual(seqs(stored))
    })

    describe('reactions', () => {
      const kinds = async (seq = 1) =>
        (await message(seq))?.reactions?.map(({ data, users }) => `${data} ${users.join(' ')}`)

      test('gather on the line, each kind where it came to be', async () => {
        await append(react(lobby, 1, '👍'), react(lobby, 1, '🎉'))
        await append(react(lobby, 1, '👍', { user: grace }))

        expect(await kinds()).toEqual(['👍 1 2', '🎉 1'])
        expect((await lines())[0]).toMatchObject({ reactions: [{ count: 2 }, { count: 1 }] })
      })

      test('are told by their events, and not once more by the line in a range', async () => {
        await append(react(lobby, 1, '👍'), react(lobby, 1, '👍', { user: grace }))
        const [said, , first, second] = await store.events.range(lobby, 0, 10)

        expect(said).not.toHaveProperty('reactions')
        expect(first).toMatchObject({ message: 1, data: '👍', on: true, users: [ada.id], count: 1 })
        expect(second).toMatchObject({ users: [ada.id, grace.id], count: 2 })
      })

      test('go one by one, and the kind with its last', async () => {
        const [hers, mine] = [react(lobby, 1, '👍', { user: grace }), react(lobby, 1, '👍')]
        await append(hers, mine, react(lobby, 1, '🎉'))
        const [gone] = await append(off(hers))
        expect(gone).toMatchObject({ told: { users: [ada.id], count: 1 } })
        expect(await kinds()).toEqual(['👍 1', '🎉 1'])

        await append(off(mine))
        expect(await kinds()).toEqual(['🎉 1'])
      })

      test('that are there, or not there, change nothing', async () => {
        const thumb = react(lobby, 1, '👍')
        expect(statuses(await append(off(thumb), thumb, react(lobby, 1, '👍')))).toEqual([
          'unchanged',
          'stored',
          'unchanged',
        ])
      })

      test('are of twenty kinds at most; one more of a kind there is goes', async () => {
        const emoji = (index: number) => String.fromCodePoint(0x1f600 + index)
        const all = Array.from({ length: REACTION_KINDS }, (_, i) => react(lobby, 1, emoji(i)))
        await append(...all)

        const one = react(lobby, 1, emoji(REACTION_KINDS))
        const known = react(lobby, 1, emoji(0), { user: grace })
        expect(statuses(await append(one, known))).toEqual(['too_many', 'stored'])
      })

      test('find no recalled line, and none that is not there', async () => {
        await append(recall(lobby, 1))
        expect(
          statuses(
            await append(react(lobby, 1, '👍'), react(lobby, 9, '👍'), react(lobby, 3, '👍')),
          ),
        ).toEqual(['no_such_message', 'no_such_message', 'no_such_message'])
        expect(statuses(await append(off(react(lobby, 1, '👍'))))).toEqual(['unchanged'])
      })

      test('of many name the first twenty, and tell a reader of its own', async () => {
        const people = Array.from({ length: REACTION_USERS + 5 }, (_, index): User => ({
          ...ada,
          id: 100 + index,
        }))
        await append(...people.map((user) => react(lobby, 1, '👍', { user })))
        const ids = people.map(({ id }) => id)

        const asRead = async (reader: number) =>
          (await timeline(store, lobby, { limit: 9, reader })).events[0]?.reactions
        const told = { data: '👍', count: 25, users: ids.slice(0, 20) }
        expect(await asRead(124)).toEqual([{ ...told, mine: true }])
        expect(await asRead(7)).toEqual([told])
        expect(await store.events.ownMarks(lobby, 124, [1, 2])).toEqual(
          new Map([[1, { emoji: new Set(['👍']), choices: new Set() }]]),
        )
      })

      test('name the next one when one of the first goes', async () => {
        const people = Array.from({ length: 22 }, (_, index): User => ({ ...ada, id: 100 + index }))
        const drafts = people.map((user) => react(lobby, 1, '👍', { user }))
        await append(...drafts)
        const [gone] = await append(off(drafts[0] ?? react(lobby, 1, '')))

        const users = people.slice(1, 21).map(({ id }) => id)
        expect(gone).toMatchObject({ told: { users, count: 21 } })
        expect(await kinds()).toEqual([`👍 ${users.join(' ')}`])
      })
    })

    describe('pins', () => {
      const numbers = async () =>
        (await store.events.pins(lobby, ada.id)).events.map(({ seq }) => seq)

      test('are listed in present form, the newest first, and taken off again', async () => {
        await append(pin(lobby, 1), pin(lobby, 2), edit(lobby, 2, 'Two'))
        const { events, more } = await store.events.pins(lobby, ada.id)
        expect([events.map(({ data }) => data), more]).toEqual([['Two', 'one'], false])
        expect(await store.events.pinned(lobby)).toEqual([2, 1])

        await append(pin(lobby, 2, false))
        expect(await numbers()).toEqual([1])
      })

      test('show how the message begins', async () => {
        await append(line(lobby, `${'🎉'.repeat(80)}!`))
        const [, event] = await append(pin(lobby, 1), pin(lobby, 3))
        expect(event).toMatchObject({ status: 'stored', told: { data: '🎉'.repeat(80) } })
        expect((await lines()).at(-1)).toMatchObject({
          data: '🎉'.repeat(80),
          message: 3,
          on: true,
        })
      })

      test('change nothing when they are so already, and find messages only', async () => {
        const drafts = [pin(lobby, 1, false), pin(lobby, 1), pin(lobby, 1), pin(lobby, 9)]
        expect(statuses(await append(...drafts))).toEqual([
          'unchanged',
          'stored',
          'unchanged',
          'no_such_message',
        ])
      })

      test('are fifty at most', async () => {
        await append(...Array.from({ length: PINS }, (_, index) => line(lobby, `${index}`)))
        await append(...Array.from({ length: PINS }, (_, index) => pin(lobby, index + 3)))
        expect(statuses(await append(pin(lobby, 1)))).toEqual(['too_many'])
        expect(await numbers()).toHaveLength(PINS)
      })
    })

    test('a topic is the room’s until another one comes', async () => {
      const outcomes = await append(topic(lobby, 'tea'), topic(lobby, 'tea'), topic(lobby, ''))
      expect(seqs(outcomes)).toEqual([3, 'unchanged', 4])
      await append(topic(lobby, 'cake'))
      expect(await store.rooms.byName('lobby')).toMatchObject({ settings: { topic: 'cake' } })
    })

    describe('an answer', () => {
      test('shows its message from the first time on', async () => {
        const [outcome] = await append(line(lobby, 'yes', { extra: { reply_to: 2 } }))
        const reply = { seq: 2, user: ada, data: 'two' }
        expect(outcome).toMatchObject({ status: 'stored', told: { reply } })
        expect(await message(3)).toMatchObject({ reply_to: 2, reply })
        expect((await store.events.range(lobby, 2, 1))[0]).toMatchObject({ reply })
      })

      test('shows a line that was recalled in the same batch as gone', async () => {
        const [, answer] = await append(
          recall(lobby, 1),
          line(lobby, 'yes', { extra: { reply_to: 1 } }),
        )
        expect(answer).toMatchObject({ told: { reply: { data: '', recalled: true } } })
      })

      test('needs a message', async () => {
        const answer = line(lobby, 'yes', { extra: { reply_to: 9 } })
        expect(statuses(await append(answer))).toEqual(['no_such_message'])
      })
    })

    test('a snapshot tells at which number all of it was so', async () => {
      await append(topic(lobby, 'tea'), pin(lobby, 1), react(lobby, 1, '👍'))

      expect(await store.events.snapshot(lobby, { limit: 3 })).toEqual({
        head: 5,
        pins: [1],
        events: (await lines()).slice(1),
      })
    })

    test('a snapshot while others write is of one moment', async () => {
      const writes = Array.from({ length: 50 }, (_, index) =>
        store.append([line(lobby, `${index}`)], NOON),
      )
      const snapshots = await Promise.all(
        Array.from({ length: 10 }, () => store.events.snapshot(lobby, { limit: 1 })),
      )
      await Promise.all(writes)
      for (const { head, events } of snapshots) expect(events.at(-1)?.seq).toBe(head)
    })

    test('who follows the events, or resumes from anywhere, ends where a snapshot begins', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { maxLength: 30 }), async (deeds) => {
          const room = await world.room(store, randomUUID())
          const steps: { head: number; view: View }[] = [{ head: 0, view: empty }]
          for (const draft of deeds.map((deed) => draftOf(room, deed))) {
            const [outcome] = await store.append([draft], NOON)
            if (outcome?.status !== 'stored') continue
            const view = apply(steps.at(-1)?.view ?? empty, live(draft, outcome), ada.id)
            steps.push({ head: outcome.seq, view })
          }

          const { head, events: items, pins } = await store.events.snapshot(room, { limit: 99 })
          const { settings } = (await store.rooms.byName(room.name)) ?? room
          const now = { items: items.map(bare), pins, topic: settings.topic }
          for (const step of steps) {
            const missed = (await store.events.range(room, step.head, 99)).map(bare)
            const view = missed.reduce((view, event) => apply(view, event, ada.id), step.view)
            expect(view).toEqual(now)
          }
          expect(steps.at(-1)).toEqual({ head, view: now })
        }),
        { numRuns: 60, endOnFailure: true }, // each try costs time: the seed is told,
      )
    })

    test('all of it is there after a restart', async () => {
      await append(line(lobby, 'yes', { extra: { reply_to: 1 } }), pin(lobby, 1))
      await append(edit(lobby, 1, 'One'), react(lobby, 1, '👍'), recall(lobby, 2))
      const before = await readable()

      await store.close()
      store = await place.open()

      expect(await readable()).toBe(before)
    })
  })
}

const empty: View = { items: [], pins: [], topic: '' }

/** Something that one of two people does; most of it is about one of the first lines. */
const deed = fc.record({
  type: fc.constantFrom('chat', 'chat', 'edit', 'recall', 'react', 'react', 'pin', 'topic'),
  user: fc.constantFrom(ada, grace),
  message: fc.integer({ min: 1, max: 6 }),
  data: fc.constantFrom('tea', '', '🎉'.repeat(130)),
  emoji: fc.constantFrom('👍', '🎉', '❤️'),
  on: fc.boolean(),
})
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

function draftOf(room: RoomRow, { type, user, message, data, emoji, on }: Deed): Draft {
  switch (type) {
    case 'chat':
      return line(room, data || 'hi', { user, ...(on && { extra: { reply_to: message } }) })
    case 'edit':
      return edit(room, message, data || 'hi', { user, extra: { message, mentions: [2] } })
    case 'recall':
      return recall(room, message, { user })
    case 'react':
      return react(room, message, emoji, { user, extra: { message, on } })
    case 'pin':
      return pin(room, message, on)
    default:
      return topic(room, data)
  }
}

/** The event as everybody gets it, at once. */
const live = (
  { type, user, data, extra }: Draft,
  { seq, at, told }: Extract<Outcome, { status: 'stored' }>,
): Item => ({ type, seq, user, data, at, ...extra, ...told })

/** An event that was read back, without what follows from the rest. */
function bare({ id: _id, room: _room, cid: _cid, ...event }: NumberedEvent): Item {
  return event
}
