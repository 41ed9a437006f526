import { createHash } from 'node:crypto'

/**
 * What the service knows a person in a room by: 32 characters, its limit, and never a name.
 * @param room The room's name.
 */
export const sessionId = (room: string, userId: number): string =>
  createHash('sha256').update(`${room}:${userId}`).digest('hex').slice(0, 32)
