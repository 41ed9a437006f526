/** A bot of each kind in the room that is named after its state: what its model does, its name, and who asks it. */
const rooms = {
  thinking: { model: 'silent', bot: '慢慢', people: ['小舟', 'Nora', '小满', 'Iris'] },
  growing: { model: 'essay', bot: '助手', people: ['白露', 'Ruth', '小荷', 'Theo'] },
  markdown: { model: 'essay', bot: '小智', people: ['南风', 'June', '阿树', 'Owen'] },
}

/** The flags that bring them in. @param {string} url Where their models are. */
export const bots = (url) =>
  Object.entries(rooms)
    .flatMap(([room, { model, bot }]) => [
      `bot:${bot}.use=openai`,
      `bot:${bot}.rooms=${room}`,
      `bot:${bot}.base_url=${url}`,
      `bot:${bot}.model=${model}`,
      `bot:${bot}.hear=mention`,
      `bot:${bot}.rate_room=0/min`,
      `bot:${bot}.rate_person=0/min`,
    ])
    .flatMap((key) => ['--set', key])

/** What is written, and a part of it as it is read. */
const said = [
  ['试过 `sort()` 了，可是 **10** 排在 **9** 前面 😅', '排在'],
  [
    '> 默认按字符串比较\n\n那就给它一个比较函数：\n```js\nnames.sort((a, b) => a - b)\n```',
    '比较函数',
  ],
]

/**
 * What bots write, while they write it and after, and what people mark.
 * @param {{fake: import('../fake-openai/server.mjs').FakeOpenAI} & Record<string, any>} studio
 */
export function answers({ looks, enter, picture, send, fake }) {
  const shown = [looks[0], looks[1], looks[4], looks[5]]
  return { thinking, growing, markdown }

  async function thinking() {
    for (const look of shown) {
      const page = await ask(look, 'thinking')
      await page.waitForSelector('.bubble--thinking')
      await picture(page, look, 'answer-thinking')
      await page.click('.message__stop')
      await page.context().close()
    }
  }

  async function growing() {
    for (const look of shown) {
      const page = await ask(look, 'growing')
      await page.waitForSelector('.is-growing pre')
      await picture(page, look, 'answer-growing')
      await page.click('.message__stop')
      await page.waitForSelector('.message__end')
      await picture(page, look, 'answer-stopped')
      await page.context().close()
    }
  }

  async function markdown() {
    for (const look of shown) {
      const page = await ask(look, 'markdown')
      fake.release()
      fake.release()
      await page.locator('.message--bot:not(.is-growing) blockquote').last().waitFor()
      await picture(page, look, 'answer-whole')
      for (const [text, shown] of said) {
        await page.fill('#input', text)
        await page.press('#input', 'Enter')
        await page.locator('.message--own[data-state=sent]', { hasText: shown }).last().waitFor()
      }
      await picture(page, look, 'markdown')
      await page.context().close()
    }
  }

  async function ask(look, room) {
    const { bot, people } = rooms[room]
    const page = await enter(look, people[shown.indexOf(look)], `/r/${room}`)
    const question = look.lang === 'en' ? 'how do I back off?' : '写一个带抖动的指数退避'
    await send(page, `@${bot} ${question}`)
    return page
  }
}
