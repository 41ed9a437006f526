import { definePlugin } from '../../../plugin.js'

/** Answers certain words with certain lines. The example of settings, and of keywords that wake a bot. */
export default definePlugin({
  name: 'keywords',
  api: 1,
  config: {
    answers: {
      type: 'list',
      required: true,
      min: 1,
      help: 'Lines of words => answer, several words apart by |',
    },
    pause: {
      type: 'duration',
      default: 60_000,
      help: 'How long it keeps an answer to itself that it has just given in a room',
    },
  },
  setup(host, { answers, pause }) {
    const rules = answers.map(ruleOf)
    const said = new Map<string, number>()

    host.bot(
      async (ctx, next) => {
        await next()
        const rule = rules.find(({ words }) => words.some((word) => holds(ctx.message.text, word)))
        if (!rule) return
        const about = `${ctx.room.name} ${rules.indexOf(rule)}`
        const before = said.get(about)
        const { at } = ctx.message
        if (before !== undefined && at - before < pause) return
        said.set(about, at)
        await ctx.reply(rule.answer.replaceAll('{name}', ctx.user.name), { quote: true })
      },
      { triggers: { keyword: rules.flatMap(({ words }) => words) }, leaves: [] },
    )
  },
})

interface Rule {
  words: readonly string[]
  answer: string
}

/** `食堂 | canteen => 早上七点开门。` */
function ruleOf(line: string): Rule {
  const at = line.indexOf('=>')
  const words = line
    .slice(0, Math.max(at, 0))
    .split(/[|｜]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
  const answer = line.slice(at + 2).trim()
  if (at === -1 || words.length === 0 || answer === '') {
    throw new Error(
      `answers: "${line}" must read 词 | word => answer / 「${line}」要写成「词 | word => 回答」`,
    )
  }
  return { words, answer }
}

/** Chinese words anywhere, others as whole words, whatever their case and width. */
function holds(text: string, word: string): boolean {
  const [where, what] = [text, word].map((each) => each.normalize('NFKC').toLowerCase())
  if (where === undefined || what === undefined) return false
  for (let at = where.indexOf(what); at !== -1; at = where.indexOf(what, at + 1)) {
    if (!joins(where[at - 1], what[0]) && !joins(what.at(-1), where[at + what.length])) return true
  }
  return false
}

/** Whether two characters side by side belong to one word, as they do not in Chinese. */
const joins = (left = '', right = ''): boolean => LETTER.test(left) && LETTER.test(right)
const LETTER = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u
