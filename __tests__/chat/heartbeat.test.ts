import { afterEach, expect, test } from '@jest/globals'
import type { Connection } from '../../src/chat/connection.js'
import { Connections } from '../../src/chat/connections.js'
import { Heartbeat } from '../../src/chat/heartbeat.js'
import { createLog } from '../../src/log.js'

let beating: Heartbeat | undefined
afterEach(() => beating?.close())

/** Somebody who never answers a ping, and the seconds of a server. */
function silentPerson() {
  const closedWith: [code: number, patience: number][] = []
  const start = Math.ceil(performance.now())
  const person = {
    user: { id: 1 },
    sidHash: 'a session that is over',
    awaitsPong: false,
    beatAt: start,
    checkedAt: start,
    checkSlow: () => {},
    ping() {
      person.awaitsPong = true
    },
    close: (code: number, _: string, patience: number) => closedWith.push([code, patience]),
  }
  const ended: string[] = []
  const connections = new Connections()
  connections.add(person as unknown as Connection)
  const heartbeat = new Heartbeat({
    connections,
    stillValid: async () => new Set(),
    heads: () => ({}),
    ended: (sidHash) => void ended.push(sidHash),
    log: createLog('silent'),
  })
  beating = heartbeat
  const seconds = (from: number, to: number) => {
    for (let s = from; s <= to; s++) heartbeat.tick(start + s * 1_000)
  }
  return { seconds, closedWith, ended }
}

test.each([0.25, 0.5, 1])(
  'who falls silent %f s before a tick is closed with 4012 and cut after 34 to 35 seconds',
  (before) => {
    const { seconds, closedWith } = silentPerson()
    seconds(before, 34)
    expect(closedWith).toEqual([])
    seconds(34 + before, 35)
    expect(closedWith).toEqual([[4012, 0]])
  },
)

test('a server that slept gives everybody the time for an answer anew', () => {
  const { seconds, closedWith } = silentPerson()
  seconds(1, 30)
  seconds(90, 99)
  expect(closedWith).toEqual([])
  seconds(100, 100)
  expect(closedWith).toEqual([[4012, 0]])
})

test('the session of an open connection is looked up each minute: one that is over ends it', async () => {
  const { seconds, ended } = silentPerson()
  seconds(1, 30)
  await new Promise((resolve) => setImmediate(resolve))
  expect(ended).toEqual([])
  seconds(31, 61)
  await new Promise((resolve) => setImmediate(resolve))
  expect(ended).toEqual(['a session that is over'])
})
