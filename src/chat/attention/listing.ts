import type { Lang } from '../../i18n/index.js'
import type { Level, RoomKind, User } from '../../protocol.js'
import type { RoomRow } from '../../store/store.js'
import { admitsBot, asBotRoom, isListed } from '../doors/access.js'
import type { Asker } from '../doors/doors.js'
import type { Grant } from '../face.js'
import type { Order } from '../order/order.js'
import { titleOf } from '../room.js'
import type { Policies } from '../bots/policies.js'
import type { Rooms } from '../rooms.js'
import type { Attention } from './attention.js'
import type { Place } from './place.js'

/** Rooms of others in a list; more of them nobody reads. */
const OTHERS = 500

/** A room in somebody's list. */
export interface Listed {
  name: string
  title: string
  topic: string
  kind: RoomKind
  /** Of a direct room: the other one. */
  user?: User
  unlisted?: true
  /** It has a passcode. */
  locked?: true
  /** Newcomers wait for a moderator. */
  approval?: true
  announce?: true
  archived?: true
  unread: number
  mentions: number
  /** Absent: the reader does not belong to it. */
  level?: Level
  /** `at` of its last event. */
  last: number
  /** How many are in it now. */
  people: number
}

export interface ListingOptions {
  rooms: Rooms
  attention: Attention
  order: Pick<Order, 'roles' | 'bannedMs'>
  policies: Pick<Policies, 'modeOf'>
}

/** Which rooms somebody sees, and what of them. */
export class Listing {
  readonly #options: ListingOptions

  constructor(options: ListingOptions) {
    this.#options = options
  }

  /** Everything that somebody may see: their own rooms first, each kind by the time of its last event. */
  of(asker: Asker, lang: Lang): Listed[] {
    const { rooms, attention } = this.#options
    const { id } = asker.user
    const places = attention.placesOf(id)
    const own: Listed[] = []
    const others: Listed[] = []
    for (const row of rooms.rows()) {
      if (asker.grant) {
        if (this.offers(row, asker)) own.push(this.entry(row, places.get(row.id), lang))
        continue
      }
      const place = places.get(row.id)
      if (place?.standing === 'in') {
        if (place.listed && this.shows(row, asker)) own.push(this.entry(row, place, lang))
      } else if (this.offers(row, asker)) others.push(this.entry(row, undefined, lang))
    }
    return [...own.toSorted(byLast), ...others.toSorted(byLast).slice(0, OTHERS)]
  }

  /** Does somebody see a room that they do not belong to? One that was never written in and that nobody is at is none. */
  offers(row: RoomRow, asker: Asker): boolean {
    return this.mayOffer(row, asker) && !this.isAbandoned(row)
  }

  /** Nothing was said in it, and who made it is not here or belongs to it no more. */
  isAbandoned({ id, name, seq, madeBy }: RoomRow): boolean {
    const { rooms, attention } = this.#options
    if (madeBy === null || madeBy <= 0 || (rooms.open(name)?.head ?? seq) > 0) return false
    return [...attention.belonging(id)].length === 0
  }

  /** The same, whether it is lived in or not. */
  mayOffer(row: RoomRow, asker: Asker): boolean {
    const { id } = asker.user
    if (asker.grant) return this.#isOfBot(row, id, asker.grant)
    if (this.#options.attention.place(id, row.id)?.standing === 'in') return false
    return this.lists(row, asker) && this.shows(row, asker)
  }

  /** Would a room stand in the list of somebody whom nobody keeps out of it? */
  lists(row: RoomRow, { user: { id } }: Asker): boolean {
    const { attention, order } = this.#options
    return isListed(row, order.roles.roleIn(row, id), attention.place(id, row.id)?.standing)
  }

  /** The rooms that a bot is in, its token is for, and it is not turned off in. */
  #isOfBot(row: RoomRow, bot: number, { rooms }: Grant): boolean {
    return (
      admitsBot(bot, rooms, asBotRoom(row)) && this.#options.policies.modeOf(row, bot) !== 'off'
    )
  }

  /** Who is banned from a room hears nothing of it, not even that there is something to hear. */
  shows(row: RoomRow, { user, device, address }: Asker): boolean {
    const who = { userId: user.id, name: user.name, device, address }
    return this.#options.order.bannedMs(row, who) === 0
  }

  /** One of them. @param place Of the reader, who belongs to it. */
  entry(row: RoomRow, place: Place | undefined, lang: Lang): Listed {
    const room = this.#options.rooms.open(row.name)
    const { topic, kind, unlisted, passcode, approval, announce, archived } = row.settings
    return {
      name: row.name,
      title: place?.peer?.name ?? titleOf(row, lang),
      topic,
      kind,
      ...(place?.peer && { user: place.peer }),
      ...(unlisted && { unlisted }),
      ...(passcode && { locked: passcode }),
      ...(approval && { approval }),
      ...(announce && { announce }),
      ...(archived && { archived }),
      ...(place?.count ?? { unread: 0, mentions: 0 }),
      ...(place && { level: place.level }),
      last: room?.fanOut.at ?? row.at,
      people: room?.people() ?? 0,
    }
  }
}

const byLast = (a: Listed, b: Listed): number => b.last - a.last
