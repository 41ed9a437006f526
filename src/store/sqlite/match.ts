import { mark, nameKey } from '../search/document.js'
import { isWord, pairs, tokens } from '../search/tokens.js'
import type { SearchQuery } from '../store.js'
import type { Begun } from './beginnings.js'

/** Characters of a word that find what begins with them. */
const BEGINNING = 3

/**
 * What to ask of the index, in FTS5's language (https://sqlite.org/fts5.html#full_text_query_syntax). Nothing
 * of what somebody typed gets into it but tokens, which hold letters, digits and emoji alone, between quotes.
 * @param bots Names of all bots.
 * @param inIndex Whether the index is asked for the rooms as well. If not, whoever asks looks at each hit.
 * @param begun The words that begin with what `beginnings` found in it.
 * @returns undefined when there is nothing to ask: everything in the rooms will do.
 */
export function matchOf(
  query: SearchQuery,
  bots: readonly string[],
  inIndex: boolean,
  begun: Begun,
): string | undefined {
  const { words, from, bot, has, rooms } = query
  const terms = [
    ...words.flatMap((word) => termOf(word, begun)),
    ...anyOf(from.flatMap((name) => authors(name, bots)).map(mark.name)),
    ...anyOf(bot.names.flatMap((name) => authors(name, bots)).map(mark.name)),
    ...(bot.only || bot.names.length > 0 ? [quoted(mark.bot())] : []),
    ...has.map((what) => quoted(mark.has(what))),
  ]
  const places = inIndex ? anyOf(rooms.map(({ id }) => mark.room(id))) : []
  const all = [...terms, ...places].join(' AND ')
  return all || undefined
}

/** Is there anything in these words that could be found? */
export const asksNothing = ({ words, from, bot, has, after, before }: SearchQuery): boolean =>
  words.length > 0 &&
  words.every(({ text }) => tokens(text).length === 0) &&
  [...from, ...bot.names, ...has].length === 0 &&
  bot.only === undefined &&
  after === undefined &&
  before === undefined

/** What was typed alone and may be the beginning of a longer word. */
export const beginnings = ({ words }: SearchQuery): string[] =>
  words.flatMap(({ text, whole }) => {
    const [word, ...others] = tokens(text)
    return word !== undefined && others.length === 0 && !whole && mayGoOn(word) ? [word] : []
  })

function termOf({ text, whole }: SearchQuery['words'][number], begun: Begun): string[] {
  const parts = tokens(text)
  const last = parts.at(-1)
  if (last === undefined) return []
  const [row, ...others] = pairs(parts)
  // Characters alone, so that their pairs say it all: 你好吗 is 你好 before 好吗.
  if (row && others.length === 0 && row.length === parts.length - 1) return [quoted(row.join(' '))]
  if (whole || !mayGoOn(last)) return [quoted(parts.join(' '))]
  const known = parts.length === 1 ? begun.get(last) : undefined
  return known ? anyOf([last, ...known]) : [`${quoted(parts.join(' '))} *`]
}

const mayGoOn = (token: string): boolean => isWord(token) && token.length >= BEGINNING

/** Somebody by the whole name, a bot by a part of it as well: people call them by less. */
function authors(name: string, bots: readonly string[]): string[] {
  const key = nameKey(name)
  return key === '' ? [name] : [name, ...bots.filter((bot) => nameKey(bot).includes(key))]
}

const anyOf = (words: readonly string[]): string[] =>
  words.length === 0 ? [] : [`(${[...new Set(words)].map(quoted).join(' OR ')})`]

const quoted = (words: string): string => `"${words}"`
