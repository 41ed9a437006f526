import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { botSocket, FRAME_BYTES, sendAway, type BotSocket } from './bot-socket.js'

/** Who does not answer to a close frame is cut after this long; ws itself waits half a minute. Its types do not know it. */
const goodbye = { closeTimeout: 5_000 }

/** Connections of bots' programs that came to one address of ours. */
export class BotSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: FRAME_BYTES,
    perMessageDeflate: false,
    ...goodbye,
  })
  readonly #open = new Set<WebSocket>()

  /** Takes over a request. */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    accept: (socket: BotSocket) => void,
  ): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.#open.add(ws)
      ws.once('close', () => this.#open.delete(ws))
      accept(botSocket(ws))
    })
  }

  /** Sends everybody away, and resolves when they are gone. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map(sendAway))
  }
}
