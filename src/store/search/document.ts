import { pairs, tokens } from './tokens.js'

/** A message, as far as the search knows of it. */
export interface Message {
  roomId: number
  userId: number
  /** As it was when the message was said. */
  userName: string
  data: string
  extra: Extra
}

/** What hangs on a message, as far as it can be asked for. */
export interface Extra {
  recalled?: true
  files?: readonly unknown[]
  reactions?: readonly unknown[]
}

/**
 * What the index holds of a message: marks of where, by whom and with what it was said, then its tokens, then
 * the pairs of them, row by row, with something between that nobody can ask for.
 * @returns undefined for a recalled one: of that nothing is kept.
 */
export function documentOf(message: Message): string | undefined {
  if (message.extra.recalled) return undefined
  const words = tokens(message.data)
  return [...marksOf(message), ...words, ...pairs(words).flatMap((row) => [GAP, ...row])].join(' ')
}

export const has = ['link', 'code', 'file', 'reaction'] as const
/** What a message may have in it or on it. */
export type Has = (typeof has)[number]

/**
 * Words that no text can have, because they begin with a sign of private use: a question for them is a
 * question for any other word, and finds its answer in the same index.
 */
export const mark = {
  room: (id: number): string => `${PRIVATE}r${id}`,
  /** By the whole name, as it is compared. */
  name: (name: string): string => `${PRIVATE}n${nameKey(name)}`,
  bot: (): string => `${PRIVATE}b`,
  has: (what: Has): string => `${PRIVATE}h${what}`,
}

/** A name as it is compared: as texts are, and without what stands between its words. */
export const nameKey = (name: string): string => tokens(name).join('')

const PRIVATE = '\ue000'
const GAP = `${PRIVATE}g`
const LINK = /https?:\/\/\S|\bwww\.\w/i
const CODE = /```|`[^`\n]+`/

function marksOf({ roomId, userId, userName, data, extra }: Message): string[] {
  const carried: Record<Has, boolean> = {
    link: LINK.test(data),
    code: CODE.test(data),
    file: some(extra.files),
    reaction: some(extra.reactions),
  }
  return [
    mark.room(roomId),
    mark.name(userName),
    ...(userId > 0 ? [] : [mark.bot()]),
    ...has.filter((what) => carried[what]).map(mark.has),
  ]
}

const some = (list: readonly unknown[] = []): boolean => list.length > 0
