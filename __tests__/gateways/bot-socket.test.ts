import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, jest, test } from '@jest/globals'
import { WebSocket, WebSocketServer } from 'ws'
import { botSocket } from '../../src/gateways/bot-socket.js'

const open: WebSocket[] = []
const servers: WebSocketServer[] = []
afterEach(() => {
  for (const ws of open.splice(0)) ws.terminate()
  for (const server of servers.splice(0)) server.close()
})

test('a program that does not read is cut off when 4 MiB wait for it, and its neighbour hears all', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const enters = async () => {
    const came = once(server, 'connection')
    const program = new WebSocket(`ws://127.0.0.1:${port}`)
    open.push(program)
    const [ws] = (await came) as [WebSocket]
    await once(program, 'open')
    return { program, socket: botSocket(ws), gone: once(ws, 'close') }
  }
  const [sleeper, reader] = [await enters(), await enters()]
  sleeper.program.pause()
  let heard = 0
  reader.program.on('message', () => (heard += 1))
  let left = false
  void sleeper.gone.then(() => (left = true))

  let sent = 0
  for (const text = 'x'.repeat(1024 * 1024); !left; sent += 1) {
    sleeper.socket.send({ text })
    reader.socket.send({ text })
    await once(reader.program, 'message')
  }
  expect(heard).toBe(sent)
  expect(sent).toBeLessThan(30) // what the machine's own buffers take, and 4 MiB
})

test('a program that is silent is cut off within 35 seconds; one that answers pings is not', () => {
  jest.useFakeTimers()
  try {
    const cut: string[] = []
    const program = (name: string, ping: (ws: EventEmitter) => void) => {
      const ws: EventEmitter = Object.assign(new EventEmitter(), {
        ping: () => ping(ws),
        terminate: () => cut.push(name),
      })
      botSocket(ws as WebSocket)
    }
    program('half-open', () => {})
    program('idle', (ws) => ws.emit('pong'))
    jest.advanceTimersByTime(34_000)
    expect(cut).toEqual([])
    jest.advanceTimersByTime(1_001)
    expect(cut).toEqual(['half-open'])
  } finally {
    jest.useRealTimers()
  }
})
