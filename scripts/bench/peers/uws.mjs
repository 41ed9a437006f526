// The fastest that npm has: uWebSockets.js, publish() to one topic. `node uws.mjs PORT`
import uWS from '@trufflesuite/uws-js-unofficial'
import { chat, host, newUser, port } from './envelope.mjs'

const app = uWS.App()

app.ws('/*', {
  compression: uWS.DISABLED,
  idleTimeout: 0,
  maxBackpressure: 64 << 20,
  open(ws) {
    ws.user = newUser()
    ws.subscribe('room')
  },
  message(ws, data) {
    app.publish('room', chat(ws.user, Buffer.from(data).toString().trim()), false)
  },
})
app.listen(host, port, (listening) => {
  if (!listening) process.exitCode = 1
})
