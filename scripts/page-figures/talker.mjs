import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { signIn } from '../program.mjs'

/** Somebody in a room who talks and does not listen. @param {string} url @param {string} name @param {string} [room] */
export async function talker(url, name, room = 'lobby') {
  const { cookie } = await signIn(url, name, Math.floor(Math.random() * 27))
  const ws = new WebSocket(`${url.replace(/^http/, 'ws')}/chat`, 'chat-room.v1', {
    headers: { cookie },
  })
  const tell = (/** @type {object} */ frame) =>
    ws.send(JSON.stringify({ cid: randomUUID(), room, ...frame }))
  await once(ws, 'message') // hello
  tell({ type: 'join' })
  await once(ws, 'message')
  ws.resume()
  return {
    say: (/** @type {string} */ data) => tell({ type: 'chat', data }),
    close: () => ws.terminate(),
  }
}
