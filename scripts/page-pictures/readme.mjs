import { stat } from 'node:fs/promises'

const MOST_BYTES = 250_000
const said = {
  'zh-CN': {
    me: '云朵',
    rooms: ['dev', encodeURIComponent('读书会')],
    before: [
      ['林小满', '早！昨天那本《海边的卡夫卡》你们读到哪儿了？'],
      ['阿哲', '刚开始，第三章。开头有点慢'],
      ['阿哲', '不过猫一出场我就停不下来了 🐈'],
      ['Dora', 'Same here. The cat chapters are the best part so far: https://example.org/cats'],
    ],
    mine: '我刚读完第一章。',
    next: [['南枝', '晚上八点在线聊？\n1. 先说喜欢的一句\n2. 再说不懂的地方']],
    asked: '@小小鸟 (3+4)*5 等于多少？',
    last: [['林小满', '👍 那就八点，我来提醒大家']],
  },
  en: {
    me: 'Robin',
    rooms: ['dev', 'book-club'],
    before: [
      ['Maya', 'Morning! How far did you get in “Kafka on the Shore”?'],
      ['Leo', 'Just begun, chapter three. It starts slowly'],
      ['Leo', 'But since the cat came in I cannot stop 🐈'],
      ['南枝', '我也是，猫的那几章最好看：https://example.org/cats'],
    ],
    mine: 'I finished the first chapter.',
    next: [['Nora', 'Online at eight tonight?\n1. A sentence you like\n2. What you did not get']],
    asked: '@bird what is (3+4)*5?',
    last: [['Maya', '👍 Eight it is, I will remind everyone']],
  },
}

/** The file in docs/ of a picture in a language. @param {string} name @param {string} lang */
export const inDocs = (name, lang) => `docs/${name}${lang === 'en' ? '' : `.${lang}`}.png`

/**
 * The two pictures of a README, in its language. It wants a house of its own, where nobody speaks another.
 * @param {Record<string, any>} studio
 * @param {keyof typeof said} lang
 */
export async function readme({ url, faults, open, enter, make, send, tell, picture }, lang) {
  const { me: name, rooms, before, mine, next, asked, last } = said[lang]
  const desktop = { size: 'desktop', lang, theme: 'light' }
  const [first, ...others] = rooms
  const me = await enter(desktop, name, `/r/${first}`)
  for (const room of others) {
    await me.goto(`${url}/r/${room}`)
    await make(me)
  }
  await me.goto(`${url}/`)
  await tell('lobby', before)
  await send(me, mine)
  await tell('lobby', next)
  await send(me, asked)
  await me.waitForSelector('.message--bot')
  await tell('lobby', last)
  const { cookies } = await me.context().storageState()
  for (const [file, look] of Object.entries({
    room: desktop,
    phone: { size: 'phone', lang, theme: 'dark' },
  })) {
    const page = await open(look, '/', cookies)
    await page.locator('.bubble', { hasText: last[0][1] }).waitFor()
    const path = inDocs(file, lang)
    await picture(page, look, 'readme', path)
    const { size } = await stat(path)
    if (size > MOST_BYTES) faults.push(`${path} has ${size} bytes, at most ${MOST_BYTES}`)
  }
}
