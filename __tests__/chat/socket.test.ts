import { EventEmitter } from 'node:events'
import { expect, test } from '@jest/globals'
import { readTexts } from '../../src/chat/socket.js'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('of a hundred texts that come at once a few are taken up in a turn, all of them in their order', async () => {
  const ws = new EventEmitter()
  const connection = { open: true, sentAway: false, pause() {}, resume() {}, close() {} }
  const taken: string[] = []
  const handle = async (text: string) => void taken.push(text)
  readTexts(ws, connection, {
    handle,
    ready: Promise.resolve(),
    turn,
  })
  await turn()
  const texts = Array.from({ length: 100 }, (_, i) => `${i}`)
  for (const text of texts) ws.emit('message', Buffer.from(text), false)
  await Promise.resolve()
  const turns = [taken.length]
  while (taken.length < texts.length) {
    await turn()
    turns.push(taken.length)
  }
  expect(Math.max(...turns.map((count, i) => count - (turns[i - 1] ?? 0)))).toBeLessThanOrEqual(8)
  expect(taken).toEqual(texts)
})
