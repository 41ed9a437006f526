import { definePlugin, type MessageContext } from '../../../plugin.js'
import { timeIn } from './time-in.js'
import { inZone, isZone } from './zone.js'

/**
 * Reminds people: `/remind tomorrow at 8 hand it in`, 「明天早上八点提醒我交作业」. The example of a bot whose time
 * comes again and again, and of what is kept over a restart.
 */
export default definePlugin({
  name: 'reminder',
  api: 1,
  config: {
    time_zone: {
      type: 'string',
      default: '',
      help: 'Time zone of the room, such as Asia/Shanghai; empty: that of the computer',
    },
    most: {
      type: 'int',
      default: 20,
      min: 1,
      max: 200,
      help: 'Reminders a person may have in a room',
    },
  },
  setup(host, { time_zone, most }) {
    const zone = time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone
    if (!isZone(zone)) throw new Error(`time_zone: no such zone / 没有这个时区: ${zone}`)
    host.bot(
      async (ctx) => {
        const { kind, command } = ctx.trigger ?? {}
        if (kind === 'timer') return ring(ctx)
        if (command === off.name) return drop(ctx, zone)
        const text = kind === 'command' ? ctx.args : ctx.message.text
        return text === '' ? list(ctx, zone) : add(ctx, text, { zone, most })
      },
      {
        triggers: {
          command: [remind, off],
          regex: /提醒我|remind me/i,
          mention: true,
          timer: '10s',
        },
        leaves: [],
      },
    )
  },
})

const remind = {
  name: 'remind',
  aliases: ['提醒'],
  help: {
    'zh-CN': '提醒我：/提醒 明天早上八点 交作业；不写时间就列出我的提醒',
    en: 'Remind me: /remind tomorrow at 8 hand it in; without words, list mine',
  },
}
const off = {
  name: 'unremind',
  aliases: ['取消提醒'],
  help: {
    'zh-CN': '取消第几个提醒：/取消提醒 1',
    en: 'Cancel a reminder by its number: /unremind 1',
  },
}

interface Reminder {
  at: number
  /** Whose it is. */
  user: { id: number; name: string }
  what: string
  lang: 'zh-CN' | 'en'
}

const YEAR = 366 * 86_400_000

async function add(
  ctx: MessageContext,
  text: string,
  { zone, most }: { zone: string; most: number },
): Promise<void> {
  const found = timeIn(text, { now: ctx.message.at, zone })
  if (!found) return tell(ctx, say.how)
  const { at, what } = found
  if (at <= ctx.message.at) return tell(ctx, say.past)
  if (at > ctx.message.at + YEAR) return tell(ctx, say.far)
  if ((await own(ctx)).length >= most) return tell(ctx, say.many)
  const user = { id: ctx.user.id, name: ctx.user.name }
  const reminder: Reminder = { at, user, what: what.slice(0, 500), lang: ctx.lang }
  await ctx.store.set(`${String(at).padStart(15, '0')}:${ctx.message.id}`, reminder)
  const when = inZone(at, zone, ctx.lang)
  await ctx.reply(say.set[ctx.lang].replace('{when}', when), { quote: true })
}

/** Says what is due, then forgets it: after a crash in between it is said twice, and never missed. */
async function ring(ctx: MessageContext): Promise<void> {
  const due = (await ctx.store.list<Reminder>()).filter(({ value }) => value.at <= ctx.message.at)
  for (const { key, value } of due.slice(0, 10)) {
    const words = value.what === '' ? say.due[value.lang] : value.what
    await ctx.reply(`⏰ @${value.user.name} ${words}`)
    await ctx.store.delete(key)
  }
}

async function list(ctx: MessageContext, zone: string, before = ''): Promise<void> {
  const mine = await own(ctx)
  if (mine.length === 0) return tell(ctx, say.none)
  const lines = mine.map(({ value }, index) =>
    `${index + 1}. ${inZone(value.at, zone, ctx.lang)} ${value.what}`.trim(),
  )
  await ctx.reply(before + lines.join('\n'), { whisper: true })
}

async function drop(ctx: MessageContext, zone: string): Promise<void> {
  const gone = (await own(ctx))[Number(ctx.args.normalize('NFKC')) - 1]
  if (!gone) return list(ctx, zone, `${say.which[ctx.lang]}\n\n`)
  await ctx.store.delete(gone.key)
  await tell(ctx, say.gone)
}

/** The earliest first. */
const own = async ({ store, user }: MessageContext) =>
  (await store.list<Reminder>()).filter(({ value }) => value.user.id === user.id)

const say = {
  how: {
    'zh-CN': '什么时候？例如：明天早上八点提醒我交作业，或 /提醒 20分钟后 喝水。',
    en: 'When? Say: remind me tomorrow at 8 to hand it in, or /remind in 20 minutes drink.',
  },
  past: {
    'zh-CN': '这个时间已经过去了，请换一个。',
    en: 'That time is over; please name another.',
  },
  far: { 'zh-CN': '最远只能到一年以后。', en: 'A year ahead is the furthest I can do.' },
  many: {
    'zh-CN': '你的提醒太多了，先用 /取消提醒 取消一个。',
    en: 'You have too many reminders; cancel one with /unremind first.',
  },
  set: { 'zh-CN': '好，{when} 提醒你。', en: 'I will remind you: {when}.' },
  due: { 'zh-CN': '时间到了！', en: 'it is time!' },
  none: { 'zh-CN': '你没有提醒。', en: 'You have no reminders.' },
  which: { 'zh-CN': '取消哪一个？例如 /取消提醒 1。', en: 'Which one? Try /unremind 1.' },
  gone: { 'zh-CN': '已取消。', en: 'It is cancelled.' },
}

const tell = async (ctx: MessageContext, words: Record<'zh-CN' | 'en', string>): Promise<void> =>
  void (await ctx.reply(words[ctx.lang], { whisper: true }))
