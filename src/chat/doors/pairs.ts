import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.js'
import { ChatError } from '../../errors.js'
import type { User } from '../../protocol.js'
import type { RoomRow, Store } from '../../store/store.js'
import type { Attention } from '../attention/attention.js'
import type { Telling } from '../attention/telling.js'
import type { Rooms } from '../rooms.js'
import { Turns } from '../../turns.js'

const HOUR_MS = 3_600_000
const PAIRS_PER_HOUR = 60
/** Of RFC 4648, in lower case. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
/** 130 bits: nobody comes upon it. */
const NAME_LETTERS = 26

export interface PairsOptions {
  store: Pick<Store, 'rooms' | 'users'>
  rooms: Rooms
  attention: Attention
  telling: Telling
  /** A bot that is here. */
  bot: (id: number) => User | undefined
  clock: Clock
}

/** The rooms of two, of people with each other and with bots. */
export class Pairs {
  readonly #options: PairsOptions
  readonly #making = new Turns<number>()

  constructor(options: PairsOptions) {
    this.#options = options
  }

  /**
   * The room of somebody with another, made if there is none. It is in their list from then on; the other hears of it
   * with its first line.
   * @throws {ChatError} `no_such_user`, `denied`, `too_many` made within an hour.
   */
  async open(user: User, otherId: number): Promise<RoomRow> {
    if (otherId === user.id) throw new ChatError('denied', { why: 'self' })
    const { rooms } = this.#options.store
    const other = await this.#find(otherId)
    // Of many at once each counts those before it.
    return this.#making.take(user.id, async () => {
      const row = await rooms.between(user.id, otherId)
      return row ? this.#reopen(user, row) : this.#make(user, other)
    })
  }

  /** The other made it, and may not have said anything in it. */
  #reopen({ id }: User, row: RoomRow): RoomRow {
    const { attention, telling } = this.#options
    const place = attention.place(id, row.id)
    if (place && !place.listed) telling.list(row, place)
    return row
  }

  async #find(id: number): Promise<User> {
    const { store, bot } = this.#options
    const user = id > 0 ? await store.users.byId(id) : bot(id)
    if (!user) throw new ChatError('no_such_user')
    return user
  }

  async #make(user: User, other: User): Promise<RoomRow> {
    const { store, rooms, attention, telling, clock } = this.#options
    const at = clock.now()
    const made = await store.rooms.madeSince(user.id, at - HOUR_MS, 'direct')
    if (made >= PAIRS_PER_HOUR)
      throw new ChatError('too_many', { values: { limit: PAIRS_PER_HOUR } })

    const row = await store.rooms.direct({ name: pairName(), at, by: user.id, to: other.id })
    rooms.changed(row)
    const place = await attention.stand(user.id, row, 'in', { read: row.seq, peer: other })
    if (place) telling.list(row, place)
    await attention.stand(other.id, row, 'in', { read: row.seq, peer: user })
    return row
  }
}

const pairName = (): string =>
  `d-${Array.from(randomBytes(NAME_LETTERS), (byte) => BASE32[byte % BASE32.length]).join('')}`
