import { readFile } from 'node:fs/promises'
import { definePlugin, type MessageContext } from '../../../plugin.js'
import { wordFinder } from './words.js'

/**
 * Keeps a room in order: words that are not wanted, links, floods. The example of a plugin that meets a message
 * before it is delivered. With `moderates = yes` it mutes who goes on, and takes a flood back.
 */
export default definePlugin({
  name: 'moderation',
  api: 1,
  config: {
    words: { type: 'list', default: [], help: 'Words that are not wanted' },
    files: {
      type: 'list',
      default: [],
      path: true,
      help: 'Files of such words, one a line; # a note',
    },
    links: { type: 'bool', default: true, help: 'Whether links may be sent' },
    hosts: { type: 'list', default: [], help: 'Hosts that may be linked all the same' },
    flood: {
      type: 'int',
      default: 8,
      min: 2,
      max: 20,
      help: 'Lines in flood_time that are a flood',
    },
    flood_time: { type: 'duration', default: 10_000, min: 1_000, help: 'See flood' },
    warnings: {
      type: 'int',
      default: 3,
      min: 1,
      max: 20,
      help: 'Warnings in an hour before a mute',
    },
    mute: { type: 'duration', default: 600_000, min: 1_000, help: 'How long a mute lasts' },
  },
  async setup(host, config) {
    const lists = await Promise.all(config.files.map((file) => readFile(file, 'utf8')))
    const written = lists.flatMap((list) => list.split(/\r?\n/)).map((line) => line.trim())
    const has = wordFinder([...config.words, ...written.filter((word) => !word.startsWith('#'))])
    const warned = new Times<'word'>()
    const said = new Times<number>()

    const warn = async (ctx: MessageContext, why: keyof typeof say): Promise<never> => {
      const count = warned.add(ctx, HOUR, 'word').length
      if (count < config.warnings) ctx.reject(filled(say[why][ctx.lang], count, config.warnings))
      warned.forget(ctx)
      return silence(ctx, why)
    }

    /** Where it may not, or they have a role, the line alone is not sent. */
    const silence = async (ctx: MessageContext, why: keyof typeof say): Promise<never> => {
      const muted = await ctx.mute(config.mute).catch(() => false)
      const minutes = Math.max(1, Math.round(config.mute / 60_000))
      const words = muted ? `${say[why][ctx.lang]} ${say.muted[ctx.lang]}` : say[why][ctx.lang]
      return ctx.reject(filled(words, minutes, config.warnings))
    }

    host.use(async (ctx, next) => {
      if (ctx.user.kind === 'bot') return next()
      const { text } = ctx.message
      if (has(text)) await warn(ctx, 'word')
      if (!config.links && linksIn(text).some((link) => !mayLink(link, config.hosts)))
        await warn(ctx, 'link')
      if (said.of(ctx, config.flood_time).length >= config.flood) {
        const lines = said.forget(ctx)
        await Promise.allSettled(lines.map((id) => ctx.recall(id)))
        await silence(ctx, 'flood')
      }
      await next()
      if (ctx.message.edits === undefined) said.add(ctx, config.flood_time, ctx.message.id)
    })
  },
})

const HOUR = 3_600_000

/** What each person did in each room, and when: by a clock that nobody turns. */
class Times<What> {
  readonly #all = new Map<string, { at: number; what: What }[]>()

  /** In the last so many milliseconds. */
  of(ctx: MessageContext, within: number): { at: number; what: What }[] {
    const since = performance.now() - within
    return (this.#all.get(key(ctx)) ?? []).filter(({ at }) => at > since)
  }

  add(ctx: MessageContext, within: number, what: What): { at: number; what: What }[] {
    if (this.#all.size > 10_000) this.#all.clear()
    const times = [...this.of(ctx, within), { at: performance.now(), what }]
    this.#all.set(key(ctx), times)
    return times
  }

  forget(ctx: MessageContext): What[] {
    const times = this.#all.get(key(ctx)) ?? []
    this.#all.delete(key(ctx))
    return times.map(({ what }) => what)
  }
}

const key = ({ room, user }: MessageContext): string => `${user.id} ${room.name}`

/** Hosts of the links of a text, also without `https://`. */
const linksIn = (text: string): string[] =>
  [...text.normalize('NFKC').matchAll(LINK)].map(([, host = '']) => host.toLowerCase())

const LINK =
  /(?:https?:\/\/|\bwww\.)([^\s/?#:，。）)]+)|\b(?:[a-z0-9-]{1,63}\.){1,8}(?:com|cn|net|org|io|top|xyz|cc|me|info|vip|site)\b/giu

const mayLink = (host: string, allowed: readonly string[]): boolean =>
  allowed.some((one) => host === one.toLowerCase() || host.endsWith(`.${one.toLowerCase()}`))

const filled = (words: string, count: number, most: number): string =>
  words.replace('{count}', String(count)).replace('{most}', String(most))

const say = {
  word: {
    'zh-CN': '这句话里有这里不说的词，没有发出。请换个说法。',
    en: 'This was not sent: it has a word that is not wanted here. Please put it another way.',
  },
  link: {
    'zh-CN': '这里不发链接，这句话没有发出。',
    en: 'This was not sent: links are not wanted here.',
  },
  flood: {
    'zh-CN': '发得太快了，请歇一歇。',
    en: 'That is too much at once; please take a break.',
  },
  muted: {
    'zh-CN': '你被禁言 {count} 分钟。',
    en: 'You are muted for {count} min.',
  },
}
