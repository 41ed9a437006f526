import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby, type World } from '../helpers/lobby.js'
import { comesIn, inState, reads, visit, writes, type Look } from './browser.js'

/** Everything that hears keys: how it comes into view, who hears them, and the keys that it would act on. */
const HANDLERS: readonly [what: string, set: (page: Page) => Promise<unknown>, keys: string[]][] = [
  ['the field', (page) => page.fill('#input', 'nihao'), ['Enter']],
  ['the empty field', (page) => page.fill('#input', ''), ['ArrowUp', 'End', 'Enter']],
  ['an edit', editsLast, ['Escape', 'Enter']],
  ['the list over the field', suggestsNames, ['ArrowDown', 'Enter', 'Tab', 'Escape']],
  ['the messages', standsOnMessage, ['ArrowUp', 'Home', 'End', 'Enter', 'c', 'Escape', '?']],
  ['a menu', opensMenu, ['ArrowDown', 'End', 'Enter', 'Tab', 'Escape', 's']],
  ['the emoji', opensEmoji, ['ArrowDown', 'Enter', 'Escape']],
  ['the switcher', opensSwitcher, ['ArrowDown', 'ArrowUp', 'Enter']],
  ['a button', (page) => page.focus('.top__about'), ['?', 'a']],
]

test.each(HANDLERS)('%s leaves the keys of an input method alone', async (_what, set, keys) => {
  const world = await roomOfTwo()
  const page = await comesIn(world, '小红', { lang: 'zh-CN' })
  await writes(page, '第一句')
  await inState(page, '第一句', 'sent').waitFor()
  await set(page)
  await leavesAlone(page, keys)
})

test('an open drawer leaves Escape to an input method', async () => {
  const page = await comesIn(await roomOfTwo(), '小红', { lang: 'zh-CN', size: 'phone' })
  await page.click('.top__menu')
  await page.locator('.side.is-open .drawer-only').waitFor()
  await leavesAlone(page, ['Escape'])
})

test('Enter that chooses a word for the nickname does not sign in', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/`, { lang: 'zh-CN' } satisfies Look)
  await page.fill('#name', 'xiaohong')
  await leavesAlone(page, [])
  const swallowed = await page.evaluate(press, { key: 'Enter', keyCode: 229, isComposing: false })
  expect(swallowed).toBe(true) // or the browser would send the form
  expect(new URL(page.url()).pathname).toBe('/signin')
})

test.each([
  ['the search', opensSearch],
  ['the form of a room', opensMaking],
])('Enter that chooses a word in %s does not send it', async (_what, set) => {
  const page = await comesIn(await roomOfTwo(), '小红', { lang: 'zh-CN' })
  await set(page)
  const before = await page.evaluate(look)
  const swallowed = await page.evaluate(press, { key: 'Enter', keyCode: 229, isComposing: false })
  expect(swallowed).toBe(true) // or the browser would send the form
  expect(await page.evaluate(look)).toEqual(before)
  await leavesAlone(page, ['Escape'])
})

test('Enter that chooses a word in a form of a bot’s does not send it', async () => {
  const asker = `
    export const triggers = { keyword: '报名' }
    const fields = [{ id: 'name', label: '名字', type: 'text' }]
    export default (ctx) => ctx.reply('谁来？', { card: { fields, submit: '我来' } })`
  const world = await lobby({ files: { 'bots/asker.js': asker } })
  const page = await comesIn(world, '小红', { lang: 'zh-CN' })
  await writes(page, '报名')
  await page.getByLabel('名字').fill('xiaohong')
  const swallowed = await page.evaluate(press, { key: 'Enter', keyCode: 229, isComposing: false })
  expect(swallowed).toBe(true) // or the browser would press its button
})

test('nor does one on the page of bare lines', async () => {
  const world = await lobby({ config: { 'server.plain': true } })
  const page = await visit(`${world.url}/plain`, { lang: 'zh-CN' })
  await page.fill('[name=line]', 'nihao')
  const swallowed = await page.evaluate(press, { key: 'Enter', keyCode: 229, isComposing: false })
  expect(swallowed).toBe(true)
})

test('nor in the form of a bot’s token', async () => {
  const world = await lobby()
  const page = await comesIn(world, '小红', { lang: 'zh-CN', role: 'host' })
  await page.goto(`${world.url}/bots`)
  await page.fill('#name', 'xiaoniao')
  const swallowed = await page.evaluate(press, { key: 'Enter', keyCode: 229, isComposing: false })
  expect(swallowed).toBe(true)
})

/** Presses the keys as an input method does, each way; nothing is stopped and nothing changes. */
async function leavesAlone(page: Page, keys: readonly string[]) {
  const before = await page.evaluate(look)
  for (const key of keys) {
    for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
      const stopped = await page.evaluate(press, { key, keyCode: 0, isComposing: false, ...how })
      const after = await page.evaluate(look)
      expect({ key, how, stopped, after }).toEqual({ key, how, stopped: false, after: before })
    }
  }
}

/** To whoever has the focus. @returns Whether it was stopped. */
const press = (key: { key: string; keyCode: number; isComposing: boolean }) =>
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true }),
  ) === false

/** What a key could have changed. */
const look = () => {
  const count = (selector: string) => document.querySelectorAll(selector).length
  const { activeElement } = document
  const field = document.querySelector<HTMLTextAreaElement>('#input')
  return {
    focus: activeElement && [...document.querySelectorAll('*')].indexOf(activeElement),
    written: field?.value,
    chosen: [...document.querySelectorAll('[aria-activedescendant]')].map((element) =>
      element.getAttribute('aria-activedescendant'),
    ),
    messages: count('.message'),
    open: count('dialog[open], .menu, .emoji, #suggest:not([hidden]), .is-open'),
    editing: [...document.querySelectorAll('.composer__target')].map(
      (element) => element.checkVisibility?.() ?? true,
    ),
  }
}

async function roomOfTwo(): Promise<World> {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('hello')
  return world
}

async function editsLast(page: Page) {
  await page.press('#input', 'ArrowUp')
  await page.locator('.composer__target').waitFor()
}

async function suggestsNames(page: Page) {
  await page.locator('#input').pressSequentially('@')
  await page.locator('#suggest [role=option]').first().waitFor()
}

async function standsOnMessage(page: Page) {
  await reads(page, 'hello')
  await page.press('#input', 'Shift+Tab')
  await page.keyboard.press('ArrowUp')
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('message')
}

async function opensMenu(page: Page) {
  await page.click('#own')
  await page.locator('.menu').waitFor()
}

async function opensEmoji(page: Page) {
  await page.click('.composer__emoji')
  await page.locator('.emoji__one').first().waitFor()
}

async function opensSwitcher(page: Page) {
  await page.keyboard.press('Control+k')
  await page.locator('#switcher [role=option]').nth(1).waitFor()
}

async function opensSearch(page: Page) {
  await page.locator('.top').getByRole('button', { name: '搜索' }).click()
  await page.fill('#search-field', 'hello')
  await page.locator('.hit').first().waitFor()
}

async function opensMaking(page: Page) {
  await page.getByRole('button', { name: '新建房间' }).click()
  await page.fill('#making-title', 'dushuhui')
}
