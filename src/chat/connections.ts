import type { Connection } from './connection.js'

/** The open connections of this node, by what they are asked for. */
export class Connections {
  readonly #all = new Set<Connection>()
  readonly #byUser = new Map<number, Set<Connection>>()
  readonly #bySession = new Map<string, Set<Connection>>()
  readonly #byAddress = new Map<string, number>()

  get size(): number {
    return this.#all.size
  }

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.#all.values()
  }

  /** How they are: how many of each kind, how many read too slowly, and how many bytes wait for all of them. */
  look(): { byMode: Record<Connection['mode'], number>; slow: number; unsent: number } {
    const seen = { byMode: { v1: 0, classic: 0, plain: 0 }, slow: 0, unsent: 0 }
    for (const { mode, slow, unsent } of this.#all) {
      seen.byMode[mode] += 1
      seen.slow += Number(slow)
      seen.unsent += unsent
    }
    return seen
  }

  ofUser(userId: number): readonly Connection[] {
    return [...(this.#byUser.get(userId) ?? [])]
  }

  /** Those of a person that have had their `hello` and know frames of their own. */
  *listeningTo(userId: number): Iterable<Connection> {
    for (const connection of this.#byUser.get(userId) ?? []) {
      if (connection.greeted) yield connection
    }
  }

  ofSession(sidHash: string): readonly Connection[] {
    return [...(this.#bySession.get(sidHash) ?? [])]
  }

  countOfSession(sidHash: string): number {
    return this.#bySession.get(sidHash)?.size ?? 0
  }

  countOfAddress(address: string): number {
    return this.#byAddress.get(address) ?? 0
  }

  /** One more of an address that is none of the chat's. @returns undoes it. */
  countElsewhere(address: string): () => void {
    this.#comes(address)
    return () => this.#goes(address)
  }

  add(connection: Connection): void {
    this.#all.add(connection)
    put(this.#byUser, connection.user.id, connection)
    put(this.#bySession, connection.sidHash, connection)
    this.#comes(connection.address)
  }

  remove(connection: Connection): void {
    if (!this.#all.delete(connection)) return
    take(this.#byUser, connection.user.id, connection)
    take(this.#bySession, connection.sidHash, connection)
    this.#goes(connection.address)
  }

  #comes(address: string): void {
    this.#byAddress.set(address, this.countOfAddress(address) + 1)
  }

  #goes(address: string): void {
    const left = this.countOfAddress(address) - 1
    if (left > 0) this.#byAddress.set(address, left)
    else this.#byAddress.delete(address)
  }
}

function put<K>(map: Map<K, Set<Connection>>, key: K, connection: Connection): void {
  const set = map.get(key)
  if (set) set.add(connection)
  else map.set(key, new Set([connection]))
}

function take<K>(map: Map<K, Set<Connection>>, key: K, connection: Connection): void {
  const set = map.get(key)
  set?.delete(connection)
  if (set?.size === 0) map.delete(key)
}
