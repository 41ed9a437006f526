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
    awaitsPong: false,
    beatAt: start,
    checkedAt: start,
    checkSlow: () => {},
    ping() {
      person.awaitsPong = true
    },
    close: (code: number, _: string, patience: number) => closedWith.push([code, patience]),
  }
  const connections = new Connections()
  connections.add(person as unknown as Connection)
  const heartbeat = new Heartbeat({
    connections,
    stillValid: async () => new Set(),
    heads: () => ({}),
    ended: () => {},
    log: createLog('silent'),
  })
  beating = heartbeat
  const seconds = (from: number, to: number) => {
    for (let s = from; s <= to; s++) heartbeat.tick(start + s * 1_000)
  }
  return { seconds, closedWith }
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
