import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { readTexts } from '../../src/chat/socket.js'

/** A connection whose texts wait until `next` is called, and whether it is read. */
function reading() {
  const ws = new EventEmitter()
  const turns: (() => void)[] = []
  const state = { read: true, taken: 0 }
  const connection = {
    open: true,
    sentAway: false,
    pause: () => void (state.read = false),
    resume: () => void (state.read = true),
    close: () => {},
  }
  const handle = (): Promise<void> => {
    state.taken += 1
    return new Promise((resolve) => turns.push(resolve))
  }
  readTexts(ws, connection, { handle, ready: Promise.resolve() })
  const comes = (chars: number) => void ws.emit('message', Buffer.alloc(chars, 'x'), false)
  const next = async () => {
    turns.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { state, comes, next }
}

test.each([
  ['256 texts', 2, 258, 130],
  ['a megabyte of texts', 65_000, 18, 10],
])(
  'while %s wait, a connection is not read; once half of them went, it is',
  async (_, chars, many, half) => {
    const { state, comes, next } = reading()
    await next()
    for (let i = 0; i < many; i++) comes(chars)
    expect(state).toEqual({ read: false, taken: 1 })
    for (let i = 0; i < half - 2; i++) await next()
    expect(state).toEqual({ read: false, taken: half - 1 })
    for (let i = 0; i < 2; i++) await next()
    expect(state).toEqual({ read: true, taken: half + 1 })
  },
)
