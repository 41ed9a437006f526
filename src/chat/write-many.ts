import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/**
 * Writes the same bytes to the first `count` descriptors, without waiting. In each one's place stands then how many
 * bytes were taken, or something below zero where it failed.
 */
export type WriteMany = (descriptors: Int32Array, count: number, bytes: Buffer) => void

/** What the build may have compiled (scripts/native.mjs); nothing where there was no compiler. */
export const native: { writeMany: WriteMany | undefined } = { writeMany: load() }

function load(): WriteMany | undefined {
  const here = import.meta.url.endsWith('.ts') ? '../../dist/chat/native/' : './native/'
  try {
    const made: { writeMany: WriteMany } = createRequire(import.meta.url)(`${here}write-many.node`)
    return made.writeMany
  } catch {
    return undefined // not compiled, or for another machine: sockets are written to one by one
  }
}

/**
 * A socket without TLS, and the descriptor below it, which nobody but Node may close: as soon as it does, the number may
 * be another connection's. So it is told for use at once, before anything else is called, and only while Node says
 * that the socket can be written to: what is destroyed or ended cannot. Node lets go of its handle in the same call
 * that closes it, and a handle keeps its descriptor; it is asked anew when there is another handle.
 */
export class PlainSocket {
  readonly #socket: Socket
  #handle: unknown
  #descriptor = -1

  constructor(socket: Socket) {
    this.#socket = socket
  }

  /** @returns undefined for whatever is not quite that. */
  static of(socket: unknown): PlainSocket | undefined {
    const plain = socket instanceof Socket && !(socket instanceof TLSSocket)
    return plain ? new PlainSocket(socket) : undefined
  }

  /** -1 if nothing may go past the stream: the socket is closed, or has bytes that must leave first. */
  get descriptor(): number {
    const socket: Socket & { _handle?: unknown } = this.#socket
    if (!socket.writable || socket.writableLength > 0) return -1
    // oxlint-disable-next-line no-underscore-dangle -- Node's name, and a look-up by Reflect takes longer
    const handle = socket._handle
    if (handle !== this.#handle) {
      this.#handle = handle
      this.#descriptor = descriptorOf(handle)
    }
    return this.#descriptor
  }
}

/** Node does not promise it: without it the socket is written to as any other. */
function descriptorOf(handle: unknown): number {
  if (typeof handle !== 'object' || handle === null || !('fd' in handle)) return -1
  return typeof handle.fd === 'number' ? handle.fd : -1
}
