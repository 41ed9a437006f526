import { HookError } from './hook-error.js'

/** What a sender put into the body: words as they are, or an object in a form of its own. */
export type Body = { text: string } | { payload: unknown }

/**
 * Reads what senders really send: JSON, `payload=` of a form, JSON that curl labelled as a form, and plain words.
 * @param raw The body, UTF-8. @param type Its media type, without parameters; empty if there is none.
 * @throws {HookError} `invalid_payload`: it looks like JSON and is none; `no_text`: there is nothing in it.
 */
export function readBody(raw: string, type: string): Body {
  const text = raw.trim()
  if (text === '') throw new HookError('no_text')
  if (text.startsWith('{')) return { payload: parse(text) }
  if (type === 'application/x-www-form-urlencoded') return readForm(text)
  if (type.endsWith('json')) throw new HookError('invalid_payload')
  return { text }
}

/** A form without `payload` is what `curl -d hello` sends: words that only say that they were a form. */
function readForm(text: string): Body {
  const payload = new URLSearchParams(text).get('payload')
  return payload === null ? { text } : { payload: parse(payload) }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new HookError('invalid_payload')
  }
}
