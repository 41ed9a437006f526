import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { connectionOn, openWire } from '../helpers/connection.js'

const KIB = 1024
const frame = (text: string) => Buffer.from(text)

/** A connection whose reader took all but so many bytes. */
function reader() {
  const closed: number[] = []
  const wrote: string[] = []
  const socket = Object.assign(new EventEmitter(), {
    writableLength: 0,
    write: (bytes: Buffer) => void wrote.push(String(bytes)),
  })
  const ws = Object.assign(openWire(), {
    close: (code: number) => {
      closed.push(code)
      ws.readyState = 2
    },
  })
  let times = 0
  const connection = connectionOn({ ws, socket, tooSlow: () => void times++ })
  const leaves = (unread: number) => {
    socket.writableLength = unread
    connection.deliver(frame('all'), frame('numbered'))
  }
  return {
    connection,
    leaves,
    socket,
    closed,
    wrote,
    told: () => times,
    end: () => ws.emit('close'),
  }
}

test('who leaves more than 1 MiB unread is cut at once, and not before', () => {
  const { leaves, closed, told, end } = reader()
  leaves(1024 * KIB)
  expect(closed).toEqual([])
  leaves(1024 * KIB + 1)
  expect([closed, told()]).toEqual([[4008], 1])
  end()
})

test('who leaves more than 256 KiB unread for ten seconds is cut then, and hears only what is numbered until then', () => {
  const { connection, leaves, closed, wrote, end } = reader()
  leaves(256 * KIB)
  const before = performance.now()
  leaves(256 * KIB + 1) // from here on it is slow
  const after = performance.now()
  leaves(256 * KIB + 1)
  expect(wrote).toEqual(['all', 'all', 'numbered'])
  connection.checkSlow(before + 9_999)
  expect(closed).toEqual([])
  connection.checkSlow(after + 10_001)
  expect(closed).toEqual([4008])
  end()
})

test('who has caught up is slow no more', () => {
  const { connection, leaves, closed, socket, wrote, end } = reader()
  leaves(300 * KIB)
  socket.writableLength = 0
  connection.checkSlow(performance.now() + 9_000)
  expect([closed, connection.slow]).toEqual([[], false])
  leaves(0)
  expect(wrote.at(-1)).toBe('all')
  end()
})

/** What one flush of frames of so many bytes each is written as. */
function flushed(frames: readonly Buffer[], corks: boolean) {
  const { connection, socket, end } = reader()
  const calls: unknown[] = []
  Object.assign(socket, { write: (bytes: Buffer) => void calls.push(bytes) })
  if (corks)
    Object.assign(socket, {
      cork: () => void calls.push('cork'),
      uncork: () => void calls.push('uncork'),
    })
  connection.sendFrame(...frames)
  connection.flush()
  end()
  return calls
}

test('what is much leaves in one piece without a copy of it, and what is little in one write', () => {
  const [small, large] = [Buffer.alloc(100, 's'), Buffer.alloc(5_000, 'l')]
  const much = flushed([small, large, small], true)
  expect(much).toEqual(['cork', small, large, small, 'uncork'])
  expect(much[2]).toBe(large)
  expect(flushed([small, small], true)).toEqual([Buffer.alloc(200, 's')])
  expect(flushed([large], true)).toEqual([large])
  expect(flushed([small, large], false)).toEqual([Buffer.concat([small, large])])
})
