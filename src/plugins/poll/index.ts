import { definePlugin, type MessageContext } from '../../plugin.js'

/**
 * Asks the room: `/poll Where to? | sea | hills`, answered by `/vote 2`. The example of a bot that edits its own
 * line, and keeps what it needs for that over a restart.
 */
export default definePlugin({
  name: 'poll',
  api: 1,
  setup(host) {
    host.bot(
      async (ctx) => {
        const command = ctx.trigger?.command
        if (command === vote.name) await takeVote(ctx)
        else if (command === end.name) await endPoll(ctx)
        else await ask(ctx)
      },
      { triggers: { command: [start, vote, end] }, leaves: [] },
    )
  },
})

const start = {
  name: 'poll',
  aliases: ['投票'],
  help: {
    'zh-CN': '发起投票：/投票 去哪儿？| 海边 | 山上',
    en: 'Ask all: /poll Where? | sea | hills',
  },
}
const vote = {
  name: 'vote',
  aliases: ['选', '投'],
  help: { 'zh-CN': '投给第几项：/选 2', en: 'Vote for a choice: /vote 2' },
}
const end = {
  name: 'endpoll',
  aliases: ['结束投票'],
  help: { 'zh-CN': '结束自己发起的投票', en: 'End the poll that you began' },
}
interface Poll {
  message: number
  by: number
  question: string
  choices: string[]
  /** By user id: the number of the choice, from 0. */
  votes: Record<string, number>
}

async function ask(ctx: MessageContext): Promise<void> {
  const [question = '', ...choices] = ctx.args.split(/\s*[|｜\n]\s*/).map((part) => part.trim())
  const named = choices.filter((choice) => choice !== '')
  if (question === '' || named.length < 2 || named.length > 10) return tell(ctx, say.how)
  const poll = { by: ctx.user.id, question, choices: named, votes: {} }
  const message = await ctx.reply(shown({ ...poll, message: 0 }, ctx.lang))
  await ctx.store.set('poll', { ...poll, message })
}

async function takeVote(ctx: MessageContext): Promise<void> {
  const poll = await ctx.store.get<Poll>('poll')
  if (!poll) return tell(ctx, say.none)
  const choice = Number(ctx.args.normalize('NFKC')) - 1
  if (!(choice in poll.choices)) return tell(ctx, say.which)
  poll.votes[ctx.user.id] = choice
  await ctx.store.set('poll', poll)
  await ctx.edit(poll.message, shown(poll, ctx.lang))
}

async function endPoll(ctx: MessageContext): Promise<void> {
  const poll = await ctx.store.get<Poll>('poll')
  if (!poll) return tell(ctx, say.none)
  if (poll.by !== ctx.user.id) return tell(ctx, say.notYours)
  await ctx.store.delete('poll')
  await ctx.reply(`${say.over[ctx.lang]}\n${shown(poll, ctx.lang)}`)
}

function shown({ question, choices, votes }: Poll, lang: 'zh-CN' | 'en'): string {
  const all = Object.values(votes)
  const lines = choices.map((choice, index) => {
    const count = all.filter((vote) => vote === index).length
    return `${index + 1}. ${choice}  ${'▇'.repeat(Math.min(count, 20))} ${count}`
  })
  return [`📊 ${question}`, ...lines, say.vote[lang]].join('\n')
}

type Words = Record<'zh-CN' | 'en', string>

const say = {
  how: {
    'zh-CN': '这样发起投票：/投票 去哪儿？| 海边 | 山上。可以有 2 到 10 项。',
    en: 'Begin a poll so: /poll Where to? | sea | hills. It has 2 to 10 choices.',
  },
  none: {
    'zh-CN': '现在没有投票。用 /投票 发起一个。',
    en: 'There is no poll now. Begin one with /poll.',
  },
  which: {
    'zh-CN': '要投给第几项？例如 /选 2。',
    en: 'Which choice? Write its number: /vote 2.',
  },
  notYours: {
    'zh-CN': '只有发起投票的人能结束它。',
    en: 'Only who began the poll can end it.',
  },
  vote: {
    'zh-CN': '用 /选 加序号来投；可以改。',
    en: 'Vote with /vote and a number; you may change it.',
  },
  over: { 'zh-CN': '投票结束：', en: 'The poll is over:' },
} satisfies Record<string, Words>

const tell = async (ctx: MessageContext, words: Words): Promise<void> =>
  void (await ctx.reply(words[ctx.lang], { whisper: true }))
