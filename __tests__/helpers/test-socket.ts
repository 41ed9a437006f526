import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'

export interface SocketOptions {
  cookie?: string
  /** Subprotocols to offer; none by default. */
  protocols?: readonly string[]
  origin?: string
  headers?: Readonly<Record<string, string>>
  /** `ws://…/chat` by default. */
  path?: string
}

/** The server answered an upgrade with something else than 101. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused'
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string

  constructor(status: number, headers: IncomingHttpHeaders, body: string) {
    super(`upgrade answered with ${status}: ${body.trim()}`)
    this.status = status
    this.headers = headers
    this.body = body
  }
}

/**
 * Opens a WebSocket with any headers, as anybody can.
 * @param url The server's `http://` address.
 * @throws {UpgradeRefused} when the answer is not 101.
 */
export function openSocket(url: string, options: SocketOptions = {}): Promise<TestSocket> {
  const { cookie, protocols = [], origin, headers, path = '/chat' } = options
  const ws = new WebSocket(new URL(path, url.replace(/^http/, 'ws')), [...protocols], {
    perMessageDeflate: false,
    headers: { ...headers, ...(cookie !== undefined && { cookie }) },
    ...(origin !== undefined && { origin }),
  })
  const socket = new TestSocket(ws) // listens before the first frame can come

  return new Promise((resolve, reject) => {
    ws.once('open', () => resolve(socket))
    ws.once('error', reject)
    ws.once('unexpected-response', (_, response) => {
      const { statusCode = 0, headers: answered } = response
      text(response).then(
        (body) => reject(new UpgradeRefused(statusCode, answered, body)),
        (error: unknown) => reject(error),
      )
    })
  })
}

/** A WebSocket that keeps what came, and waits without sleeping. */
export class TestSocket {
  readonly ws: WebSocket
  /** Every text that came, in order. */
  readonly texts: string[] = []
  /** Resolves when the socket is closed, by whomever. */
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #handedOut = new Set<number>()
  readonly #listeners = new Set<() => void>()
  #over = false
  #onText: (text: string) => void = () => {}

  constructor(ws: WebSocket) {
    this.ws = ws
    ws.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString() : ''
      this.texts.push(text)
      this.#onText(text)
      this.#tell()
    })
    ws.on('error', () => {}) // `closed` says it
    this.closed = new Promise((resolve) => {
      ws.once('close', (code, reason) => {
        this.#over = true
        resolve({ code, reason: String(reason) })
        this.#tell()
      })
    })
  }

  get open(): boolean {
    return this.ws.readyState === WebSocket.OPEN
  }

  /** Hands on every text, those that came before as well. One listener at a time. */
  onText(listener: (text: string) => void): void {
    this.texts.forEach(listener)
    this.#onText = listener
  }

  /** A string or bytes leave as they are, anything else as JSON. */
  send(what: string | Buffer | object): void {
    this.ws.send(typeof what === 'string' || Buffer.isBuffer(what) ? what : JSON.stringify(what))
  }

  /**
   * The first text that matches and was not handed out before; waits for it if need be.
   * @throws {Error} with all that came, after `within` ms or when the socket closes.
   */
  next(matches: (text: string) => boolean, within = 5_000): Promise<string> {
    return new Promise((resolve, reject) => {
      let looked = 0 // a text that did not match then is not asked about again
      const look = (): boolean => {
        for (; looked < this.texts.length; looked++) {
          const text = this.texts[looked] ?? ''
          if (this.#handedOut.has(looked) || !matches(text)) continue
          this.#handedOut.add(looked)
          resolve(text)
          return true
        }
        return false
      }
      if (look()) return
      const fail = (why: string) =>
        reject(new Error(`${why}; so far came:\n${this.texts.join('\n')}`))
      if (this.#over) return fail('the socket is closed')

      const stop = () => {
        clearTimeout(deadline)
        this.#listeners.delete(listener)
      }
      const deadline = setTimeout(() => {
        stop()
        fail(`nothing that matches came within ${within} ms`)
      }, within)
      const listener = () => {
        if (look()) return stop()
        if (!this.#over) return
        stop()
        fail('the socket was closed')
      }
      this.#listeners.add(listener)
    })
  }

  /** Ends the TCP connection without a word, as a dead network does. */
  drop(): Promise<unknown> {
    this.ws.terminate()
    return this.closed
  }

  close(code = 1000): Promise<unknown> {
    this.ws.close(code)
    return this.closed
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
