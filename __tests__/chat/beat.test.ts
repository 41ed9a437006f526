import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { Outbox } from '../../src/chat/outbox.js'
import { connectionOn, openWire } from '../helpers/connection.js'

/** A connection on a socket that keeps each write. */
function connected() {
  const writes: Buffer[] = []
  const outbox = new Outbox()
  const ws = openWire()
  const socket = Object.assign(new EventEmitter(), {
    writableLength: 0,
    write: (bytes: Buffer) => writes.push(bytes),
  })
  const connection = connectionOn({ ws, socket, wake: outbox.wakeConnection })
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
