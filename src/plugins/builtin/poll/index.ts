import { definePlugin, type MessageContext } from '../../../plugin.js'

/**
 * Asks the room: `/poll Where to? | sea | hills`, answered by a press on a card, or by `/vote 2` where no cards are
 * shown. The example of a card; the server counts, so that nothing is lost over a restart.
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
}

async function ask(ctx: MessageContext): Promise<void> {
  const [question = '', ...given] = ctx.args.split(/[|｜\n]/).map((part) => part.trim())
  const choices = given.filter((choice) => choice !== '')
  const fit = choices.every((choice) => Array.from(choice).length <= 80)
  if (question === '' || choices.length < 2 || choices.length > 10 || !fit)
    return tell(ctx, say.how[ctx.lang])
  const lines = choices.map((choice, index) => `${index + 1}. ${choice}`)
  const text = [`📊 ${question}`, ...lines, '', say.vote[ctx.lang]].join('\n')
  const card = { choices: choices.map((label, index) => ({ id: String(index + 1), label })) }
  const message = await ctx.reply(text, { card })
  await ctx.store.set('poll', { message, by: ctx.user.id, question, choices })
}

/** For clients that show no cards. */
async function takeVote(ctx: MessageContext): Promise<void> {
  const poll = await ctx.store.get<Poll>('poll')
  if (!poll) return tell(ctx, say.none[ctx.lang])
  const number = Number(ctx.args.normalize('NFKC'))
  if (!(number - 1 in poll.choices)) return tell(ctx, say.which[ctx.lang])
  await ctx.answer(poll.message, [String(number)])
  await tell(ctx, await counted(ctx, poll))
}

async function endPoll(ctx: MessageContext): Promise<void> {
  const poll = await ctx.store.get<Poll>('poll')
  if (!poll) return tell(ctx, say.none[ctx.lang])
  if (poll.by !== ctx.user.id) return tell(ctx, say.notYours[ctx.lang])
  await ctx.store.delete('poll')
  const lines = poll.choices.map((choice, index) => `${index + 1}. ${choice}`)
  const closed = [`📊 ${poll.question}`, ...lines, '', say.closed[ctx.lang]].join('\n')
  await ctx.edit(poll.message, closed, { closed: true })
  await ctx.reply(`${say.over[ctx.lang]}\n${await counted(ctx, poll)}`)
}

async function counted(ctx: MessageContext, { message, question }: Poll): Promise<string> {
  const { choices } = await ctx.answers(message)
  const lines = choices.map(
    ({ label, count }, index) =>
      `${index + 1}. ${label}  ${'▇'.repeat(Math.min(count, 20))} ${count}`,
  )
  return [`📊 ${question}`, ...lines].join('\n')
}

type Words = Record<'zh-CN' | 'en', string>

const say = {
  how: {
    'zh-CN': '这样发起投票：/投票 去哪儿？| 海边 | 山上。可以有 2 到 10 项，每项最多 80 个字。',
    en: 'Begin a poll so: /poll Where to? | sea | hills. It has 2 to 10 choices of at most 80 characters.',
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
    'zh-CN': '点一项就行，也可以发 /选 2；之后还能改。',
    en: 'Press one, or send /vote 2; you can change it later.',
  },
  closed: { 'zh-CN': '投票已结束。', en: 'This poll is over.' },
  over: { 'zh-CN': '投票结束：', en: 'The poll is over:' },
} satisfies Record<string, Words>

const tell = async (ctx: MessageContext, text: string): Promise<void> =>
  void (await ctx.reply(text, { whisper: true }))
