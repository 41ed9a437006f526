import type { Lang } from '../../i18n/index.js'
import type { User } from '../../protocol.js'
import { Batch } from '../batch.js'
import type { Connection } from '../connection.js'
import type { Membership, Room } from '../room.js'
import { frameInPieces } from '../wire.js'

/** A reload is no departure: `left` is told this long after the last socket went, in milliseconds. */
export const GRACE_MS = 8_000

interface Present {
  user: User
  /** Of the browser that they came with. */
  lang: Lang
  /** Nearly always one. */
  connections: readonly Connection[]
  leaving?: NodeJS.Timeout
}

interface Arrival {
  user: User
  /** The first socket: it is not told of its own coming. A bot has none. */
  first?: Membership
  /** They were here before a restart. */
  back?: boolean
}

interface Departure {
  user: User
  /** Sent away or signed out, not just without a socket for a while. */
  atOnce: boolean
}

/** Who is in a room. Several sockets of a person are one member; comings and goings are told in batches. */
export class Presence {
  readonly #room: Room
  readonly #present = new Map<number, Present>()
  /** The same people in order: everybody who comes in is told of the first of them. */
  readonly #people: User[] = []
  #arrivals: Arrival[] = []
  #departures: Departure[] = []
  readonly #joins = new Batch(() => this.#tellJoins())
  readonly #lefts = new Batch(() => this.#tellLefts())

  constructor(room: Room) {
    this.#room = room
  }

  get size(): number {
    return this.#present.size
  }

  /** Also true in the seconds of grace after their last socket went. */
  has(userId: number): boolean {
    return this.#present.has(userId)
  }

  /** Their going is about to be told. */
  isGoing(userId: number): boolean {
    return this.#departures.some(({ user }) => user.id === userId)
  }

  /** By age. */
  people(): readonly User[] {
    return this.#people
  }

  /** The sockets of those who have a role here. */
  moderators(): Connection[] {
    return [...this.#present.values()].flatMap(({ user, connections }) =>
      user.role ? connections : [],
    )
  }

  /** The sockets of one person. */
  connectionsOf(userId: number): Iterable<Connection> {
    return this.#present.get(userId)?.connections ?? []
  }

  /** A socket came in. @returns whether a person came with it. */
  enter(membership: Membership): boolean {
    const { connection } = membership
    const user = this.#room.seen(connection.user)
    const present = this.#present.get(user.id)
    if (present) {
      clearTimeout(present.leaving)
      delete present.leaving
      if (!present.connections.includes(connection))
        present.connections = [...present.connections, connection]
      const arrival = this.#arrivals.find(({ first }) => first?.connection === connection)
      if (arrival) arrival.first = membership // it came in anew before its coming was told
      if (isAnother(present.user, user)) this.update(user)
      return false
    }
    this.#room.mentions.meet(user)
    const { lang } = connection
    this.#present.set(user.id, { user, lang, connections: [connection] })
    this.#people.splice(this.#people.findLastIndex(({ id }) => id < user.id) + 1, 0, user)
    this.#departures = this.#departures.filter((departure) => departure.user.id !== user.id)
    this.#arrivals.push({ user, first: membership, back: this.#room.returns(user.id) })
    this.#joins.soon()
    return true
  }

  /** A socket went. @param atOnce Signed out or sent away: no grace. */
  leave(connection: Connection, atOnce: boolean): void {
    const { user } = connection
    const present = this.#present.get(user.id)
    if (!present?.connections.includes(connection)) return
    present.connections = present.connections.filter((other) => other !== connection)
    if (present.connections.length > 0) return
    clearTimeout(present.leaving)
    if (atOnce) this.#gone(user.id, true)
    else present.leaving = setTimeout(() => this.#gone(user.id), GRACE_MS).unref()
  }

  /** Who was sent away is told of as gone at once, even if their last socket went before. */
  dismiss(userId: number): void {
    const present = this.#present.get(userId)
    if (!present || present.connections.length > 0) return
    clearTimeout(present.leaving)
    this.#gone(userId, true)
  }

  /** A person has another name, face or role now. */
  update(person: User): void {
    const present = this.#present.get(person.id)
    if (!present) return
    const user = this.#room.seen(person)
    present.user = user
    this.#people[this.#placeOf(user)] = user
    this.#room.mentions.meet(user)
    this.#tellStatus(user)
  }

  /** Somebody may have another role here now. */
  refresh(userId: number): void {
    const present = this.#present.get(userId)
    if (present && isAnother(present.user, this.#room.seen(present.user))) this.update(present.user)
  }

  /** A bot is a member of the room from now on; the others are told. */
  botCame(bot: User): void {
    const user = this.#room.seen(bot)
    this.#departures = this.#departures.filter((departure) => departure.user.id !== user.id)
    this.#arrivals.push({ user })
    // It is there by now, whenever the next `join` may be told.
    if (!this.#joins.soon()) this.#tellStatus(user)
  }

  botWent(bot: User): void {
    this.#tellOfGoing(this.#room.seen(bot))
  }

  /** What can be asked of it may be another now. */
  botChanged(bot: User): void {
    this.#tellStatus(this.#room.seen(bot))
  }

  close(): void {
    for (const { leaving } of this.#present.values()) clearTimeout(leaving)
    this.#joins.close()
    this.#lefts.close()
  }

  #gone(userId: number, atOnce = false): void {
    const present = this.#present.get(userId)
    if (!present) return
    this.#present.delete(userId)
    this.#people.splice(this.#placeOf(present.user), 1)
    this.#tellOfGoing(present.user, atOnce)
    this.#room.moved('left', present.user, present.lang)
  }

  #placeOf(user: User): number {
    return this.#people.findIndex(({ id }) => id === user.id)
  }

  #tellOfGoing(gone: User, atOnce = false): void {
    // Also if their coming was not told yet: who came in since has found them in the list of members.
    this.#arrivals = this.#arrivals.filter(({ user }) => user.id !== gone.id)
    this.#departures.push({ user: gone, atOnce })
    this.#lefts.soon()
  }

  #tellStatus(user: User): void {
    this.#room.tell(JSON.stringify({ type: 'status', room: this.#room.name, user }))
  }

  #tellJoins(): boolean {
    const arrivals = this.#arrivals
    this.#arrivals = []
    if (arrivals.length === 0) return false

    const before = `{"type":"join","room":${JSON.stringify(this.#room.name)},"users":[`
    const back = arrivals.filter((one) => one.back).map(({ user }) => user.id)
    const ofBack = back.length > 0 ? `,"back":${JSON.stringify(back)}` : ''
    const after = `],"count":${this.#room.members().length},"at":${this.#room.moment().at}${ofBack}}`
    const users = arrivals.map(({ user }) => JSON.stringify(user))
    const told = this.#room.tell(
      `${before}${users.join(',')}${after}`,
      arrivals.flatMap(({ first }) => first ?? []),
    )
    // Who came in this batch found those before it in its list; it needs those after it. Each is told the end of the same
    // list: a copy for each of a crowd would be as many as their square.
    const list = Buffer.from(users.join(','))
    const end = Buffer.from(after)
    let from = 0
    arrivals.forEach(({ first }, index) => {
      from += Buffer.byteLength(users[index] ?? '') + 1
      if (from < list.length && first && !first.over && first.connection.mode === 'v1') {
        first.connection.sendFrame(...frameInPieces(before, [list.subarray(from), end]))
      }
    })
    const moment = this.#room.moment()
    for (const { user, first } of arrivals) {
      const except = first?.listener && { except: new Set([first.listener]) }
      for (const { channel, dialect } of this.#room.lines) {
        if (channel.size === 0) continue
        channel.push(dialect.joined(moment, user), { numbered: false, ...except })
      }
    }
    return told || arrivals.length > 1
  }

  #tellLefts(): boolean {
    const departures = this.#departures
    this.#departures = []
    if (departures.length === 0) return false
    const users = departures.map(({ user }) => user)
    // Asked for now: who was in several rooms of the house has left all of them only by the end of the turn.
    const elsewhere = departures
      .filter(({ user, atOnce }) => this.#room.isElsewhere(user.id, atOnce))
      .map(({ user }) => user.id)
    const { name } = this.#room
    const moment = this.#room.moment()
    const count = this.#room.members().length
    const frame = {
      type: 'left',
      room: name,
      users,
      count,
      at: moment.at,
      ...(elsewhere.length > 0 && { elsewhere }),
    }
    const told = this.#room.tell(JSON.stringify(frame))
    for (const user of users) {
      for (const { channel, dialect } of this.#room.lines) {
        if (channel.size > 0) channel.push(dialect.left(moment, user), { numbered: false })
      }
    }
    return told
  }
}

const isAnother = (before: User, now: User): boolean =>
  before.name !== now.name || before.imageid !== now.imageid || before.role !== now.role
