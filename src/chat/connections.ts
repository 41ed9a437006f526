import type { Connection } from './connection.js'

/** The open connections of this node, by what they are asked for. */
export class Connections {
  readonly #all = new Set<Connection>()
  readonly #byUser = new Few<number, Connection>()
  readonly #bySession = new Few<string, Connection>()
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
    return this.#byUser.of(userId)
  }

  /** Those of a person that have had their `hello` and know frames of their own. */
  *listeningTo(userId: number): Iterable<Connection> {
    for (const connection of this.#byUser.of(userId)) {
      if (connection.greeted) yield connection
    }
  }

  ofSession(sidHash: string): readonly Connection[] {
    return this.#bySession.of(sidHash)
  }

  countOfSession(sidHash: string): number {
    return this.#bySession.of(sidHash).length
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
    this.#byUser.put(connection.user.id, connection)
    this.#bySession.put(connection.sidHash, connection)
    this.#comes(connection.address)
  }

  remove(connection: Connection): void {
    if (!this.#all.delete(connection)) return
    this.#byUser.take(connection.user.id, connection)
    this.#bySession.take(connection.sidHash, connection)
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

/** What is mostly one of a kind: a list takes a third of a set, and is never changed, so that who walks it may change it. */
class Few<K, V> {
  readonly #lists = new Map<K, readonly V[]>()

  of(key: K): readonly V[] {
    return this.#lists.get(key) ?? []
  }

  put(key: K, one: V): void {
    this.#lists.set(key, this.of(key).concat([one])) // a literal with a spread has places for 16 more
  }

  take(key: K, one: V): void {
    const rest = this.of(key).filter((other) => other !== one)
    if (rest.length > 0) this.#lists.set(key, rest)
    else this.#lists.delete(key)
  }
}
