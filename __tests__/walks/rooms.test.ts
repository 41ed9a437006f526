import { request } from 'node:http'
import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

test('hello lists every room there is, after a restart too', async () => {
  const world = await lobby({ people: ['ada'], config: { 'rooms.names': ['garden'] } })
  await world.ada.join('读书会')
  await world.restart()

  const { rooms } = await world.ada.connect()
  expect(rooms.map(({ name, title }) => [name, title])).toEqual([
    ['读书会', '读书会'],
    ['lobby', 'Lobby'],
    ['garden', 'garden'],
  ])
})

test('a request that offers another protocol is a request like any other', async () => {
  const world = await lobby()
  const { port } = new URL(world.url)
  const status = await new Promise((resolve, reject) => {
    const headers = {
      connection: 'Upgrade, HTTP2-Settings',
      upgrade: 'h2c',
      'http2-settings': 'AAMAAABk',
    }
    const asked = request({ port, host: '127.0.0.1', path: '/healthz', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    asked.on('error', reject).end()
  })
  expect(status).toBe(200)
})

test('who signs out is not heard any more, whatever was still waiting', async () => {
  const world = await lobby({ people: ['ada', 'grace'] })
  const { ada, grace } = world
  const signedOut = world.get('/signout', { method: 'POST', headers: { cookie: ada.cookie } })
  const closed = ada.socket.closed
  const flood = setInterval(() => {
    for (let i = 0; i < 20; i++) ada.sends({ type: 'join', cid: `rejoin-${i}-000`, room: 'lobby' })
  }, 1)
  await signedOut
  await closed
  clearInterval(flood)

  expect(await grace.members()).toEqual(['机器人小小鸟', 'grace'])
})
