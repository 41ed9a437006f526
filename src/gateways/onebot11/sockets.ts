import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { BotSocket } from '../bot-socket.js'
import { BotSockets } from '../bot-sockets.js'
import { tokenHash } from '../token.js'

/** Who takes over a connection. */
export type Accept = (socket: BotSocket) => void

/** The WebSocket at `/onebot/v11/ws`, which programs of bots come to; a token says whose it is. */
export class OneBotSockets {
  readonly #path: string
  readonly #sockets = new BotSockets()
  readonly #doors = new Map<string, Accept>()

  /** @param base Path under which the server is: '' or '/x'. */
  constructor(base: string) {
    this.#path = `${base}/onebot/v11/ws`
  }

  /** @returns false: there is one of this token. */
  add(token: string, accept: Accept): boolean {
    const key = tokenHash(token)
    if (this.#doors.has(key)) return false
    this.#doors.set(key, accept)
    return true
  }

  remove(token: string): void {
    this.#doors.delete(tokenHash(token))
  }

  /** As sent: what is no address at all (`//`) is none of ours, and must not throw here. */
  isFor({ url = '' }: IncomingMessage): boolean {
    const [path = ''] = url.split('?', 1)
    return path.replace(/\/$/, '') === this.#path
  }

  /** Takes over a request for this path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, refused: () => void): void {
    const [, query] = (request.url ?? '').split('?', 2)
    const accept = this.#doors.get(tokenHash(tokenOf(request, query)))
    // Before the upgrade, and the same for a wrong token and for one that was taken out.
    if (!accept) {
      refused()
      return refuse(socket, 401)
    }
    this.#sockets.upgrade(request, socket, head, accept)
  }

  /** Sends everybody away, and resolves when they are gone. */
  close(): Promise<void> {
    return this.#sockets.close()
  }
}

/** `Authorization: Bearer …` (or `Token …`, as older programs have it), or `?access_token=`. */
function tokenOf({ headers }: IncomingMessage, query: string | undefined): string {
  const [, token] = /^(?:bearer|token)\s+(\S+)$/i.exec(headers.authorization ?? '') ?? []
  return token ?? new URLSearchParams(query).get('access_token') ?? ''
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
