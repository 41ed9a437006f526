import type { Has, SearchQuery } from '../../store/store.js'
import { firstMoment, type Clock } from './dates.js'
import { QueryFault } from './fault.js'
import { items, type Field, type Item } from './items.js'

/** A question may have this many characters, so that pasted pages are told apart from it. */
const CHARACTERS = 256
const ITEMS = 24

/** What somebody asks for; the rooms by what they are called. */
export type Asked = Omit<SearchQuery, 'rooms' | 'cursor' | 'limit'> & { in: readonly string[] }

/**
 * Reads a question in the language of docs/PROTOCOL.md: words, `"phrases"`, `from: in: after: before: has: bot:`.
 * @param me The name of who asks, for `from:me`.
 * @throws {QueryFault} for what cannot be meant.
 */
export function parseQuery(question: string, me: string, clock: Clock): Asked {
  if (question.length > CHARACTERS) {
    throw new QueryFault('tooLong', { limit: CHARACTERS, length: question.length })
  }
  const all = items(question)
  if (all.length === 0) throw new QueryFault('empty')
  if (all.length > ITEMS) throw new QueryFault('tooMany', { limit: ITEMS })

  const of = (field: Field) => all.filter((item) => item.field === field)
  const moments = (field: Field) => of(field).map((item) => momentOf(item, field, clock))
  const after = moments('after')
  const before = moments('before')
  return {
    words: all.filter(({ field }) => !field).map(({ text, quoted }) => ({ text, whole: quoted })),
    from: of('from').map((item) => nameOf(item, me)),
    in: of('in').map(({ text }) => text),
    has: of('has').map(thingOf),
    bot: botsOf(of('bot')),
    ...(after.length > 0 && { after: Math.max(...after) }),
    ...(before.length > 0 && { before: Math.min(...before) }),
  }
}

function nameOf({ text, quoted }: Item, me: string): string {
  if (!quoted && ['me', '我'].includes(text.toLowerCase())) return me
  return text.replace(/^[@＠]/, '')
}

function momentOf({ text }: Item, field: Field, clock: Clock): number {
  const moment = firstMoment(text, clock)
  if (moment === undefined) throw new QueryFault('badDate', { field: `${field}:`, date: text })
  return moment
}

function thingOf({ text }: Item): Has {
  const thing = THINGS.get(text.normalize('NFKC').toLowerCase())
  if (!thing) throw new QueryFault('badHas', { thing: text })
  return thing
}

const THINGS = new Map<string, Has>([
  ['link', 'link'],
  ['链接', 'link'],
  ['code', 'code'],
  ['代码', 'code'],
  ['file', 'file'],
  ['文件', 'file'],
  ['reaction', 'reaction'],
  ['表情', 'reaction'],
])

function botsOf(asked: readonly Item[]): SearchQuery['bot'] {
  const names = []
  let only: boolean | undefined
  for (const item of asked) {
    const answer = item.quoted ? undefined : ANSWERS.get(item.text.toLowerCase())
    if (answer === undefined) names.push(nameOf(item, item.text))
    else only = answer
  }
  return { names, ...(only !== undefined && { only }) }
}

const ANSWERS = new Map([
  ['yes', true],
  ['是', true],
  ['no', false],
  ['否', false],
])
