import { sql, type RawBuilder } from 'kysely'

/**
 * Words that a beginning may have in the index. Beyond these the index is asked for the beginning itself, for which
 * it gathers every message that has one of them before it gives the first; of words it is given messages one by one,
 * and the search ends when it has a page.
 */
const WORDS = 64

/** The words that begin so, for each beginning that few words have. */
export type Begun = ReadonlyMap<string, readonly string[]>

/**
 * What asks the index which words begin so, as JSON. From each word it leaps to the next, whatever the number of
 * messages that have it.
 */
export const wordsThatBegin = (beginnings: readonly string[]): RawBuilder<unknown> => sql`(
  select json_group_object(value, (
    with recursive begun (word) as (
      select (select term from search_words where term >= value order by term limit 1)
      union all
      select (select term from search_words where term >= word || ${AFTER} order by term limit 1)
      from begun
      where word < value || ${BEYOND}
      limit ${sql.lit(WORDS + 1)}
    )
    select json_group_array(word) from begun where word < value || ${BEYOND}
  ))
  from json_each(${JSON.stringify(beginnings)})
)`

/** What comes right after a word, and what comes after all that begin with it; neither is in a word. */
const AFTER = '!'
const BEYOND = '\u{10ffff}'

export function readBegun(json: string): Begun {
  const all = Object.entries<string[]>(JSON.parse(json))
  return new Map(all.filter(([, words]) => words.length <= WORDS))
}
