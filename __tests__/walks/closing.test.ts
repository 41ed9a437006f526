import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const slow = `export default async (ctx, next) => {
  await new Promise((resolve) => setTimeout(resolve, 20))
  await next()
}`

test('a server that closes answers every line it was sent, those that wait behind a plugin too', async () => {
  const world = await lobby({
    people: ['ada'],
    plugins: { 'plugin:slow': { use: './slow.mjs' } },
    files: { 'slow.mjs': slow },
  })
  const cids = Array.from({ length: 100 }, (_, i) => `said-at-the-end-${i}`)
  for (const cid of cids) world.ada.sends({ type: 'chat', cid, room: 'lobby', data: cid })
  await world.ada.next((frame) => frame.type === 'ack')

  await world.server?.close()
  await world.ada.socket.closed

  const { frames } = world.ada
  const refused = frames.filter(({ type }) => type === 'nack')
  const answered = new Set(
    frames.flatMap((frame) => (frame.type === 'ack' || frame.type === 'nack' ? [frame.cid] : [])),
  )
  expect(cids.filter((cid) => !answered.has(cid))).toEqual([])
  expect(refused).not.toHaveLength(0)
  for (const nack of refused) expect(nack).toMatchObject({ code: 'draining', retry: true })
})

test('a server that closes does not wait for a browser that connected ahead and asked for nothing', async () => {
  const world = await lobby()
  const silent = connect(Number(new URL(world.url).port), '127.0.0.1')
  await once(silent, 'connect')
  await world.get('/healthz') // by now the server has taken the connection up

  await Promise.all([world.server?.close(), once(silent, 'close')])
})
