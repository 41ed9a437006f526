import type { RoomRow } from '../../store/store.js'
import type { Connection } from '../connection.js'

/** A room that is new or kept in another way. */
interface Change {
  /** As everybody was told of it; undefined: nobody was. */
  before: RoomRow | undefined
  now: RoomRow
  /** As those know it who were told since, by a frame of their own. */
  told: Map<Connection, RoomRow>
}

/** The changes of rooms that not everybody was told of yet, and who knows what of them meanwhile. */
export class Untold {
  readonly #changes = new Map<string, Change>()

  /** As the changed rooms are now. */
  get rooms(): RoomRow[] {
    return [...this.#changes.values()].map(({ now }) => now)
  }

  changed(before: RoomRow | undefined, now: RoomRow): void {
    const change = this.#changes.get(now.name)
    if (change) change.now = now
    else this.#changes.set(now.name, { before, now, told: new Map() })
  }

  /** A connection was told of a room as it is now. */
  told(row: RoomRow, connection: Connection): void {
    this.#changes.get(row.name)?.told.set(connection, row)
  }

  /** A connection was told of all there are. */
  toldAll(connection: Connection): void {
    for (const { now } of this.#changes.values()) this.told(now, connection)
  }

  /** A room as a connection was told of it last; undefined: it never was. */
  knownTo(connection: Connection, row: RoomRow): RoomRow | undefined {
    const change = this.#changes.get(row.name)
    return change ? (change.told.get(connection) ?? change.before) : row
  }

  /** Whoever knew of a room was told that it is gone. */
  gone({ name }: RoomRow): void {
    const change = this.#changes.get(name)
    if (!change) return
    change.before = undefined
    change.told.clear()
  }

  /** Everybody was told of everything. */
  clear(): void {
    this.#changes.clear()
  }
}
