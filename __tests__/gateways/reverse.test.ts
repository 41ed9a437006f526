import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { WebSocketServer } from 'ws'
import { goTo } from '../../src/gateways/onebot11/reverse.js'
import type { PluginLog } from '../../src/plugin.js'
import { later, tidy } from '../helpers/tidy.js'

/** Programs to which the server goes, and which are not as they should be. */

afterEach(tidy)

async function program(port = 0) {
  const server = new WebSocketServer({ port, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port: found } = server.address() as AddressInfo
  const close = async () => {
    for (const ws of server.clients) ws.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
  later(close)
  return { server, port: found, close }
}

/** Goes there until the end of the test; tells when it is there, and what it wrote into the log. */
function going(port: number) {
  const warned: string[] = []
  let tell: () => void = () => undefined
  const isWarned = new Promise<void>((resolve) => (tell = resolve))
  const write = (message: string) => {
    warned.push(message)
    tell()
  }
  const log: PluginLog = { debug() {}, info() {}, warn: write, error: write }
  const isThere = new Promise<void>((resolve) => {
    const url = `ws://127.0.0.1:${port}/`
    later(goTo({ url, token: 't', selfId: 1, pause: 5, serve: () => resolve(), log }))
  })
  return { warned, isWarned, isThere }
}

test('one that is down is found once it is there', async () => {
  const { port, close } = await program()
  await close()
  const { isWarned, isThere } = going(port)
  await isWarned
  await program(port)
  await isThere
})

test('one that takes each line and hangs up is left alone ever longer, and fills no log', async () => {
  const { server, port } = await program()
  let lines = 0
  const many = new Promise<void>((resolve) => {
    server.on('connection', (ws) => {
      ws.close()
      if ((lines += 1) === 4) resolve()
    })
  })
  const { warned } = going(port)
  await many
  expect(warned).toEqual(['its program is not there'])
})

test('one that speaks no WebSocket, or too much at once, is a program that is not there', async () => {
  const { server, port } = await program()
  server.on('connection', (ws) => ws.send('x'.repeat(9 * 1024 * 1024)))
  const { isWarned, warned } = going(port)
  await isWarned
  expect(warned).toEqual(['its program is not there'])
})
