import { afterEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { fakeOpenAI, type FakeOpenAI } from '../../scripts/fake-openai/server.mjs'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, inState, LAN_NAME, line, pasted, reads, writes } from './browser.js'

const code = '看这个：\n```js\nconst wait = 2 ** 3 // **not bold**\n```\n用 `wait`'
const table = '| 城市 | 气温 |\n|---|--:|\n| **上海** | 19 |\n| 北京 | 12 |'
const bubble = (page: Page, text: string) => line(page, text).locator('.bubble')

const dense = `| When | Who | What is to be done until then, and by whom |
|---|---|---|
| Monday | everybody who is in the room at that time | Ask each of the neighbours whether their cellar is dry, and write down what they say |`

test('on a phone a wide table is moved sideways, and its rows are as high as their text', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada', { size: 'phone' })
  await world.grace.says(dense)
  const table = ada.locator('.wide')
  await table.waitFor()
  expect(await table.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeGreaterThan(100)
  const row = await table.locator('tbody tr').boundingBox()
  expect(row?.height).toBeLessThan(100)
  expect(await ada.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

test('a cell that is wider than its column breaks its text, in Chinese and in one long word', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  const cells = ['一个没有标点的很长的名字'.repeat(4), 'https://example.org/' + 'a-path'.repeat(9)]
  await world.grace.says(
    `| 名字 | 数量 |\n|---|--:|\n${cells.map((cell) => `| ${cell} | 3 |`).join('\n')}`,
  )
  await ada.locator('.wide td').nth(3).waitFor()
  expect(await ada.locator('.wide :is(th, td)').evaluateAll(spilling)).toEqual([])
})

describe('what people mark', () => {
  test('is shown so: bold, lists, quotes, tables, code in colours', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await world.grace.says(`**重点。**来了\n\n- 一\n- 二\n\n> 引用\n\n${table}`)
    await world.grace.says(code)
    await ada.locator('.bubble .code-word', { hasText: 'const' }).waitFor()

    const rich = bubble(ada, '重点')
    const tags = await rich.evaluate((node) =>
      [...node.children].map(({ tagName }) => tagName.toLowerCase()),
    )
    expect(tags).toEqual(['p', 'ul', 'blockquote', 'div'])
    expect(await rich.locator('strong').allTextContents()).toEqual(['重点。', '上海'])
    expect(await bubble(ada, 'wait').locator('pre').textContent()).toBe(
      'const wait = 2 ** 3 // **not bold**',
    )
    expect(await axe(ada)).toEqual([])
  })

  test('needs nothing more where nothing is marked, and looks as it was typed', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada')
    const chunks: string[] = []
    ada.on('request', (request) => chunks.push(new URL(request.url()).pathname))
    const plain = '  two spaces,\n\n\nand 2 > 1: a+b (c) #d\n© 1998'
    await world.grace.says(plain)
    await reads(ada, 'two spaces')
    expect(await ada.locator('.bubble').textContent()).toBe(plain)
    expect(chunks.filter((path) => path.includes('blocks'))).toEqual([])
  })

  test('is copied as it was written', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn({ url: world.url.replace('127.0.0.1', LAN_NAME) }, 'Ada')
    await world.grace.says(code)
    await ada.locator('.code').waitFor()
    await ada.press('#input', 'ArrowUp')
    await ada.keyboard.press('c')
    await ada.locator('.toast', { hasText: 'Copied' }).waitFor()
    expect(await pasted(ada)).toBe(code)

    await ada.click('.code__copy')
    await ada.waitForFunction(() => document.activeElement?.matches('.code__copy'))
    expect(await pasted(ada)).toBe('const wait = 2 ** 3 // **not bold**')
  })

  test('as a link shows where it leads, and tells nobody from where', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada')
    const alike = 'https://аррӏе.com/xn--80ak6aa92e.com' // Cyrillic, with its own punycode in the path
    await world.grace.says(
      `[your bank](https://evil.example/login) and https://b.example/x_y_z and ${alike}`,
    )
    const links = bubble(ada, 'your bank').locator('a')
    await links.nth(2).waitFor()
    expect(await links.allTextContents()).toEqual([
      'your bank (evil.example)',
      'https://b.example/x_y_z',
      'https://xn--80ak6aa92e.com/xn--80ak6aa92e.com',
    ])
    for (const link of await links.all()) {
      expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc')
      expect(await link.getAttribute('target')).toBe('_blank')
    }
  })

  test('scrolls in its bubble where it is wide, on a phone too', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada', { size: 'phone', theme: 'dark' })
    const wide = Array.from({ length: 12 }, (_, n) => `column ${n}`).join(' | ')
    await world.grace.says(
      `\`\`\`\n${'x'.repeat(300)}\n\`\`\`\n\n| ${wide} |\n|${'---|'.repeat(12)}`,
    )
    await ada.locator('.wide').waitFor()
    const overflows = (selector: string) =>
      ada.locator(selector).evaluate((node) => node.scrollWidth > node.clientWidth)
    expect([await overflows('pre'), await overflows('.wide'), await overflows('#log')]).toEqual([
      true,
      true,
      false,
    ])
    expect(await axe(ada)).toEqual([])
  })
})

describe('an answer in Markdown', () => {
  let fake: FakeOpenAI
  afterEach(() => fake.close())

  test('looks whole while it grows, and keeps the code that stands', async () => {
    fake = await fakeOpenAI({ scenario: 'markdown' })
    const bot = { use: 'openai', base_url: fake.url, model: 'any', hear: 'mention' }
    const world = await lobby({ plugins: { 'bot:助手': bot } })
    const ada = await comesIn(world, 'Ada')
    await writes(ada, '@助手 how?')
    await ada.locator('.bubble strong', { hasText: 'full jit' }).waitFor()
    fake.release()
    await reads(ada, 'in time')
    expect(await ada.locator('.is-growing .bubble').textContent()).toBe('Use full jitter in time')

    fake.release()
    const growing = ada.locator('.is-growing pre', { hasText: 'const wait =' })
    const pre = await growing.elementHandle()
    fake.release()
    await ada.locator('.is-growing li', { hasText: 'two' }).waitFor()
    expect(await pre?.evaluate((node) => [node.isConnected, node.textContent])).toEqual([
      true,
      'const wait = 2 ** tries',
    ])

    fake.release()
    await ada.locator('.is-growing').waitFor({ state: 'detached' })
    expect(await ada.locator('.message--bot a').textContent()).toBe('time (example.org)')
  })
})

test('numbers have the room they need, and a wide line keeps its lines, pointed at or no more the newest', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  for (const text of ['1. tea', '104. coffee', ['```', 'wide '.repeat(60), '```'].join('\n')]) {
    await writes(ada, text)
    await reads(ada, text.replaceAll(/`{3}|^\d+\. |\n/g, '').trim())
  }
  const before = await ada.locator('.bubble ol').evaluateAll(paddings)
  expect(before[1]).toBeGreaterThan((before[0] ?? 0) + 10)

  const wide = line(ada, 'wide').locator('.bubble')
  const width = () => wide.evaluate((bubble) => bubble.getBoundingClientRect().width)
  await inState(ada, 'wide', 'sent').waitFor()
  const newest = await width()
  await writes(ada, 'narrow')
  await inState(ada, 'narrow', 'sent').waitFor()
  await wide.hover()
  await line(ada, 'wide').locator('.message__tools').waitFor()
  expect(await width()).toBe(newest)
})

/** Runs in the page. */
const paddings = (lists: Element[]) =>
  lists.map((list) => Number.parseFloat(getComputedStyle(list).paddingInlineStart))

/** Runs in the page. */
const spilling = (cells: Element[]) =>
  cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map(({ textContent }) => textContent)
