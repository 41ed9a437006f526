import { once } from 'node:events'
import type { WebSocket } from 'ws'
import { HEARTBEAT_MS } from '../protocol.js'

/** Bytes of a frame: a picture in base64 may be in it, which is not kept. */
export const FRAME_BYTES = 8 * 1024 * 1024
/** So many bytes may be unsent; a bot that reads no faster is cut off, and comes back. */
const UNSENT_BYTES = 4 * 1024 * 1024

/** Who does not answer a ping in this time is gone: its cable may be out, and then nobody tells. */
const PONG_MS = 10_000
/** So long a program may take to say goodbye, in milliseconds. */
const CLOSE_MS = 1_000

/** One connection of a bot's program. */
export interface BotSocket {
  /** Sends a frame, or cuts the line if its reader is too slow. */
  send(frame: object): void
  onText(take: (text: string) => void): void
  onClose(closed: () => void): void
  close(code: number, reason: string): void
}

/** What a program's connection looks like from here, whoever opened it. */
export function botSocket(ws: WebSocket): BotSocket {
  ws.on('error', () => ws.terminate())
  watch(ws)
  return {
    send(frame) {
      if (ws.readyState !== ws.OPEN) return
      if (ws.bufferedAmount > UNSENT_BYTES) return ws.terminate()
      ws.send(JSON.stringify(frame))
    },
    onText(take) {
      ws.on('message', (data, binary) => {
        if (!binary && Buffer.isBuffer(data)) take(data.toString())
      })
    },
    onClose: (closed) => void ws.once('close', closed),
    close: (code, reason) => ws.close(code, reason),
  }
}

function watch(ws: WebSocket): void {
  let deadline: NodeJS.Timeout | undefined
  let silent = false
  const beat = setInterval(() => {
    silent = true
    ws.ping()
    // After a sleep of this machine the answer may lie unread: it is read before the immediate.
    deadline = setTimeout(() => setImmediate(() => silent && ws.terminate()), PONG_MS).unref()
  }, HEARTBEAT_MS).unref()
  ws.on('pong', () => {
    silent = false
    clearTimeout(deadline)
  })
  ws.once('close', () => {
    clearInterval(beat)
    clearTimeout(deadline)
  })
}

/** Whoever does not answer to the close frame in time is cut off. */
export async function sendAway(ws: WebSocket): Promise<void> {
  const cut = setTimeout(() => ws.terminate(), CLOSE_MS)
  ws.close(1001, 'the server closes')
  await once(ws, 'close')
  clearTimeout(cut)
}
