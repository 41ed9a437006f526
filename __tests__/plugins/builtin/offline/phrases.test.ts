import { expect, test } from '@jest/globals'
import { aviary } from './aviary.js'
import { phraseTable } from './phrases.js'

test.each(['zh', 'en'] as const)(
  'each phrase is taken for what it is about (%s)',
  async (tongue) => {
    const wrong: string[] = []
    for (const [phrase, topic] of phraseTable(tongue)) {
      const answer = await aviary({ lang: tongue === 'zh' ? 'zh-CN' : 'en' }).ask(phrase)
      if (answer?.topic !== topic) wrong.push(`${phrase}: ${answer?.topic}, not ${topic}`)
    }

    expect(wrong).toEqual([])
  },
)

test('each phrase is answered in its own language, and with all its places filled in', async () => {
  for (const tongue of ['zh', 'en'] as const) {
    for (const [phrase] of phraseTable(tongue)) {
      const words = await aviary({ lang: tongue === 'zh' ? 'zh-CN' : 'en' }).hears(phrase)
      expect(words).not.toMatch(/^\s*$|\{|\}|undefined|null|NaN/)
      if (tongue === 'zh') expect(words).toMatch(/\p{Script=Han}|[🎲🪙❤=]/u)
      else
        expect(words.replace(/小小鸟|机器人|林清晴|发送「帮助」|说中文也可以/g, '')).not.toMatch(
          /[一-鿿]{2}/,
        )
    }
  }
})

test('there are three hundred phrases and more', () => {
  expect(phraseTable('zh').length + phraseTable('en').length).toBeGreaterThanOrEqual(300)
})
