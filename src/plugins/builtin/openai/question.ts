import type { Member, MessageContext } from '../../../plugin.js'
import { contextOf, type ModelMessage } from './context.js'
import { spoken } from './names.js'
import { words } from './words.js'

export interface QuestionOptions {
  /** What the host wrote about it; empty: words of its own. */
  persona: string
  /** What it is called, besides its name. */
  aliases: readonly string[]
  /** How much of the room it reads: lines, and characters of them all, the asked line included. */
  messages: number
  characters: number
  /** Milliseconds since 1970. */
  now?: () => number
}

export interface Question {
  messages: ModelMessage[]
  /** What it is called, and what all others are. */
  own: string[]
  others: string[]
}

/** What the room lets the model know: who it is, who is here, what was said last. */
export async function question(
  ctx: MessageContext,
  options: QuestionOptions,
  withTools = false,
): Promise<Question> {
  const { messages, characters } = options
  const self: Pick<Member, 'id' | 'name'> = ctx.bot ?? { id: 0, name: '' }
  const members = await ctx.room.members()
  // There are other lines than people's between them, and what came since the asked one is too new.
  const history = await ctx.room.history(Math.min(200, messages * 2 + 10))
  const before = history.filter(({ id }) => id < ctx.message.id)
  const asked = { user: ctx.user, text: ctx.message.text }
  const names = [...members, ...before.map(({ user }) => user), ctx.user]

  return {
    own: [self.name, ...options.aliases],
    others: names.filter(({ id }) => id !== self.id).map(({ name }) => name),
    messages: contextOf({
      system: system(ctx, self.name, members, options, withTools),
      self: self.id,
      before,
      asked,
      messages,
      characters,
    }),
  }
}

/** Anybody who made the room chose its title: as much of it as a title needs. */
const TITLE = 60

/** Names of members that are told, at most: a full room would leave no place for what was said. */
const NAMED = 50

function system(
  { room, lang }: MessageContext,
  name: string,
  members: readonly Member[],
  { persona, now = Date.now }: QuestionOptions,
  withTools: boolean,
): string {
  const { persona: own, place, tools } = words[lang]
  const here = members
    .slice(0, NAMED)
    .map(({ name }) => spoken(name))
    .join(lang === 'en' ? ', ' : '、')
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'full' }).format(now())
  return `${persona || own(spoken(name))}\n\n${place(spoken(room.title || room.name).slice(0, TITLE), here, date)}${withTools ? `\n${tools}` : ''}`
}
