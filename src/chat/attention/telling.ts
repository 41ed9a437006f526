import type { RoomRow } from '../../store/store.js'
import { Batch } from '../batch.js'
import type { Connection } from '../connection.js'
import type { Connections } from '../connections.js'
import type { Room } from '../room.js'
import type { Attention } from './attention.js'
import type { Listed, Listing } from './listing.js'
import type { Place, Unread } from './place.js'
import { Untold } from './untold.js'

export interface TellingOptions {
  connections: Connections
  attention: Attention
  listing: Listing
}

/**
 * Tells people what waits for them in rooms that a connection of theirs has not joined: at the end of the turn,
 * then at most once a second, whatever was said meanwhile.
 */
export class Telling {
  readonly #options: TellingOptions
  #rooms = new Set<Room>()
  readonly #batch = new Batch(() => this.#tell())
  readonly #untold = new Untold()
  readonly #relisting = new Batch(() => this.#relist())

  constructor(options: TellingOptions) {
    this.#options = options
  }

  /** What is unread in a room has changed for some of its people. */
  soon(room: Room): void {
    this.#rooms.add(room)
    this.#batch.soon()
  }

  /** Everything in the list of a connection, which is about to be told all of it. */
  listFor(connection: Connection): Listed[] {
    this.#untold.toldAll(connection)
    return this.#options.listing.of(connection, connection.lang)
  }

  /** Tells a person that a room is in their list, or looks different there. */
  list(row: RoomRow, place: Place): void {
    place.listed = true
    const { connections, listing } = this.#options
    for (const connection of connections.listeningTo(place.userId)) {
      if (!listing.shows(row, connection)) continue
      connection.send({ type: 'rooms', rooms: [listing.entry(row, place, connection.lang)] })
    }
  }

  /** Tells a person that a room is no longer theirs: it is not in their list any more, or among those of others. */
  unlist(row: RoomRow, userId: number): void {
    const { connections, listing } = this.#options
    for (const connection of connections.listeningTo(userId)) {
      const frame = listing.offers(row, connection)
        ? { rooms: [listing.entry(row, undefined, connection.lang)] }
        : { rooms: [], gone: [row.name] }
      connection.send({ type: 'rooms', ...frame })
      this.#untold.told(row, connection)
    }
  }

  /** Tells a person of a room that they may come into again, or that is in their list no longer: they are kept out. */
  ruled(row: RoomRow, userId: number): void {
    const { connections, listing, attention } = this.#options
    const known = attention.place(userId, row.id)
    const place = known?.standing === 'in' ? known : undefined
    for (const connection of connections.listeningTo(userId)) {
      const shows = listing.shows(row, connection)
      const listed = shows || place ? row : this.#untold.knownTo(connection, row)
      if (!listed || !listing.lists(listed, connection)) continue
      const frame = shows
        ? { rooms: [listing.entry(row, place, connection.lang)] }
        : { rooms: [], gone: [row.name] }
      connection.send({ type: 'rooms', ...frame })
      this.#untold.told(row, connection)
    }
  }

  /**
   * Takes down which rooms a person sees, for their role is about to be another one.
   * @returns tells them what has come into their list since, and what has left it.
   */
  watchList(userId: number): () => void {
    const { connections, listing } = this.#options
    const listOf = (connection: Connection) => listing.of(connection, connection.lang)
    const seen = new Map(
      [...connections.listeningTo(userId)].map((one) => [one, namesOf(listOf(one))]),
    )
    return () => {
      for (const [connection, before] of seen) {
        const list = listOf(connection)
        const now = namesOf(list)
        const rooms = list.filter(({ name }) => !before.has(name))
        const gone = [...before].filter((name) => !now.has(name))
        if (rooms.length + gone.length === 0) continue
        connection.send({ type: 'rooms', rooms, ...(gone.length > 0 && { gone }) })
      }
    }
  }

  /** A room is kept in another way, or is about something else: who belongs to it is told at once, the others soon. */
  changed(before: RoomRow, now: RoomRow): void {
    for (const place of this.#options.attention.belonging(now.id)) this.list(now, place)
    this.relist(before, now)
  }

  /**
   * Tells everybody who may see a room but does not belong to it that it is new, looks different, or is in their list
   * no longer: soon, and at most once a second, whatever changes meanwhile.
   * @param before How it was kept; undefined: it is new.
   */
  relist(before: RoomRow | undefined, now: RoomRow): void {
    this.#untold.changed(before, now)
    this.#relisting.soon()
  }

  /** Its last one has left a room for good: where nothing was ever said, it leaves everybody's list. */
  abandoned(row: RoomRow): void {
    const { connections, listing } = this.#options
    if (!listing.isAbandoned(row)) return
    for (const connection of connections) {
      if (!connection.greeted || !this.#knows(connection, row)) continue
      connection.send({ type: 'rooms', rooms: [], gone: [row.name] })
    }
    this.#untold.gone(row)
  }

  /** Tells a person's other connections that they have read somewhere, or want to hear less of it. */
  others(but: Connection, frame: object): void {
    for (const connection of this.#options.connections.listeningTo(but.user.id)) {
      if (connection !== but) connection.send(frame)
    }
  }

  /** Everything that a connection's person has not read; the frame of the heartbeat. */
  heads(connection: Connection): object {
    const { attention, listing } = this.#options
    const { memberships, user } = connection
    const unread: Record<string, Unread> = {}
    for (const place of attention.placesOf(user.id).values()) {
      if (place.standing !== 'in' || !place.listed) continue
      if (listing.shows(place.row, connection)) unread[place.row.name] = place.count
    }
    const joined = [...memberships.values()].map(({ room }) => [room.name, room.head])
    return { type: 'heads', data: Object.fromEntries(joined), unread }
  }

  close(): void {
    this.#batch.close()
    this.#relisting.close()
  }

  #relist(): void {
    const changed = this.#untold.rooms
    for (const connection of this.#options.connections) {
      if (connection.greeted) this.#relistFor(connection, changed)
    }
    this.#untold.clear()
  }

  #relistFor(connection: Connection, changed: readonly RoomRow[]): void {
    const { listing } = this.#options
    const rooms = changed.filter((now) => listing.offers(now, connection))
    const gone = changed.filter((now) => !rooms.includes(now) && this.#knows(connection, now))
    if (rooms.length + gone.length === 0) return
    connection.send({
      type: 'rooms',
      rooms: rooms.map((now) => listing.entry(now, undefined, connection.lang)),
      ...(gone.length > 0 && { gone: gone.map(({ name }) => name) }),
    })
  }

  /** Was a room among those of others when the connection was told of it last? */
  #knows(connection: Connection, row: RoomRow): boolean {
    const known = this.#untold.knownTo(connection, row)
    return known !== undefined && this.#options.listing.mayOffer(known, connection)
  }

  #tell(): void {
    const rooms = this.#rooms
    this.#rooms = new Set()
    const frames = new Map<Connection, Record<string, Unread>>()
    for (const room of rooms) {
      for (const place of this.#options.attention.belonging(room.id)) {
        const news = place.tell()
        // Whose own line it was, or who was told the count otherwise, does not have the room in their list yet either.
        if (!place.listed) this.list(room.row, place)
        else if (news) this.#collect(room, place, frames)
      }
    }
    for (const [connection, unread] of frames) connection.send({ type: 'heads', data: {}, unread })
  }

  #collect(room: Room, place: Place, frames: Map<Connection, Record<string, Unread>>): void {
    const { connections, listing } = this.#options
    for (const connection of connections.listeningTo(place.userId)) {
      if (connection.memberships.has(room.name)) continue // it hears every line
      if (!listing.shows(room.row, connection)) continue
      const unread = frames.get(connection) ?? {}
      unread[room.name] = place.count
      frames.set(connection, unread)
    }
  }
}

const namesOf = (list: readonly Listed[]): ReadonlySet<string> =>
  new Set(list.map(({ name }) => name))
