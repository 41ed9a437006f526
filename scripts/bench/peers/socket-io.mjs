// What many take: socket.io, one emit() to a room, WebSocket alone. `node socket-io.mjs PORT`
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { host, newUser, port } from './envelope.mjs'

const server = createServer()
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false })
let messages = 0

io.on('connection', (socket) => {
  const user = newUser()
  void socket.join('room')
  socket.on('chat', (/** @type {string} */ text) =>
    io.to('room').emit('chat', { id: ++messages, type: 'chat', user, data: text.trim() }),
  )
})
server.listen(port, host)
