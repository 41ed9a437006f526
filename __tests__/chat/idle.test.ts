import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const built = (file: string) => new URL(`../../dist/${file}`, import.meta.url).href

/** Makes connections of people who said something once, and are silent since: bytes of the heap that each keeps. */
const program = `
  import { EventEmitter } from 'node:events'
  import { Attention } from '${built('chat/attention/attention.js')}'
  import { Connection } from '${built('chat/connection.js')}'
  import { Connections } from '${built('chat/connections.js')}'
  import { readTexts } from '${built('chat/socket.js')}'

  const connections = new Connections()
  const attention = new Attention({ people: { of: async () => [] }, power: { volumes: async () => [] }, reads: {} })
  const [origin, wake, ready, turn] = [() => '', () => {}, Promise.resolve(), () => ready]
  const lines = []
  class Line extends EventEmitter { readyState = 1; OPEN = 1; pause() {} resume() {} write() {} }
  const come = async (from, many) => {
    for (let id = from; id < from + many; id++) lines.push(new Line())
    gc()
    const before = process.memoryUsage().heapUsed
    for (let id = from; id < from + many; id++) {
      const ws = lines[id]
      const visitor = { user: { id, name: 'ada', imageid: '0', kind: 'person' }, sidHash: 's' + id }
      const connection = new Connection({ ws, socket: ws, visitor, mode: 'v1', lang: 'en', address: '::1', origin, wake })
      connections.add(connection)
      readTexts(ws, connection, { handle: async () => {}, ready, turn })
      await attention.arrive(id)
      ws.emit('message', Buffer.from('hello'), false)
    }
    await new Promise((resolve) => setImmediate(resolve))
    gc()
    return (process.memoryUsage().heapUsed - before) / many
  }
  await come(0, 4000) // what is compiled and grows with the first of them
  console.log(await come(4000, 4000))
  process.exit(0)`

test('who is silent keeps no more of the heap than what they may need next', async () => {
  const args = ['--expose-gc', '--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(Number(stdout)).toBeGreaterThan(500)
  expect(Number(stdout)).toBeLessThan(1_800)
})
