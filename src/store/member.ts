import type { User } from '../protocol.js'

/** A row of a person or a bot as a member of rooms; the sign of the id tells which it is. */
export const member = ({ id, name, imageid }: Omit<User, 'kind'>): User => ({
  id,
  name,
  imageid,
  kind: id > 0 ? 'person' : 'bot',
})
