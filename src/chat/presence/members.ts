import type { User } from '../../protocol.js'

/** Bots first, in the order they came to be (0, −1, −2 …), then people by age (1, 2, 3 …). */
export const inOrder = <One extends Pick<User, 'id'>>(users: readonly One[]): One[] =>
  users.toSorted((a, b) => place(a.id) - place(b.id))

/**
 * A page of a room's members.
 * @param users In order.
 * @param after Id of the last member of the page before.
 */
export function memberPage(
  users: readonly User[],
  limit: number,
  after?: number,
): { users: User[]; more: boolean } {
  const rest = after === undefined ? users : users.filter(({ id }) => place(id) > place(after))
  return { users: rest.slice(0, limit), more: rest.length > limit }
}

const place = (id: number): number => (id > 0 ? id : -id - Number.MAX_SAFE_INTEGER)
