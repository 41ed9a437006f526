/** Where they talk. */
export const room = encodeURIComponent('读书会')
const unbroken = 'x'.repeat(600)
const zalgo = 'Z̷̢̛̭̠̃̏͆a̵̡̛͎̾l̶̰͝g̸̹̅ȯ̶̙'
const talk = [
  ['林小满', '早！昨天那本《海边的卡夫卡》你们读到哪儿了？'],
  ['阿哲', '刚开始，第三章。开头有点慢'],
  ['阿哲', '不过猫一出场我就停不下来了 🐈'],
  ['Dora', 'Same here. The cat chapters are the best part so far: https://example.org/cats'],
  ['南枝', '晚上八点在线聊？\n1. 先说喜欢的一句\n2. 再说不懂的地方'],
  ['林小满', '👍'],
  ['欧阳明远', '好。小小鸟，提醒一下大家'],
]
const hard = [
  ['阿哲', unbroken],
  ['Dora', zalgo],
  ['南枝', 'مرحبا بالجميع، هل نبدأ الآن؟'],
  ['林小满', '👩‍👩‍👧‍👦🏳️‍🌈🇨🇳'],
]

/** A room that people talk in: its lines, their states, texts that break layouts, and the menu of a message. */
export function talking({ looks, open, enter, picture, send, tell, whileAway }) {
  return { lively, states, reading, hardText }

  async function lively() {
    const me = await enter(looks[0], '云朵', `/r/${room}`)
    await tell(room, talk.slice(0, 3))
    await send(me, '我读到第五章了，不剧透')
    await tell(room, talk.slice(3))
    await send(me, '小小鸟，掷个骰子决定谁先说')
    await me.waitForSelector('.message--bot')
    const { cookies } = await me.context().storageState()
    for (const look of looks) {
      const page = await open(look, `/r/${room}`, cookies)
      await page.waitForSelector('.message--bot')
      await picture(page, look, 'room')
      await page.context().close()
    }
    await me.context().close()
  }

  async function states() {
    for (const look of [looks[0], looks[5]]) {
      const page = await enter(look, look.lang === 'en' ? 'Maya' : '小鹿', '/r/film-night')
      await send(page, look.lang === 'en' ? 'This one arrived.' : '这一条到了。')
      await page.waitForSelector('[data-state=sent]')
      await whileAway(async () => {
        await page.waitForSelector('.bar__button:visible')
        await page.fill('#input', look.lang === 'en' ? 'Written in a tunnel' : '在隧道里写的')
        await page.press('#input', 'Enter')
        await page.waitForSelector('[data-state=waiting]')
        await picture(page, look, 'disconnected')
      })
      await page.waitForSelector('.bar--good')
      await picture(page, look, 'restored')
      await page.context().close()
    }
  }

  async function reading() {
    const look = looks[0]
    const lines = Array.from({ length: 90 }, (_, index) => [
      ['阿哲', '林小满', 'Dora'][Math.floor(index / 2) % 3],
      `第 ${index + 1} 句`,
    ])
    await tell('long-reads', lines)
    const page = await enter(look, '读者', '/r/long-reads')
    await page.waitForSelector('.message')
    await page.evaluate(() => document.getElementById('log')?.scrollTo(0, 900))
    await page.waitForSelector('.pill:visible')
    await tell('long-reads', [
      ['阿哲', '新的一句'],
      ['Dora', 'One more'],
    ])
    await page.waitForSelector('.pill--new')
    const message = page.locator('.message').nth(30)
    await message.scrollIntoViewIfNeeded()
    await message.hover()
    await message.locator('.message__more').click()
    await picture(page, look, 'message-menu')
    await page.context().close()
  }

  async function hardText() {
    await tell('languages', hard)
    for (const look of [looks[0], looks[5]]) {
      const page = await enter(look, look.lang === 'en' ? 'Hanna' : '小岩', '/r/languages')
      await page.waitForSelector('.message')
      await picture(page, look, 'hard-text')
      await page.context().close()
    }
  }
}
