import type { Item, User } from '../../static/js/models/timeline.js'

export const ada: User = { id: 1, name: 'Ada', imageid: '1', kind: 'person' }
export const grace: User = { id: 2, name: 'Grace', imageid: '2', kind: 'person' }
export const bird: User = { id: 0, name: 'Bird', imageid: 'bot', kind: 'bot' }

/** Noon of a day on which nothing else happened. */
export const NOON = new Date(2026, 4, 20, 12).getTime()
export const MINUTE = 60_000

/** What Ada said under this number, a second after the one before, unless told otherwise. */
export const said = (seq: number, more: Partial<Item> = {}): Item => ({
  type: 'chat',
  seq,
  room: 'lobby',
  at: NOON + seq * 1000,
  user: ada,
  data: `line ${seq}`,
  cid: `cid-of-line-${seq}`,
  ...more,
})

/** Lines `from` to `to`, both included. */
export const lines = (from: number, to: number): Item[] =>
  Array.from({ length: to - from + 1 }, (_, index) => said(from + index))

/** The server's answer to `join`: the newest lines of a room, up to `head`. */
export const snapshot = (head: number, events = lines(Math.max(1, head - 49), head)) => ({
  epoch: 'e1',
  mode: 'snapshot' as const,
  head,
  floor: 1,
  events,
  more: false,
})
