import { definePlugin, type MessageContext } from '../../../plugin.js'

/**
 * Greets who comes for the first time, and tells the rules of the room: `/rules`. The example of a bot that
 * is woken by somebody who comes in, whispers, and remembers whom it has met.
 */
export default definePlugin({
  name: 'welcome',
  api: 1,
  config: {
    greeting: {
      type: 'text',
      default: '',
      help: 'Said to a newcomer alone; {name} and {room} stand for theirs. Empty: words of its own',
    },
    rules: { type: 'list', default: [], help: 'The rules of the room, a line each' },
    aloud: { type: 'bool', default: false, help: 'Whether the whole room hears the greeting' },
  },
  setup(host, { greeting, rules, aloud }) {
    const greet = async (ctx: MessageContext) => {
      const key = `met:${ctx.user.id}`
      if (await ctx.store.get(key)) return
      await remember(ctx, key)
      const words = filled(greeting || hello[ctx.lang], ctx)
      await ctx.reply(words, { whisper: !aloud })
    }
    const tell = async (ctx: MessageContext) => {
      const bots = (await ctx.room.members()).filter(({ kind }) => kind === 'bot')
      const lines = [
        ...rules.map((rule, index) => `${index + 1}. ${filled(rule, ctx)}`),
        `${here[ctx.lang]} ${bots.map(({ name }) => `@${name}`).join(' ')}`,
        menu[ctx.lang],
      ]
      await ctx.reply(lines.join('\n'), { whisper: true })
    }
    host.bot((ctx) => (ctx.trigger?.kind === 'join' ? greet(ctx) : tell(ctx)), {
      triggers: { join: true, command: ask, mention: true },
      leaves: [],
    })
  },
})

const ask = {
  name: 'rules',
  aliases: ['welcome', '房规', '欢迎'],
  help: { 'zh-CN': '这里有什么规矩、有哪些机器人', en: 'The rules here, and which bots there are' },
}

const hello = {
  'zh-CN': '{name}，欢迎来到{room}！输入 /房规 看看这里的规矩。',
  en: 'Welcome to {room}, {name}! Type /rules to see how things are done here.',
}
const here = { 'zh-CN': '这里的机器人：', en: 'Bots here:' }
const menu = { 'zh-CN': '输入 / 就能看到能用的命令。', en: 'Type / to see what they can do.' }

const filled = (words: string, { user, room }: MessageContext): string =>
  words.replaceAll('{name}', user.name).replaceAll('{room}', room.title)

/** The most people it knows in a room; then it forgets those it met first. */
const KNOWN = 900

async function remember({ store, message }: MessageContext, key: string): Promise<void> {
  const met = await store.list<number>('met:')
  if (met.length >= KNOWN) {
    const first = met.toSorted((a, b) => a.value - b.value)[0]
    if (first) await store.delete(first.key)
  }
  await store.set(key, message.at)
}
