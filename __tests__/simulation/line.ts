import { EventEmitter } from 'node:events'

type Down = Buffer | { code: number }
/** A text, or a pong. */
type Up = { text: string } | 'pong'

/**
 * A connection without a network: what either side sends lies on the line until the schedule lets it arrive. To the
 * server it is the WebSocket and the TCP socket below it.
 */
export class Line extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  /** On the way to the client, and to the server. */
  readonly down: Down[] = []
  readonly up: Up[] = []
  #paused = false
  #lost = false

  get writableLength(): number {
    return this.down.reduce((sum, one) => sum + (Buffer.isBuffer(one) ? one.length : 0), 0)
  }

  write(bytes: Buffer): void {
    if (!this.#lost) this.down.push(bytes)
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
  }

  /** By the server: the client answers when it has read up to here. */
  close(code: number): void {
    if (this.readyState !== this.OPEN) return
    this.readyState = 2
    this.down.push({ code })
  }

  terminate(): void {
    this.#end()
  }

  /** Lets the client's next frame arrive. */
  arriveUp(): void {
    if (this.#paused || this.readyState === 3) return
    const what = this.up.shift()
    if (what === 'pong') this.emit('pong')
    else if (what !== undefined) this.emit('message', Buffer.from(what.text), false)
  }

  /** Takes what arrives at the client next. */
  arriveDown(): Down | undefined {
    const what = this.down.shift()
    this.emit('drain')
    return what
  }

  /** By the client, or the network. @param told The server learns of it, else nothing goes through any more. */
  break(told: boolean): void {
    this.#lost = true
    this.down.length = 0
    this.up.length = 0
    if (told) this.#end()
  }

  #end(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.down.push({ code: 1006 })
    queueMicrotask(() => this.emit('close', 1006))
  }
}
