import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A WebSocket frame as bytes, as wrong as a test wants it (RFC 6455 §5.2). */
export interface RawFrame {
  opcode: number
  payload?: Buffer | string
  /** @default true */
  fin?: boolean
  /** RSV1, RSV2 and RSV3 as a number of three bits. */
  rsv?: number
  /** Absent: a key of zeros. False: not masked. */
  mask?: Buffer | false
  /** What its header says, in place of the payload's length. */
  length?: bigint
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export function frameBytes({ opcode, payload = '', fin = true, rsv = 0, ...rest }: RawFrame) {
  const body = Buffer.from(payload)
  const { mask = Buffer.alloc(4), length = BigInt(body.length) } = rest
  const masked = mask === false ? 0 : 0x80
  const first = Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode])
  const key = mask === false ? Buffer.alloc(0) : mask
  const bytes = mask === false ? body : body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return Buffer.concat([first, lengthBytes(length, masked), key, bytes])
}

function lengthBytes(length: bigint, masked: number): Buffer {
  if (length < 126n) return Buffer.from([masked | Number(length)])
  const bytes = Buffer.alloc(length < 65_536n ? 3 : 9)
  bytes[0] = masked | (length < 65_536n ? 126 : 127)
  if (bytes.length === 3) bytes.writeUInt16BE(Number(length), 1)
  else bytes.writeBigUInt64BE(length, 1)
  return bytes
}

/** What a server answered to bytes: frames, as far as they are whole. */
export interface Heard {
  opcode: number
  payload: Buffer
}

/** A TCP connection that says what it is told to. */
export class RawSocket {
  readonly socket: Socket
  #bytes = Buffer.alloc(0)
  #wake: () => void = () => {}
  #over = false

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes])
      this.#wake()
    })
    socket.on('error', () => {}) // 'close' follows
    socket.on('close', () => {
      this.#over = true
      this.#wake()
    })
  }

  static async open(url: string): Promise<RawSocket> {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    const raw = new RawSocket(socket)
    await once(socket, 'connect')
    return raw
  }

  /** Past the handshake. */
  static async upgraded(url: string, cookie: string): Promise<RawSocket> {
    const raw = await RawSocket.open(url)
    raw.socket.write(handshake(url, { cookie, 'sec-websocket-protocol': 'chat-room.v1' }))
    const { status } = await raw.head()
    if (status !== 101) throw new Error(`the upgrade was answered with ${status}`)
    return raw
  }

  write(bytes: Buffer | string): void {
    if (!this.socket.destroyed) this.socket.write(bytes)
  }

  /** Status and header lines of an HTTP answer; what comes after them stays. Status 0: it was closed. */
  async head(): Promise<{ status: number; text: string }> {
    for (;;) {
      const end = this.#bytes.indexOf('\r\n\r\n')
      if (end >= 0) {
        const text = this.#bytes.toString('latin1', 0, end)
        this.#bytes = this.#bytes.subarray(end + 4)
        return { status: Number(text.split(' ')[1]), text }
      }
      if (this.#over) return { status: 0, text: '' }
      await this.#more()
    }
  }

  /** The next frame; undefined: the connection is gone. */
  async frame(): Promise<Heard | undefined> {
    for (;;) {
      const frame = this.#cutFrame()
      if (frame) return frame
      if (this.#over) return undefined
      await this.#more()
    }
  }

  /** The first frame that fits, or the close frame, or nothing. */
  async until(fits: (frame: Heard) => boolean): Promise<Heard | undefined> {
    for (;;) {
      const frame = await this.frame()
      if (!frame || frame.opcode === opcodes.close || fits(frame)) return frame
    }
  }

  close(): void {
    this.socket.destroy()
  }

  #cutFrame(): Heard | undefined {
    const [first, short] = this.#bytes
    if (first === undefined || short === undefined) return undefined
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (this.#bytes.length < header) return undefined
    const length =
      short < 126
        ? short
        : short === 126
          ? this.#bytes.readUInt16BE(2)
          : Number(this.#bytes.readBigUInt64BE(2))
    if (this.#bytes.length < header + length) return undefined
    const payload = this.#bytes.subarray(header, header + length)
    this.#bytes = this.#bytes.subarray(header + length)
    return { opcode: first & 0x0f, payload }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve))
  }
}

/** A request for a WebSocket; a header that is empty is left out. */
export function handshake(url: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    host: new URL(url).host,
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
    ...headers,
  }
  const lines = Object.entries(all).filter(([, value]) => value !== '')
  return `GET /chat HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}
