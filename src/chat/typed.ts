import { ChatError } from '../errors.js'
import { fill, spell, texts, type Lang, type Texts } from '../i18n/index.js'
import type { ClientFrame } from '../frames.js'
import { MUTE_MS, SLOW_MOST_MS } from '../protocol.js'
import type { CommandWords } from './face.js'
import type { Order } from './order/order.js'
import type { Action } from './rights.js'

/** What somebody typed behind the name of a command, and where. */
export interface TypedLine {
  cid: string
  /** Of the room. */
  room: string
  args: string
  lang: Lang
}

/** The frame that a line stands for, and what its sender is told once it is done. */
export interface Meant {
  frame: ClientFrame
  done?: string
}

/** A command of moderators: a frame that is typed instead of pressed. */
export interface Typed extends CommandWords {
  /** Who may do this may type it; for all others the menu has no such command. */
  asks: Action
  /** @throws {ChatError} how it is written, or that nobody has this name. */
  means(line: TypedLine, order: Order): Meant | Promise<Meant>
}

const MINUTE_MS = 60_000

const words = (name: 'mute' | 'kick' | 'ban' | 'slow' | 'topic', ...aliases: string[]) => ({
  name,
  aliases,
  help: { 'zh-CN': texts['zh-CN'].commands[name], en: texts.en.commands[name] },
})

const mute: Typed = {
  ...words('mute', '禁言'),
  asks: 'mute',
  async means({ args, lang, ...at }, order) {
    const [, name = '', minutes = ''] = /^(.*\S)\s+(\S+)$/su.exec(args) ?? []
    const ms = whole('mute', minutes, lang, MUTE_MS / MINUTE_MS) * MINUTE_MS
    const person = await named('mute', name, lang, order)
    const { done, lifted } = texts[lang].typed.mute
    const said = ms > 0 ? fill(done, { time: spell(ms, lang) }) : lifted
    return {
      frame: { type: 'mute', ...at, user: person.id, ms },
      done: fill(said, { name: person.name }),
    }
  },
}

const kick: Typed = {
  ...words('kick', '踢', '请出'),
  asks: 'kick',
  async means({ args, lang, ...at }, order) {
    const { id, name } = await named('kick', args, lang, order)
    return {
      frame: { type: 'kick', ...at, user: id },
      done: fill(texts[lang].typed.kick.done, { name }),
    }
  },
}

const ban: Typed = {
  ...words('ban', '封', '封禁'),
  asks: 'ban',
  async means({ args, lang, ...at }, order) {
    const { id, name } = await named('ban', args, lang, order)
    return {
      frame: { type: 'ban', ...at, user: id, by: ['device', 'name'], force: false },
      done: fill(texts[lang].typed.ban.done, { name }),
    }
  },
}

/** Everybody reads in the timeline what it did. */
const slow: Typed = {
  ...words('slow', '慢速'),
  asks: 'settings',
  means({ args, lang, ...at }) {
    const slow_ms = whole('slow', args, lang, SLOW_MOST_MS / 1_000) * 1_000
    return { frame: { type: 'room', ...at, set: { slow_ms } } }
  },
}

const topic: Typed = {
  ...words('topic', '话题'),
  asks: 'topic',
  means: ({ cid, room, args }) => ({ frame: { type: 'topic', cid, room, data: args } }),
}

/** What moderators may type, in the order of the menu. */
export const typed: readonly Typed[] = [mute, kick, ban, slow, topic]

const byName = new Map(
  typed.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one])),
)

/** The command of a name or an alias; these go before those of plugins. @param name In lower case. */
export const typedAs = (name: string): Typed | undefined => byName.get(name)

/** All that these commands are called by. */
export const typedNames: readonly string[] = [...byName.keys()]

/** A whole number from 0 on. @throws {ChatError} how the command is written. */
function whole(command: 'mute' | 'slow', given: string, lang: Lang, most: number): number {
  const text = given.normalize('NFKC')
  const number = Number(text)
  if (!/^\d{1,9}$/.test(text) || number > most) throw misspelt(command, lang, { most })
  return number
}

/** Who bears a name, or bore it last. */
async function named(
  command: 'mute' | 'kick' | 'ban',
  given: string,
  lang: Lang,
  { options }: Order,
): Promise<{ id: number; name: string }> {
  const name = given.replace(/^[@＠]/, '').trim()
  if (name === '') throw misspelt(command, lang)
  const person = await options.store.users.named(options.skeleton(name))
  if (!person) throw new ChatError('denied', { why: 'nobody' })
  return person
}

const misspelt = (
  command: keyof Texts['typed'],
  lang: Lang,
  values: Record<string, number> = {},
): ChatError =>
  new ChatError('bad_request', { sentence: fill(texts[lang].typed[command].usage, values) })
