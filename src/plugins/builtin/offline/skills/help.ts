import type { Answers, Tongue, Turn } from '../turn.js'

/** What it can do, in the speaker's language, with a line for readers of the other. */
export const help = ({ tongue }: Turn): Answers =>
  words[tongue].opening.map((opening) =>
    [opening, words[tongue].can, '', words[tongue === 'zh' ? 'en' : 'zh'].pointer].join('\n'),
  )

/** How the host gives the bird a model: what to write into config.ini. */
export const model = ({ tongue }: Turn): Answers => [words[tongue].model]

const words: Record<
  Tongue,
  { opening: readonly string[]; can: string; pointer: string; model: string }
> = {
  zh: {
    opening: ['我是离线的小鸟，不联网也能陪你聊。会这些：', '离线小鸟的全部本事，都在这里了：'],
    can: [
      '- 聊几句：打招呼、讲笑话、作首小诗、给你打气',
      '- 时间日期：「几点了」「星期几」「东京几点」',
      '- 算术：「(3+4)×5」「50 的 20%」「三加五等于几」',
      '- 骰子和硬币：「掷骰子」「/roll 2d6」「/coin」',
      '- 游戏：「猜拳」「猜数字」',
      '- 谁在房间：「谁在」；记名字：「我叫小明」',
      '',
      '人多的时候，用 @ 叫我，或者在开头写我的名字。别的我多半不会，会老实说不知道。',
      '想让我更聪明？对我说「怎么变聪明」。',
    ].join('\n'),
    pointer: '说中文也可以：发送「帮助」。',
    model: [
      '我现在用的是离线小脑袋，只会固定的本事。房主可以在 config.ini 里给房间接一个大模型，加上这几行再重启：',
      '```ini',
      '[bot:助手]',
      'use = openai',
      'base_url = http://127.0.0.1:11434/v1',
      'model = qwen3:8b',
      '```',
      '任何兼容 OpenAI 接口的服务都行；用本机的模型，消息就不会离开这台机器。',
    ].join('\n'),
  },
  en: {
    opening: [
      'I am an offline bird and need no internet. This is what I can do:',
      'All the tricks of an offline bird:',
    ],
    can: [
      '- Small talk: a greeting, a joke, a little poem, a kind word',
      '- Time and date: “what time is it”, “what day is it”, “time in Tokyo”',
      '- Sums: “(3+4)×5”, “20% of 50”, “what is 3 plus 5”',
      '- Dice and a coin: “roll a die”, “/roll 2d6”, “/coin”',
      '- Games: “rock paper scissors”, “guess the number”',
      '- Who is here: “who is here”. Your name: “call me Sam”',
      '',
      'In a full room call me with @, or begin with my name. Most other things I do not know, and I say so.',
      'Want me smarter? Say “how do I make you smarter”.',
    ].join('\n'),
    pointer: 'In English: say “help” or “what can you do”.',
    model: [
      'This is my offline head: a fixed set of tricks. The host can give the room a language model with these lines in config.ini and a restart:',
      '```ini',
      '[bot:helper]',
      'use = openai',
      'base_url = http://127.0.0.1:11434/v1',
      'model = qwen3:8b',
      '```',
      'Any OpenAI-compatible service will do; with a local model no message leaves this machine.',
    ].join('\n'),
  },
}
