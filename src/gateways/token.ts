import { createHash } from 'node:crypto'

/** Whoever guesses a token speaks as its bot: 16 such characters make a guess hopeless, and they may stand in an address. */
export const isToken = (token: string): boolean => /^[\w-]{16,128}$/.test(token)

/** Tokens are looked up by it: how long that takes tells nothing of those that there are. */
export const tokenHash = (token: string): string =>
  createHash('sha256').update(token).digest('base64')
