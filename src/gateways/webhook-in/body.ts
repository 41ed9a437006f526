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

/** What Discord's clients send with files, of which the names are kept. */
export interface Parts {
  payload: unknown
  files: string[]
}

/**
 * Reads a form with files.
 * @param type The whole of its media type, with the boundary.
 * @throws {HookError} `invalid_payload`: it is none, or what is beside the files is no JSON.
 */
export async function readParts(raw: string, type: string): Promise<Parts> {
  const form = await new Response(raw, { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  if (!form) throw new HookError('invalid_payload')
  const text = form.get('payload_json') ?? form.get('payload')
  const files = [...form.values()].flatMap((one) => (typeof one === 'string' ? [] : [one.name]))
  const words = Object.fromEntries([...form].filter(([, one]) => typeof one === 'string'))
  return { payload: typeof text === 'string' ? parse(text) : words, files }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new HookError('invalid_payload')
  }
}
