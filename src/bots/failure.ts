import { basename, dirname } from 'node:path'
import { ChatError } from '../errors.js'

/** A bot said nothing for its time. */
export class Late extends Error {
  override readonly name = 'Late'
  readonly kind = 'timeout'

  /** @param limit Milliseconds. */
  constructor(limit: number) {
    super(`silent for ${limit} ms`)
  }
}

const KIND = /^[a-z][a-z0-9_-]{0,31}$/

/** A word for what went wrong, and none of anybody's text: an error may bring its own as `kind`. */
export function kindOf(error: unknown): string {
  if (error instanceof ChatError) return error.code
  const kind = typeof error === 'object' && error !== null && 'kind' in error ? error.kind : ''
  return asKind(kind)
}

/** What a plugin calls a kind, if it is a word. */
export const asKind = (kind: unknown): string =>
  typeof kind === 'string' && KIND.test(kind) ? kind : 'error'

/**
 * Where in a user's own file something went wrong, as `bots/dice.js:3`, if its error knows. Not what it says:
 * that may be somebody's text.
 */
export function placeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined
  const { file, line } = (error.data ?? {}) as { file?: unknown; line?: unknown }
  if (typeof file !== 'string') return undefined
  return `${basename(dirname(file))}/${basename(file)}${typeof line === 'number' ? `:${line}` : ''}`
}
