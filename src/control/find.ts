import type { Person } from '../chat/order/acts.js'
import type { Room } from '../chat/room.js'
import { ControlError } from './control-error.js'
import type { Hands } from './hands.js'

/**
 * The person that somebody means.
 * @param who A name as it looks, or `#12` for the id.
 * @throws {ControlError} there is none.
 */
export async function findPerson({ store, people }: Hands, who: string): Promise<Person> {
  const id = /^#(\d{1,15})$/.exec(who)?.[1]
  const user =
    id === undefined
      ? await store.users.named(people.skeletonOf(who))
      : await store.users.byId(Number(id))
  if (!user || user.kind !== 'person') throw new ControlError('noPerson', { who })
  return { id: user.id, name: user.name }
}

/** A room by its name; one of two is nobody else's business. @throws {ControlError} there is none. */
export async function needRoom({ chat }: Hands, name: string): Promise<Room> {
  const room = await chat.rooms.find(name)
  if (!room || room.settings.kind === 'direct') throw new ControlError('noRoom', { room: name })
  return room
}

/** The same; undefined where none is asked for. */
export const findRoom = async (
  hands: Hands,
  name: string | undefined,
): Promise<Room | undefined> => (name === undefined ? undefined : needRoom(hands, name))
