import type { Logger } from '../../log.js'
import type { NumberedEvent, User, Volume } from '../../protocol.js'
import type {
  OwnRoom,
  PeopleStore,
  PowerStore,
  ReadMark,
  ReadStore,
  RoomRow,
  Standing,
} from '../../store/store.js'
import { Behind } from '../behind.js'
import { after } from '../present.js'
import type { Room } from '../room.js'
import { Place } from './place.js'
import { Tally } from './tally.js'

/** Who lost their last connection is still counted for, so long: a reload, a storm of returning clients. */
const REMEMBER_MS = 60_000
/** Read marks are written this long after the first of them, together, in milliseconds. */
const MARKS_MS = 1_000

export interface AttentionOptions {
  people: PeopleStore
  reads: ReadStore
  power: PowerStore
  /** The room, if it is open on this node. */
  open: (roomId: number) => Room | undefined
  /** A count of a room may have changed for those who belong to it. */
  changed: (room: Room) => void
  log: Logger
}

/** The rooms of somebody who is here. */
interface Person {
  places: Map<number, Place>
  /** Bots of which they do not want to see everything. */
  volumes: ReadonlyMap<number, Volume>
  /** Those of them that count for nothing. */
  muted: ReadonlySet<number>
  /** While the store is asked. */
  loading: Promise<void> | undefined
  forget?: NodeJS.Timeout
}

/** Of nearly everybody, so that a person who is here does not have a map and a set of their own for nothing. */
const noVolumes: ReadonlyMap<number, Volume> = new Map()
const nobodyMuted: ReadonlySet<number> = new Set()

/**
 * What everybody who is here belongs to and has not read: asked of the store once, when they come, and counted
 * from then on.
 */
export class Attention {
  readonly #options: AttentionOptions
  readonly #people = new Map<number, Person>()
  readonly #tallies = new Map<number, Tally>()
  readonly #marks: Behind<ReadMark>

  constructor(options: AttentionOptions) {
    const { reads, log } = options
    this.#options = options
    this.#marks = new Behind({
      write: (marks) => reads.advance(marks),
      wait: MARKS_MS,
      failed: (error) => log.error({ err: error }, 'read marks were not kept'),
    })
  }

  /** Somebody has a connection: resolves when their rooms are known. */
  async arrive(userId: number): Promise<void> {
    const known = this.#people.get(userId)
    clearTimeout(known?.forget)
    if (known) return known.loading
    const person: Person = {
      places: new Map(),
      volumes: noVolumes,
      muted: nobodyMuted,
      loading: undefined,
    }
    this.#people.set(userId, person)
    person.loading = this.#load(userId, person)
    return person.loading
  }

  /** Their last connection is gone. */
  leave(userId: number): void {
    const person = this.#people.get(userId)
    if (!person) return
    clearTimeout(person.forget)
    person.forget = setTimeout(() => this.#forget(userId), REMEMBER_MS).unref()
  }

  /** Of who is here: their places by room; of who is not, none. */
  placesOf(userId: number): ReadonlyMap<number, Place> {
    return this.#people.get(userId)?.places ?? new Map<number, Place>()
  }

  /** How much of which bots somebody who is here wants to see, where that is not all. */
  volumesOf(userId: number): ReadonlyMap<number, Volume> {
    return this.#people.get(userId)?.volumes ?? noVolumes
  }

  /**
   * Somebody wants to see more or less of a bot.
   * @returns whether what they have not read was counted anew: lines of a muted bot count for nothing.
   */
  async turn(userId: number, bot: number, level: Volume): Promise<boolean> {
    const person = await this.#here(userId)
    if (!person) return false
    const before = person.muted.has(bot)
    hold(person, bot, level)
    if (person.muted.has(bot) === before) return false
    for (const place of person.places.values()) place.muted = person.muted
    for (const place of person.places.values()) await this.#countAnew(place)
    return true
  }

  /** Somebody's place in a room, if they are here and have one. */
  place(userId: number, roomId: number): Place | undefined {
    return this.#people.get(userId)?.places.get(roomId)
  }

  /** Everybody who is here and belongs to a room. */
  belonging(roomId: number): Iterable<Place> {
    return this.#tallies.get(roomId)?.places.values() ?? []
  }

  /** Somebody has another standing in a room now, and has read it up to `read`. Of who is not here, the store knows. */
  async stand(
    userId: number,
    room: RoomRow,
    standing: Standing,
    { read, peer }: { read: number; peer?: User },
  ): Promise<Place | undefined> {
    const person = await this.#here(userId)
    if (!person) return undefined
    const known = person.places.get(room.id)
    if (known?.standing === standing) return known
    if (known) this.#takeAway(room.id, known)
    const own = {
      room,
      standing,
      level: known?.level ?? ('all' as const),
      read: Math.max(read, known?.read ?? 0),
      unread: 0,
      mentions: 0,
      ...(peer && { peer }),
    }
    return this.#put(person, userId, own, read)
  }

  /** Somebody belongs to a room no more. */
  async remove(userId: number, roomId: number): Promise<void> {
    const person = await this.#here(userId)
    const place = person?.places.get(roomId)
    if (!person || !place) return
    person.places.delete(roomId)
    this.#takeAway(roomId, place)
  }

  /** An event of a room is handed out; what it changes still reads as before. */
  hear(room: Room, event: NumberedEvent): void {
    const tally = this.#tallies.get(room.id)
    if (!tally) return
    if (event.type === 'chat') tally.say(event)
    else if (event.type === 'edit' || event.type === 'recall') this.#change(room, tally, event)
    else return
    this.#options.changed(room)
  }

  /**
   * Somebody has read up to a number.
   * @returns their place, with its new counts; undefined: nothing is new.
   */
  async read(userId: number, room: Room, seq: number): Promise<Place | undefined> {
    const place = this.place(userId, room.id)
    if (!place || seq <= place.read || seq > room.head) return undefined
    place.read = seq
    this.#marks.put(`${userId} ${room.id}`, { userId, roomId: room.id, seq })
    await this.#countAfter(place, room, seq)
    if (!this.#holds(place)) return undefined
    place.tell() // by who called
    return place
  }

  /**
   * Somebody has another name or face.
   * @returns the places of who is in a room of two with them: it is called by their name there.
   */
  renamed(user: User): Place[] {
    const others = [...this.#tallies.values()]
      .filter(({ direct }) => direct)
      .flatMap(({ places }) => [...places.values()])
      .filter(({ peer }) => peer?.id === user.id)
    for (const place of others) place.peer = user
    return others
  }

  async close(): Promise<void> {
    for (const { forget } of this.#people.values()) clearTimeout(forget)
    await this.#marks.close()
  }

  /** What is known of somebody who is here, once it is known. */
  async #here(userId: number): Promise<Person | undefined> {
    await this.#people.get(userId)?.loading?.catch(() => {}) // told to whose connection it is
    return this.#people.get(userId)
  }

  #change(room: Room, tally: Tally, event: NumberedEvent): void {
    const { message = 0 } = event
    const before = room.fanOut.recent.bySeq(message)
    if (before) return tally.change(before, after(before, event), event)
    // Too long ago to know what it was: who had not read so far is counted anew.
    this.#recount(room, tally, message).catch((error: unknown) => {
      this.#options.log.error({ err: error, room: room.id }, 'unread lines were not counted')
    })
  }

  async #recount(room: Room, { places }: Tally, message: number): Promise<void> {
    for (const place of places.values()) {
      if (place.read < message) await this.#countAfter(place, room, place.read)
    }
    this.#options.changed(room)
  }

  async #load(userId: number, person: Person): Promise<void> {
    try {
      const { power, people } = this.#options
      const [volumes, rooms] = await Promise.all([power.volumes(userId), people.of(userId)])
      for (const { bot, level } of volumes) hold(person, bot, level)
      for (const own of rooms) this.#put(person, userId, own, own.room.seq)
      person.loading = undefined
    } catch (error) {
      clearTimeout(person.forget)
      this.#people.delete(userId) // asked anew when they come anew
      throw error
    }
  }

  /** @param upTo The number up to which it was counted. */
  #put(person: Person, userId: number, own: OwnRoom, upTo: number): Place {
    const { id, settings, seq, madeBy } = own.room
    const tally = this.#tally(id, settings.kind === 'direct')
    const room = this.#options.open(id)
    const head = room?.head ?? upTo
    const place = new Place({ userId, muted: person.muted, tally }, own, Math.max(upTo, head))
    place.listed = settings.kind === 'room' || seq > 0 || madeBy === userId
    // Handed out between the store's answer and now.
    if (room && head > upTo) place.add(tally.count(place, recent(room, upTo) ?? []))
    if (own.standing === 'in') tally.add(place, head)
    person.places.set(id, place)
    place.tell() // by `hello`
    return place
  }

  #tally(roomId: number, direct: boolean): Tally {
    const known = this.#tallies.get(roomId)
    if (known) return known
    const tally = new Tally(direct)
    this.#tallies.set(roomId, tally)
    return tally
  }

  /** In a room that is not open nothing is said meanwhile. */
  async #countAnew(place: Place): Promise<void> {
    const { id } = place.row
    const room = this.#options.open(id)
    if (room) await this.#countAfter(place, room, place.read)
    else place.set(await this.#options.people.unread(place.userId, id, place.read))
    place.tell() // by `heads`, to all their connections
  }

  async #countAfter(place: Place, room: Room, seq: number): Promise<void> {
    const inMemory = recent(room, seq)
    if (inMemory) return place.set(place.tally.count(place, inMemory))
    const { people } = this.#options
    const { upTo, ...count } = await people.unread(place.userId, room.id, seq)
    // Meanwhile they have read on, or belong to it no more.
    if (place.read !== seq || !this.#holds(place)) return
    place.set(count)
    place.add(place.tally.count(place, recent(room, upTo) ?? []))
    place.upTo = Math.max(upTo, room.head)
    if (place.standing === 'in') place.tally.add(place, room.head) // who only waits hears nothing of it
  }

  /** Is it still theirs? They may have left the room, or have another standing there. */
  #holds(place: Place): boolean {
    return this.place(place.userId, place.row.id) === place
  }

  #forget(userId: number): void {
    for (const [roomId, place] of this.placesOf(userId)) this.#takeAway(roomId, place)
    this.#people.delete(userId)
  }

  /** A room without anybody is counted from its start, once somebody comes. Who only waits may know an earlier count of it. */
  #takeAway(roomId: number, { tally, userId }: Place): void {
    tally.remove(userId)
    if (tally.places.size === 0 && this.#tallies.get(roomId) === tally) this.#tallies.delete(roomId)
  }
}

function hold(person: Person, bot: number, level: Volume): void {
  const volumes = new Map(person.volumes)
  if (level === 'all') volumes.delete(bot)
  else volumes.set(bot, level)
  person.volumes = volumes
  const muted = [...volumes].filter(([, held]) => held === 'muted').map(([id]) => id)
  person.muted = muted.length > 0 ? new Set(muted) : nobodyMuted
}

/** What was handed out after a number; undefined: not all of it is in memory. */
const recent = (room: Room, seq: number): NumberedEvent[] | undefined =>
  seq >= room.head ? [] : room.fanOut.recent.after(seq)?.map(({ event }) => event)
