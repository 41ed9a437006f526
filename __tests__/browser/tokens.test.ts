import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, chooses, comesIn, drawnByBrowser, type Look } from './browser.js'

test.each<[string, Look]>([
  ['a desktop in English', { lang: 'en' }],
  ['a dark phone in Chinese', { lang: 'zh-CN', size: 'phone', theme: 'dark' }],
])(
  'a host makes a token, is shown it once with lines to try, and ends it, on %s',
  async (_, look) => {
    const world = await lobby()
    const page = await comesIn(world, 'Ada', { ...look, role: 'host' })
    await chooses(page, '.top__about', look.lang === 'en' ? 'Bot tokens' : '机器人的令牌')
    await page.waitForURL(`${world.url}/bots`)
    expect(await axe(page)).toEqual([])
    expect(await drawnByBrowser(page)).toBe(0)
    await page.press('#name', 'Enter')
    await page.locator('#fault', { hasText: look.lang === 'en' ? 'nickname' : '昵称' }).waitFor()
    await page.fill('#name', '构建 bot')
    await page.press('#name', 'Enter')
    await page.waitForSelector('.passes__made')
    expect(await axe(page)).toEqual([])
    const [token = '', ...lines] = await page.locator('.passes__code').allTextContents()
    expect(token).toMatch(/^crt_[\w-]{43}$/)
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line).toContain(`Bearer ${token}`)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

    await page.goto(`${world.url}/bots`)
    expect(await page.content()).not.toContain(token)
    await page.click('.passes__one .button--danger')
    await page.waitForSelector('.passes__one', { state: 'detached' })
  },
)
