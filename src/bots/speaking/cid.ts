import { createHash } from 'node:crypto'

/**
 * The same for the same answer, however often it is tried and on whichever node: the store keeps it once.
 * It is made of what is answered directly, so that a bot's second answer within one exchange is another one.
 */
export const replyCid = (bot: number, room: number, trigger: number | string, n: number): string =>
  `b.${digest(`${bot}:${room}:${trigger}:${n}`)}`

/** 32 characters that stand for a text, and fit into a cid. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32)
