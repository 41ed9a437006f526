import { QueryFault } from './fault.js'

/** The fields, and what else they are called. */
const FIELDS = {
  from: ['来自'],
  in: ['房间'],
  after: ['之后'],
  before: ['之前'],
  has: ['包含'],
  bot: ['机器人'],
} as const
export type Field = keyof typeof FIELDS

/** A piece of a question. */
export interface Item {
  /** In whatever language it was written; absent: it is looked for in the texts. */
  field?: Field
  text: string
  /** It stood between quotes. */
  quoted: boolean
}

/**
 * Takes a question apart: words, `"phrases"` and `field:value`. Quotes and colons of a Chinese keyboard do as
 * well. What only looks like a field, as an address does or 10:30, is a word. Every sign is looked at once.
 * @throws {QueryFault} `unclosed`, `noValue`, `unknownField`.
 */
export function items(question: string): Item[] {
  const text = question.replace(QUOTES, '"').trim()
  const found: Item[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    return match ?? undefined
  }
  const value = (): Omit<Item, 'field'> | undefined => {
    const phrase = take(PHRASE)
    if (phrase) return { text: phrase[1] ?? '', quoted: true }
    if (text[at] === '"') throw new QueryFault('unclosed')
    const word = take(WORD)
    return word && { text: word[0], quoted: false }
  }

  while (at < text.length) {
    const name = take(FIELD)?.[1]
    take(SPACE)
    const piece = name !== undefined && take(FIELD) ? undefined : value()
    const field = fieldOf(name)
    if (piece?.text.trim()) found.push(field ? { field, ...piece } : checked(piece))
    else if (field) throw new QueryFault('noValue', { field: `${name}:` })
    take(SPACE)
  }
  return found
}

const QUOTES = /[“”„‟＂]/g
const SPACE = /\s*/y
const PHRASE = /"([^"]*)"/y
const WORD = /[^\s"]+/y

const names = new Map<string, Field>()
for (const field of Object.keys(FIELDS) as Field[]) {
  for (const name of [field, ...FIELDS[field]]) names.set(name, field)
}
const FIELD = new RegExp(`(${[...names.keys()].join('|')})[:：]`, 'iuy')

const fieldOf = (name: string | undefined): Field | undefined =>
  name === undefined ? undefined : names.get(name.toLowerCase())

/** Whoever writes `form:tom` means a field. */
function checked(piece: Omit<Item, 'field'>): Item {
  const [, name] = (!piece.quoted && LIKE_A_FIELD.exec(piece.text)) || []
  if (name !== undefined) throw new QueryFault('unknownField', { field: `${name}:` })
  return piece
}

/** Letters, a colon, and a letter; not `https://`, `10:30`, `C:\\x`, `std::move`, `localhost:8080`. */
const LIKE_A_FIELD = /^([a-z]{2,12}):\p{L}/iu
