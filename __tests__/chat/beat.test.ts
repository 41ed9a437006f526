import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { Connection } from '../../src/chat/connection.js'
import { Outbox } from '../../src/chat/outbox.js'

/** A connection on a socket that keeps each write. */
function connected() {
  const writes: Buffer[] = []
  const outbox = new Outbox()
  const ws = Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1,
    pause: () => {},
    resume: () => {},
    terminate: () => {},
    close: () => {},
  })
  const socket = Object.assign(new EventEmitter(), {
    writableLength: 0,
    write: (bytes: Buffer) => writes.push(bytes),
  })
  const connection = new Connection({
    ws,
    socket,
    visitor: { user: { id: 1, name: 'ada', imageid: '0', kind: 'person' }, sidHash: 'sid' },
    mode: 'v1',
    lang: 'en',
    address: '127.0.0.1',
    origin: () => '',
    wake: outbox.wakeConnection,
  })
  return { connection, outbox, writes, ws }
}

test('a ping and where the rooms stand are one write: with many who are silent, nothing else is done', () => {
  const { connection, outbox, writes, ws } = connected()
  connection.ping()
  connection.send({ type: 'heads' })
  outbox.close()

  expect(writes.map((bytes) => bytes.toString('latin1'))).toEqual([
    '\x89\x00\x81\x10{"type":"heads"}',
  ])
  expect(connection.awaitsPong).toBe(true)
  ws.emit('pong')
  expect(connection.awaitsPong).toBe(false)
})
