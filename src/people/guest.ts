import type { Visitor } from '../chat/face.js'
import { anyFace } from './faces.js'
import type { People } from './people.js'

/** So many guests may share the end of an address. */
const NAMESAKES = 1000

/**
 * Signs somebody in who has said nothing but where they come from: named after the last part of their address, with a
 * number behind it if that name is held.
 * @param address Of IPv4 or IPv6.
 * @returns undefined when too many are named so.
 */
export async function signInGuest(people: People, address: string): Promise<Visitor | undefined> {
  const taken = await people.takenNow()
  const last = address.split(/[.:]/).at(-1) || 'guest'
  for (let number = 1; number <= NAMESAKES; number++) {
    const name = number === 1 ? last : `${last}-${number}`
    if (taken(name)) continue
    const signedIn = await people.signIn({ name, imageid: String(anyFace()) })
    if (!('refused' in signedIn)) return signedIn
  }
  return undefined
}
