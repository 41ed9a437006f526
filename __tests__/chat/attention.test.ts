import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { pino } from 'pino'
import { Attention, type AttentionOptions } from '../../src/chat/attention/attention.js'
import type { Room } from '../../src/chat/room.js'
import { roomRow } from '../store/world.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const ADA = 1
const BOB = 2
const garden = roomRow({ id: 5, name: 'garden', seq: 900 })
const place = {
  room: garden,
  standing: 'in',
  level: 'all',
  read: 0,
  unread: 150,
  mentions: 0,
} as const

type Counted = Awaited<ReturnType<AttentionOptions['people']['unread']>>

/** Of somebody who belongs to the garden, a room with more lines than are kept in memory. */
function attentive(people: Partial<AttentionOptions['people']>) {
  // What of a room it needs.
  const room = { id: 5, head: 900, row: garden, fanOut: { recent: { after: () => undefined } } }
  const options = {
    people: { of: async () => [place], ...people },
    reads: { advance: async () => {} },
    power: { volumes: async () => [] },
    open: () => room,
    changed: () => {},
    log: pino({ level: 'silent' }),
  } as unknown as AttentionOptions
  return { attention: new Attention(options), room: room as unknown as Room }
}

test('who leaves a room while it is counted what they have not read is not counted for any more', async () => {
  let counted: (count: Counted) => void = () => {}
  const unread = () => new Promise<Counted>((resolve) => (counted = resolve))
  const { attention, room } = attentive({ unread })
  await attention.arrive(ADA)
  await attention.arrive(BOB)

  const reading = attention.read(ADA, room, 10)
  await attention.remove(ADA, garden.id)
  counted({ unread: 90, mentions: 0, upTo: 900 })
  await reading

  expect([...attention.belonging(garden.id)].map(({ userId }) => userId)).toEqual([BOB])
  await attention.close()
})

test('who waits before the door of a room is not counted for in it, also when a bot is muted', async () => {
  const of = async () => [{ ...place, standing: 'waits' as const }]
  const unread = async () => ({ unread: 90, mentions: 0, upTo: 900 })
  const { attention } = attentive({ of, unread })
  await attention.arrive(ADA)

  expect(await attention.turn(ADA, 0, 'muted')).toBe(true)
  expect([...attention.belonging(garden.id)]).toEqual([])
  await attention.close()
})

test('whose rooms could not be read at first is counted for once they are, however long they stay', async () => {
  const of = jest.fn<AttentionOptions['people']['of']>()
  of.mockRejectedValueOnce(new Error('the disk is busy')).mockResolvedValue([place])
  const { attention } = attentive({ of })

  const first = attention.arrive(ADA)
  attention.leave(ADA) // its connection is closed before that
  await expect(first).rejects.toThrow('the disk is busy')
  await attention.arrive(ADA)
  jest.advanceTimersByTime(60_000)

  expect([...attention.belonging(garden.id)]).toHaveLength(1)
  await attention.close()
})
