import { WebSocket } from 'ws'
import type { PluginLog } from '../../plugin.js'
import { FRAME_BYTES, botSocket, type BotSocket } from '../bot-socket.js'

/** A pause is doubled each time it fails again, up to so many milliseconds; then it is lengthened or shortened by chance. */
const LONGEST_MS = 60_000
/** Who stays so long, in milliseconds, has been there: one that comes and goes at once is left alone ever longer. */
const STAYS_MS = 10_000
/** Until the other side has answered, in milliseconds. */
const CONNECT_MS = 10_000

export interface ReverseOptions {
  /** `ws://…` of a program of a bot's. */
  url: string
  token: string
  selfId: number
  /** After the first failure, in milliseconds. */
  pause: number
  serve: (socket: BotSocket) => void
  log: PluginLog
}

/**
 * Goes to a bot's program instead of waiting for it ("reverse" mode), again and again until it is stopped
 * (https://github.com/botuniverse/onebot-11/blob/master/communication/ws-reverse.md).
 * @returns stops it; resolves when the line is gone.
 */
export function goTo({
  url,
  token,
  selfId,
  pause,
  serve,
  log,
}: ReverseOptions): () => Promise<void> {
  let failures = 0
  let stopped = false
  let ws: WebSocket | undefined
  let timer: NodeJS.Timeout | undefined
  let stays: NodeJS.Timeout | undefined

  const connect = () => {
    const line = new WebSocket(url, {
      headers: {
        'user-agent': 'OneBot/11',
        'x-self-id': String(selfId),
        'x-client-role': 'Universal',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      handshakeTimeout: CONNECT_MS,
      maxPayload: FRAME_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
    })
    ws = line
    line.once('open', () => {
      stays = setTimeout(() => (failures = 0), STAYS_MS).unref()
      serve(botSocket(line))
    })
    line.on('error', () => line.terminate()) // 'close' follows
    line.once('close', (code) => {
      clearTimeout(stays)
      if (stopped) return
      const wait = Math.min(LONGEST_MS, pause * 2 ** failures) * (0.75 + Math.random() / 2)
      // Once in a row: a program that is down for a night fills no log.
      if (failures === 0) log.warn('its program is not there', { code, next_ms: Math.round(wait) })
      failures += 1
      timer = setTimeout(connect, wait).unref()
    })
  }
  connect()

  return async () => {
    stopped = true
    clearTimeout(timer)
    clearTimeout(stays)
    const line = ws
    if (!line || line.readyState === line.CLOSED) return
    await new Promise<void>((resolve) => {
      line.once('close', () => resolve())
      line.terminate()
    })
  }
}
