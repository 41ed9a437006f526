import type { Lang } from '../i18n/index.js'
import { Close, type User } from '../protocol.js'
import type { Admission, Grant, Visitor } from './face.js'
import { jsonFrame, pingFrame } from './wire.js'
import type { Membership } from './room.js'
import { isStill, plainSocket, wayOf, type PlainSocket } from './write-many.js'

/** Unsent bytes from which on a reader counts as slow, and from which on it is closed at once. */
const SLOW_BYTES = 262_144
const TOO_SLOW_BYTES = 1_048_576
/** A reader may be slow this long, in milliseconds. */
const SLOW_MS = 10_000
/** More than this, which Node would not take from its pool, is not put together for one socket. */
const TOGETHER_BYTES = 4_096
/** A socket that does not answer to a close frame is cut after this long. */
const CLOSE_MS = 5_000

/** What of a WebSocket a connection stands on. */
export interface Wire {
  readonly readyState: number
  readonly OPEN: number
  /** `writes`: it is about to write to its socket by itself (`TellingSocket`). */
  on(event: 'pong' | 'close' | 'writes', listener: () => void): unknown
  once(event: 'close', listener: () => void): unknown
  off(event: 'close', listener: () => void): unknown
  pause(): void
  resume(): void
  terminate(): void
  close(code: number, reason: string): void
}

/** Where its bytes go. */
export interface Outlet {
  readonly writableLength: number
  write(bytes: Buffer): unknown
  /** What is written between the two leaves in one piece; who cannot do that is handed one. */
  cork?(): void
  uncork?(): void
  on(event: 'drain', listener: () => void): unknown
  off(event: 'drain', listener: () => void): unknown
}

export interface ConnectionOptions {
  ws: Wire
  /** The socket of the upgrade request: a flush is one write on it, without a frame per message. */
  socket: Outlet
  visitor: Visitor
  mode: Admission['mode']
  lang: Lang
  address: string
  /** Of the links that it makes. */
  origin: () => string
  wake: (connection: Connection) => void
  /** Told when it is closed because it reads too slowly. */
  tooSlow?: (connection: Connection) => void
}

/** One WebSocket of one person, from hello to close. */
export class Connection {
  // A sweep reads these three of a thousand connections, each of them as far away as memory: they lie side by side.
  /** Where a flush may be written to at once, as the last look found; -1: what has happened since wants another look. */
  #way = -1
  #handle: unknown
  readonly #plain: PlainSocket | undefined
  readonly sidHash: string
  /** Hash of the id of the browser that the session began in. */
  readonly device: string | undefined
  /** It came by a bot's token. */
  readonly grant: Grant | undefined
  readonly mode: Admission['mode']
  readonly lang: Lang
  readonly address: string
  readonly origin: () => string
  readonly memberships = new Map<string, Membership>()
  /** Changes with `/nick`. */
  user: User
  /** When its session was last looked up, and when it last got heads and a ping; of the monotonic clock. */
  checkedAt = performance.now()
  beatAt = performance.now()
  awaitsPong = false
  /** It had its `hello`: from then on it may be told what concerns its person. */
  greeted = false
  /** The code that the server closed it with; who does not answer to that is gone without one. */
  closedWith: number | undefined
  readonly #ws: Wire
  readonly #socket: Outlet
  readonly #wake: (connection: Connection) => void
  readonly #tooSlow: ((connection: Connection) => void) | undefined
  #own: Buffer[] = []
  /** Goes out behind what its rooms say in the same flush. */
  #asides: Buffer[] = []
  #ownBytes = 0
  #slowSince: number | undefined
  #cut: NodeJS.Timeout | undefined

  constructor(options: ConnectionOptions) {
    const { ws, socket, visitor, mode, lang, address, origin, wake, tooSlow } = options
    this.user = visitor.user
    this.sidHash = visitor.sidHash
    this.device = visitor.device
    this.grant = visitor.grant
    this.mode = mode
    this.lang = lang
    this.address = address
    this.origin = origin
    this.#ws = ws
    this.#socket = socket
    this.#plain = plainSocket(socket)
    this.#wake = wake
    this.#tooSlow = tooSlow
    ws.on('pong', () => {
      this.awaitsPong = false
    })
    ws.on('writes', () => this.forgetWay())
  }

  /** The server has closed it: what it still sent is not taken up any more. */
  get sentAway(): boolean {
    return this.#cut !== undefined
  }

  get open(): boolean {
    return this.#ws.readyState === this.#ws.OPEN
  }

  /** An answer, or another frame for this connection alone; goes out with the coming flush. */
  send(frame: object): void {
    this.sendFrame(jsonFrame(frame))
  }

  /** @param pieces Of one frame, in order; they may be in other frames too. */
  sendFrame(...pieces: readonly Buffer[]): void {
    if (!this.open) return
    this.forgetWay()
    for (const piece of pieces) {
      this.#own.push(piece)
      this.#ownBytes += piece.length
    }
    this.#wake(this)
  }

  /** A frame for this connection alone that refers to what its room says: never before it. */
  sendAside(frame: Buffer): void {
    if (!this.open) return
    this.#asides.push(frame)
    this.#ownBytes += frame.length
    this.#wake(this)
  }

  /**
   * Writes a channel's flush, after what is the connection's own.
   * @param all Every frame of the flush.
   * @param numbered The same without what a slow reader can do without.
   */
  deliver(all: Buffer, numbered: Buffer): void {
    if (!this.open) return
    const bytes = this.#slowSince === undefined ? all : numbered
    if (this.#own.length > 0) {
      this.#own.push(bytes)
      this.#writeOwn()
    } else if (bytes.length > 0) {
      this.#write(bytes)
    }
  }

  /**
   * Where a channel's flush may be written without `deliver`, at once. What was not taken goes to `deliver`.
   * @returns -1 if it has to be looked for.
   */
  get way(): number {
    return this.#way >= 0 && isStill(this.#plain, this.#handle) ? this.#way : -1
  }

  /** @returns what `way` is from now on; -1: there is more to write than that, or less, or something is unsent. */
  findWay(): number {
    this.#way = -1
    if (this.#own.length > 0 || this.#slowSince !== undefined || !this.open) return -1
    const found = this.#plain && wayOf(this.#plain)
    if (!found) return -1
    this.#handle = found.handle
    this.#way = found.descriptor
    return this.#way
  }

  /** Something happens to it that a look may have to see. */
  forgetWay(): void {
    this.#way = -1
  }

  /** Writes what is the connection's own. @returns whether anything was written. */
  flush(): boolean {
    if (this.#asides.length > 0) this.#own.push(...this.#asides.splice(0))
    return this.#writeOwn()
  }

  /** Resolves when fewer than `bytes` are unsent, or the connection is gone. */
  async drainedBelow(bytes: number): Promise<void> {
    if (this.unsent < bytes) return
    this.flush()
    while (this.open && this.#socket.writableLength >= bytes) await this.#drain()
  }

  /** Looks whether a slow reader was slow for too long. Called each second. */
  checkSlow(now: number): void {
    if (this.#slowSince === undefined) return
    if (this.#socket.writableLength <= SLOW_BYTES) this.#slowSince = undefined
    else if (now - this.#slowSince > SLOW_MS) this.#cutSlow()
  }

  /** Bytes that wait to be sent. */
  get unsent(): number {
    return this.#ownBytes + this.#socket.writableLength
  }

  /** It reads too slowly to be told everything. */
  get slow(): boolean {
    return this.#slowSince !== undefined
  }

  /** Goes out with the coming flush, in one write with what else there is. */
  ping(): void {
    if (!this.open) return
    this.awaitsPong = true
    this.sendFrame(pingFrame)
  }

  pause(): void {
    this.#ws.pause()
  }

  resume(): void {
    this.#ws.resume()
  }

  /** Sends what is pending, then the close frame; cuts the line if nobody answers to it within `patience` ms. */
  close(code: number, reason: string, patience = CLOSE_MS): void {
    if (!this.open) return
    this.flush()
    this.closedWith = code
    this.#ws.close(code, reason)
    const cut = setTimeout(() => this.#ws.terminate(), patience).unref()
    this.#cut = cut
    this.#ws.once('close', () => clearTimeout(cut))
  }

  terminate(): void {
    this.#ws.terminate()
  }

  #writeOwn(): boolean {
    if (this.#own.length === 0) return false
    const own = this.#own
    this.#own = []
    this.#ownBytes = this.#asides.reduce((bytes, { length }) => bytes + length, 0)
    if (!this.open) return false
    const bytes = own.reduce((sum, { length }) => sum + length, 0)
    if (own.length === 1 && own[0]) this.#write(own[0])
    else if (bytes > TOGETHER_BYTES && this.#socket.cork) this.#writeApart(own)
    else this.#write(Buffer.concat(own, bytes))
    return true
  }

  #drain(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#socket.off('drain', done)
        this.#ws.off('close', done)
        resolve()
      }
      this.#socket.on('drain', done)
      this.#ws.on('close', done)
    })
  }

  /** In one call to the system as well, without a copy of what others are told too. */
  #writeApart(pieces: readonly Buffer[]): void {
    this.#socket.cork?.()
    for (const piece of pieces) this.#socket.write(piece)
    this.#socket.uncork?.()
    this.#look()
  }

  #write(bytes: Buffer): void {
    this.#socket.write(bytes)
    this.#look()
  }

  /** How much of what was written is unsent. */
  #look(): void {
    this.forgetWay()
    const unsent = this.#socket.writableLength
    if (unsent <= SLOW_BYTES) {
      this.#slowSince = undefined
    } else if (unsent > TOO_SLOW_BYTES) {
      this.#cutSlow()
    } else {
      this.#slowSince ??= performance.now()
    }
  }

  #cutSlow(): void {
    if (!this.open) return
    this.close(Close.slowConsumer, 'slow')
    this.#tooSlow?.(this)
  }
}
