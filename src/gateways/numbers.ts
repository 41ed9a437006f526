/** Messages of a room that have consecutive numbers: one row in the store for so many of them. */
const STRETCH = 1_024
/** Ids of people count from 1 on, those of bots from 0 down: here all are numbers from 1 to 2^31 - 1. */
const BOTS = 2_000_000_000

/** Where a message stands: its room's row in the store, and its number there. */
export interface Place {
  roomId: number
  seq: number
}

/** Whole numbers for messages, the same for the same message for ever: for protocols that know no other names. */
export interface Numbers {
  /** @returns 1 to 2^31 - 1. */
  of(place: Place): Promise<number>
  /** @returns undefined: no message was ever given this number. */
  placeOf(number: number): Place | undefined
}

/** What keeps the numbers of stretches. */
export interface StretchStore {
  stretches(): Promise<{ id: number; roomId: number; stretch: number }[]>
  add(roomId: number, stretch: number): Promise<number>
}

/** Reads the numbers that were given so far. @throws what the store throws. */
export async function openNumbers(store: StretchStore): Promise<Numbers> {
  const ids = new Map<string, Promise<number>>()
  const places = new Map<number, { roomId: number; stretch: number }>()
  const know = (id: number, roomId: number, stretch: number) => {
    places.set(id, { roomId, stretch })
    return id
  }
  for (const { id, roomId, stretch } of await store.stretches())
    ids.set(`${roomId}.${stretch}`, Promise.resolve(know(id, roomId, stretch)))

  return {
    async of({ roomId, seq }) {
      const stretch = Math.floor(seq / STRETCH)
      const key = `${roomId}.${stretch}`
      const kept =
        ids.get(key) ?? store.add(roomId, stretch).then((id) => know(id, roomId, stretch))
      ids.set(key, kept)
      kept.catch(() => ids.delete(key)) // the next one tries again
      return (await kept) * STRETCH + (seq % STRETCH)
    },
    placeOf(number) {
      const place = places.get(Math.floor(number / STRETCH))
      return place && { roomId: place.roomId, seq: place.stretch * STRETCH + (number % STRETCH) }
    },
  }
}

/** A member's id as a whole number. */
export const userNumber = (id: number): number => (id > 0 ? id : BOTS - id)

/** The member that such a number stands for. */
export const userOf = (number: number): number => (number >= BOTS ? BOTS - number : number)
