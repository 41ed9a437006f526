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

/** A socket without TLS, with what Node has below it. */
export type PlainSocket = Socket & { readonly _handle?: unknown }

/** @returns undefined for whatever is not quite that. */
export const plainSocket = (socket: unknown): PlainSocket | undefined =>
  socket instanceof Socket && !(socket instanceof TLSSocket) ? socket : undefined

/** Where bytes may go past a socket's stream. */
export interface Way {
  readonly descriptor: number
  /** Whose descriptor it is. */
  readonly handle: unknown
}

/**
 * Looks whether bytes may go past a socket's stream. Nobody but Node may close the descriptor: as soon as it does, the
 * number may be another connection's. So it is told for use at once, before anything else is called, or for as long as
 * {@link isStill} says so.
 * @returns undefined if they may not: the socket is closed or ended, or has bytes that must leave first.
 */
export function wayOf(socket: PlainSocket): Way | undefined {
  if (!socket.writable || socket.writableLength > 0) return undefined
  // oxlint-disable-next-line no-underscore-dangle -- Node's name, and a look-up by Reflect takes longer
  const handle = socket._handle
  const descriptor = descriptorOf(handle)
  return descriptor < 0 ? undefined : { descriptor, handle }
}

/**
 * Is it the same socket below, and open? Node lets go of its handle in the same call that closes it, and a handle keeps
 * its descriptor.
 */
export const isStill = (socket: PlainSocket | undefined, handle: unknown): boolean =>
  // oxlint-disable-next-line no-underscore-dangle -- as above; and `===` would read the handle, too, which is far away
  Object.is(socket?._handle, handle)

/** Node does not promise it: without it the socket is written to as any other. */
function descriptorOf(handle: unknown): number {
  if (typeof handle !== 'object' || handle === null || !('fd' in handle)) return -1
  return typeof handle.fd === 'number' ? handle.fd : -1
}
