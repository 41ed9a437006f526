import { stat } from 'node:fs/promises'

const MOST_BYTES = 250_000
const said = {
  'zh-CN': {
    me: '云朵',
    asker: '投票',
    rooms: ['dev', encodeURIComponent('读书会')],
    before: [
      ['阿哲', '刚开始，第三章。开头有点慢'],
      ['阿哲', '不过猫一出场我就停不下来了 🐈'],
      ['Dora', 'Same here. The cat chapters are the best part so far: https://example.org/cats'],
    ],
    mine: '我刚读完第一章。',
    poll: ['南枝', '/投票 今晚几点聊？ | 八点 | 九点'],
    votes: { 林小满: '八点', 阿哲: '八点', Dora: '九点' },
    asked: '@小小鸟 (3+4)*5 等于多少？',
    last: [['林小满', '👍 那就八点，我来提醒大家']],
  },
  en: {
    me: 'Robin',
    asker: 'poll',
    rooms: ['dev', 'book-club'],
    before: [
      ['Leo', 'Just begun, chapter three. It starts slowly'],
      ['Leo', 'But since the cat came in I cannot stop 🐈'],
      ['南枝', '我也是，猫的那几章最好看：https://example.org/cats'],
    ],
    mine: 'I finished the first chapter.',
    poll: ['Nora', '/poll When do we talk? | At eight | At nine'],
    votes: { Maya: 'At eight', Leo: 'At eight', 南枝: 'At nine' },
    asked: '@bird what is (3+4)*5?',
    last: [['Maya', '👍 Eight it is, I will remind everyone']],
  },
}

/** Beside the bird a bot that asks, of those that come with the server. */
export const asks = (/** @type {keyof typeof said} */ lang) => [
  '--set',
  `bot:${said[lang].asker}.use=poll`,
]

/** The file in docs/ of a picture in a language. @param {string} name @param {string} lang */
export const inDocs = (name, lang) => `docs/${name}${lang === 'en' ? '' : `.${lang}`}.png`

/**
 * The two pictures of a README, in its language. It wants a house of its own, where nobody speaks another.
 * @param {Record<string, any>} studio
 * @param {keyof typeof said} lang
 */
export async function readme(studio, lang) {
  const { url, faults, open, enter, make, send, tell, speaker, picture } = studio
  const { me: name, rooms, before, mine, poll, votes, asked, last } = said[lang]
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
  await tell('lobby', [poll])
  for (const [voter, choice] of Object.entries(votes))
    await (await speaker(voter, 'lobby')).locator('.choice', { hasText: choice }).click()
  await me.locator('.choice').first().click()
  await send(me, asked)
  await me.locator('.message--bot', { hasText: '35' }).waitFor()
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
