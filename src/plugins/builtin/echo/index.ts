import type { MessageContext, Next, Triggers } from '../../../plugin.js'

/** Says again what was said to it: `@echo hello`. The example to begin with: what wakes it, and an answer. */
export const triggers: Triggers = {
  mention: true,
  command: {
    name: 'echo',
    aliases: ['回声'],
    help: { 'zh-CN': '把话再说一遍', en: 'Say it again' },
  },
}

/** Nothing that it hears leaves the server. */
export const leaves: readonly string[] = []

export default async function echo(ctx: MessageContext, next: Next): Promise<void> {
  await next()
  const said = ctx.trigger?.kind === 'command' ? ctx.args : ctx.message.text
  const words = said.replace(/^[@＠]\S+\s*/, '').trim()
  await ctx.reply(words === '' ? nothing[ctx.lang] : words, { quote: true })
}

const nothing = { 'zh-CN': '你说什么，我就说什么。', en: 'Say something, and I say it again.' }
