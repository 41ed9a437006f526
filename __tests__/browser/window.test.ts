import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, outside, reads, resizes } from './browser.js'

test('zoomed to 200 % nothing scrolls sideways, and the field is in view', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says(`a long-${'word'.repeat(60)} and ${'some more '.repeat(40)}`)
  const ada = await comesIn(world, 'Ada')
  await resizes(ada, 640, 400) // 1280 × 800, twice as large
  await reads(ada, 'a long')
  expect(await ada.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640)
  expect(await endOfField(ada)).toBeLessThanOrEqual(400)
  expect(await ada.locator('#log').evaluate(({ clientHeight }) => clientHeight)).toBeGreaterThan(
    100,
  )
})

test('as narrow as a phone, a line has the width of the window, and its tools stand over its edge', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('a line that is long enough to be broken in the middle somewhere')
  const ada = await comesIn(world, 'Ada')
  await resizes(ada, 320, 640) // 1280 wide, four times as large
  const bubble = ada.locator('.bubble', { hasText: 'a line' })
  const width = () => bubble.evaluate((node) => node.getBoundingClientRect().width)
  expect(await width()).toBeGreaterThan(200)
  await bubble.hover()
  await ada.locator('.message__tools').waitFor()
  expect(await outside(ada, '#log')).toEqual([])
  expect(await width()).toBeGreaterThan(200)
  await ada.locator('.message__tool[data-act=reply]').click()
  await ada.locator('.composer__heading', { hasText: 'grace' }).waitFor()
})

test('what opens in the narrowest of windows lies within it whole, with larger text too', async () => {
  const plugins = { 'bot:机器人小小鸟': { use: 'offline' } }
  const world = await lobby({ people: ['wilhelmina_of_oranje'], plugins })
  await world.wilhelmina_of_oranje.says('water lilies')
  const ada = await comesIn(world, 'Ada', { size: 'phone', role: 'host' })
  await resizes(ada, 280, 653) // a phone that can be folded
  await enlarges(ada)
  const sticksOut: string[] = []
  const see = async (panel: string) => sticksOut.push(...(await outside(ada, panel)))
  await ada.click('.composer__emoji')
  await ada.locator('.emoji__one').first().waitFor()
  await see('.emoji')
  await ada.click('.emoji__done')
  await ada.click('#listening')
  await ada.locator('.bot').first().waitFor()
  await ada.locator('.bot__rules summary').first().click()
  await ada.getByLabel('Quiet hours').first().check()
  await ada.locator('.bot__times').first().waitFor()
  await see('#bots')
  await ada.keyboard.press('Escape')
  await ada.getByRole('button', { name: 'Search', exact: true }).first().click()
  await ada.fill('#search-field', 'lilies')
  await ada.locator('.hit').waitFor()
  await see('.hit__head')
  await ada.locator('#search').getByRole('button', { name: 'Close' }).click()
  await ada.click('.top__menu')
  await ada.click('.side__invite')
  await ada.locator('.invites__make').waitFor()
  await see('#share')
  await ada.keyboard.press('Escape')
  await ada.click('.top__menu')
  await ada.getByRole('button', { name: 'New room' }).click()
  await ada.locator('#making-title').waitFor()
  await see('#making')
  await ada.goto(`${world.url}/r/elsewhere`)
  await enlarges(ada)
  await see('body')
  expect(sticksOut).toEqual([])
})

test('the head of the narrowest phone says whole where words go', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
  await resizes(ada, 320, 568)
  const away = ada.locator('.listening__away', { hasText: 'Bots work offline' })
  await away.waitFor()
  expect(await away.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)
})

test('how many are here stands in one piece, however narrow the list of members', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
  await resizes(ada, 280, 653)
  await ada.click('.top__people')
  const pieces = ada.locator('.people__count', { hasText: '1 online · 1 bot' })
  await pieces.waitFor()
  expect(await pieces.evaluate((count) => count.getClientRects().length)).toBe(1)
})

test('in a wide window the box of a notice is not much wider than its lines', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { room: 'garden' })
  await resizes(ada, 1600, 900)
  await ada.fill('#input', `/topic ${'What we talk about each week, '.repeat(4)}and where`)
  await ada.press('#input', 'Enter')
  const notice = ada.locator('.mark--notice', { hasText: 'each week' })
  await notice.waitFor()
  expect(await notice.evaluate(filled)).toBeGreaterThan(0.7)
})

/** Runs in the page: how much of the width of its box a text takes. */
function filled(box: Element) {
  const text = document.createRange()
  text.selectNodeContents(box)
  return text.getBoundingClientRect().width / box.getBoundingClientRect().width
}

test('a dialog that stands at the top of a low window shows its last line as well', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
  await resizes(ada, 390, 560)
  await ada.getByRole('button', { name: 'Search', exact: true }).first().click()
  const last = ada.locator('#search .help dd').last()
  await last.scrollIntoViewIfNeeded()
  const { y = 999, height = 0 } = (await last.boundingBox()) ?? {}
  expect(y + height).toBeLessThanOrEqual(560)
})

test('a menu at the edge of the window is as wide as its words, and keeps clear of the edge', async () => {
  const world = await lobby({ people: ['wilhelmina_of_oranje'] })
  const ada = await comesIn(world, 'Ada')
  await ada.locator('.person', { hasText: 'wilhelmina' }).click()
  const item = ada.locator('.menu__item', { hasText: 'wilhelmina' })
  await item.waitFor()
  const { width = 0, x = 0 } = (await ada.locator('.menu').boundingBox()) ?? {}
  expect(x + width).toBeLessThanOrEqual(1280 - 8)
  expect((await item.boundingBox())?.height).toBeLessThan(48) // one line
})

test('a keyboard that lies over the page leaves the field above it, and gives the place back', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
  await leaves(ada, 420)
  expect(await endOfField(ada)).toBeLessThanOrEqual(420)
  await leaves(ada, 844)
  expect(await endOfField(ada)).toBeGreaterThan(700)
})

test('a phone on its side with its keyboard still shows the talk and the rooms', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
  await resizes(ada, 844, 200)
  await ada.locator('.is-low').waitFor()
  const { height = 0 } = (await ada.locator('#log').boundingBox()) ?? {}
  expect(height).toBeGreaterThan(75)
  const room = (await ada.locator('.rooms__link').first().boundingBox()) ?? { y: 999, height: 0 }
  expect(room.y + room.height).toBeLessThan(140)
  expect(await endOfField(ada)).toBeLessThanOrEqual(200)
})

/** Text is a quarter larger, as the browser can be told to have it. */
const enlarges = (page: Page) =>
  page.evaluate(() => document.documentElement.style.setProperty('font-size', '125%'))

/** So much of the window is left by the keyboard; this browser has none. */
const leaves = (page: Page, height: number) =>
  page.evaluate((value) => {
    if (!window.visualViewport) return
    Object.defineProperty(window.visualViewport, 'height', { value, configurable: true })
    window.visualViewport.dispatchEvent(new Event('resize'))
  }, height)

const endOfField = (page: Page) =>
  page.locator('.composer__box').evaluate((field) => field.getBoundingClientRect().bottom)
