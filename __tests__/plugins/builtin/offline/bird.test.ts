import { expect, test } from '@jest/globals'
import { ada, aviary, bot, lin } from './aviary.js'

test('it answers in the language of the text, and a text without words in that of the speaker', async () => {
  expect((await aviary({ lang: 'en' }).hears('谢谢')).match(/\p{Script=Han}/u)).not.toBeNull()
  expect(await aviary({ lang: 'zh-CN' }).hears('thank you')).toMatch(/[a-z]{3}/)
  expect(await aviary({ lang: 'zh-CN' }).hears('1/0')).toMatch(/除|0/)
  expect(await aviary({ lang: 'en' }).hears('1/0')).toMatch(/divid/i)
})

test('it never says the same twice running in a room', async () => {
  for (const text of ['你好', '1+1', '现在几点', '帮助', '怎么变聪明', 'xyzzy', 'hello', '/help']) {
    const { hears } = aviary()
    let last = ''
    for (let n = 0; n < 12; n += 1) {
      const words = await hears(text)
      expect(words).not.toBe(last)
      last = words
    }
  }
})

test('it turns what is said round: I is you, and you are I', async () => {
  const { hears } = aviary()

  expect(await hears('我觉得你很笨')).toMatch(/我很笨/)
  expect(await hears('I feel that my boss hates me')).toMatch(/your boss hates you/)
  expect(await hears('I think you will help me')).toMatch(/I will help you/)
})

test('it remembers the name a person gives it, for that person alone, until told to forget', async () => {
  const { hears } = aviary()

  await hears('我叫小明，你呢？')
  expect(await hears('我叫什么')).toContain('小明')
  expect(await hears('我叫什么', ada)).not.toContain('小明')
  await hears('忘掉我的名字')
  expect(await hears('我叫什么')).toContain('林清晴')
})

test('it says honestly what it is and how the host gives the room a model', async () => {
  const { hears } = aviary()

  expect(await hears('你会什么')).toMatch(/离线/)
  expect(await hears('怎么变聪明')).toMatch(/config\.ini[^]*use = openai[^]*base_url/)
  expect(await hears('how do I make you smarter?')).toMatch(/config\.ini[^]*use = openai/)
})

test('help speaks the language of who asks and points readers of the other to theirs', async () => {
  expect(await aviary({ lang: 'zh-CN' }).hears('/help')).toMatch(/会这些|全部本事[^]*say “help”/)
  expect(await aviary({ lang: 'en' }).hears('/help')).toMatch(/tricks|can do[^]*发送「帮助」/)
})

test('it hears its names in any place and width, and is glad to be called', async () => {
  const { ask } = aviary()

  for (const text of [
    '@小小鸟 1+1',
    '小小鸟，1+1',
    '1+1 @机器人小小鸟',
    '＠小小鸟 1＋1',
    '小小鸟: 1+1',
  ]) {
    expect(await ask(text)).toMatchObject({ topic: 'sum' })
  }
  expect(await ask('@小小鸟')).toMatchObject({ topic: 'called' })
  expect(await ask('me@小小鸟.cn')).not.toMatchObject({ topic: 'called' })
})

test('a name behind the words is no word of them, and does not change their language', async () => {
  const { ask } = aviary({ lang: 'zh-CN' })

  for (const text of ['Hello 小小鸟!', '小小鸟你好', '你好小小鸟', 'hi 机器人小小鸟'])
    expect(await ask(text)).toMatchObject({ topic: 'greeting' })
  expect((await ask('Hello 机器人小小鸟!'))?.text).toMatch(/[a-z]{2}/i)
  expect(await ask('我喜欢小小鸟')).toMatchObject({ topic: 'like' })
})

test.each(['/calc', '/算', '/calc the way home'])(
  'of a command of its own, as %s, it says what it wants, to others in the room as well',
  async (asked) => {
    expect(await aviary().hears(asked)).toMatch(/\(3\+4\)×5|12×34/)
  },
)

test('it keeps quiet about commands of others, unless it is called or alone with somebody', async () => {
  expect(await aviary({ members: [bot, lin, ada] }).ask('/deploy now')).toBeUndefined()
  expect(await aviary({ members: [bot, lin] }).ask('/deploy now')).toMatchObject({
    topic: 'command',
  })
  expect(await aviary().ask('@小小鸟 /deploy now')).toMatchObject({ topic: 'command' })
})

test('it greets with the words of the host', async () => {
  const { hears } = aviary({ greeting: '欢迎来到三班' })

  expect(await hears('你好')).toBe('欢迎来到三班')
})

test('it calls nobody and repeats little of what it was told', async () => {
  const { hears } = aviary()

  expect(await hears(`I like @all ${'very '.repeat(60)}much`)).not.toMatch(/@|(?:very ){20}/)
  expect(await hears('叫我@所有人')).not.toContain('@')
})

test('a message of 20,000 characters is cut and still answered', async () => {
  const { ask } = aviary()

  expect(await ask('哇啦'.repeat(10_000))).toMatchObject({ topic: 'long' })
  expect(await ask(`${'1+'.repeat(9_999)}1`)).toMatchObject({ topic: 'long' })
  expect(await ask(`我喜欢${'吃'.repeat(19_996)}`)).toMatchObject({ topic: 'like' })
  for (const piece of [' ', '*', '(', '我', '@小小鸟', 'a ', '一', '9', '\u{FDFA}', '等于']) {
    const text = piece.repeat(20_000).slice(0, 20_000)
    expect((await ask(text))?.text.trim()).not.toBe('')
  }
})
