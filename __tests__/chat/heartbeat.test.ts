import { afterEach, expect, test } from '@jest/globals'
import type { Connection } from '../../src/chat/connection.js'
import { Connections } from '../../src/chat/connections.js'
import { Heartbeat } from '../../src/chat/heartbeat.js'
import { createLog } from '../../src/log.js'

let beating: Heartbeat | undefined
afterEach(() => beating?.close())

/** Somebody who never answers a ping, and the seconds of a server. */
function silentPerson() {
  const closedWith: number[] = []
  const start = performance.now()
  const person = {
    user: { id: 1 },
    awaitsPong: false,
    beatAt: start,
    checkedAt: start,
    checkSlow: () => {},
    ping() {
      person.awaitsPong = true
    },
    close: (code: number) => closedWith.push(code),
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

test('who does not answer a ping within ten seconds is closed with 4012', () => {
  const { seconds, closedWith } = silentPerson()
  seconds(1, 35)
  expect(closedWith).toEqual([])
  seconds(36, 36)
  expect(closedWith).toEqual([4012])
})

test('a server that slept gives everybody the time for an answer anew', () => {
  const { seconds, closedWith } = silentPerson()
  seconds(1, 30)
  seconds(90, 100)
  expect(closedWith).toEqual([])
  seconds(101, 101)
  expect(closedWith).toEqual([4012])
})
