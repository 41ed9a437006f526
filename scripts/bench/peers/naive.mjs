// What one writes first: koa, koa-websocket and a loop over the clients. `node naive.mjs PORT`
import Koa from 'koa'
import websockify from 'koa-websocket'
import { chat, host, newUser, port } from './envelope.mjs'

/** A room is a path. @type {Map<string, Set<import('ws').WebSocket>>} */
const rooms = new Map()
const app = websockify(new Koa(), { perMessageDeflate: false })

app.ws.use(({ path, websocket }) => {
  const user = newUser()
  const clients = rooms.get(path) ?? new Set()
  rooms.set(path, clients.add(websocket))
  websocket.on('message', (/** @type {Buffer} */ data) => {
    const text = chat(user, data.toString().trim())
    for (const client of clients) if (client.readyState === client.OPEN) client.send(text)
  })
  websocket.on('close', () => clients.delete(websocket))
})
app.listen(port, host)
