import type { NumberedEvent } from '../../src/protocol.js'
import type { RoomRow, SearchPage, SearchQuery, Store, WrittenPage } from '../../src/store/store.js'

type Read<T> = Omit<T, 'json'> & { events: NumberedEvent[] }

/** A page as who gets it reads it. */
export function readPage<T extends WrittenPage>({ json, ...rest }: T): Read<T> {
  return { ...rest, events: JSON.parse(Buffer.from(json).toString()) }
}

/** A page of the timeline. */
export const timeline = async (
  store: Store,
  room: RoomRow,
  window: Parameters<Store['events']['timeline']>[1],
): Promise<Read<WrittenPage>> => readPage(await store.events.timeline(room, window))

/** What a search finds, or what it says instead. */
export async function search(
  store: Store,
  query: SearchQuery,
): Promise<Read<SearchPage> | 'nothing' | 'lost'> {
  const page = await store.search.find(query)
  return typeof page === 'string' ? page : readPage(page)
}

/** What a search finds. */
export async function find(store: Store, query: SearchQuery): Promise<Read<SearchPage>> {
  const page = await search(store, query)
  if (typeof page === 'string') throw new Error(page)
  return page
}
