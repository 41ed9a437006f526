import { describe, expect, test } from '@jest/globals'
import type { Route } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, goesTo, holds, inState, reads, resizes } from './browser.js'

const help =
  'Tells what the weather is going to be like in any city of the world, with wind and rain'
const WEATHER = `
  export const triggers = { command: { name: 'weather', aliases: ['天气'], help: { en: '${help}' } } }
  export default (ctx) => ctx.reply('fine')`

describe('the field finishes what is being written', () => {
  test('a name after @, chosen with the arrows, and Enter does not send yet', async () => {
    const world = await lobby()
    await comesIn(world, 'Bobby')
    const ada = await comesIn(world, 'Ada')
    await ada.locator('.person', { hasText: 'Bobby' }).waitFor()

    await ada.locator('#input').pressSequentially('hello @')
    await ada.locator('#suggest [role=option]').first().waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.locator('#input').pressSequentially('bob')
    await ada.press('#input', 'Enter')
    await holds(ada, 'hello @Bobby ')
    await ada.press('#input', 'Enter')
    await reads(ada, 'hello @Bobby')
  })

  test('an emoji after a colon, and Escape leaves the colon alone', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await ada.locator('#input').pressSequentially(':tada')
    await ada.locator('#suggest [role=option]', { hasText: ':tada:' }).waitFor()
    await ada.press('#input', 'Tab')
    await holds(ada, '🎉 ')

    await ada.locator('#input').pressSequentially('at:+1: :nothing: 好:Heart:')
    await ada.waitForFunction(() => document.querySelector('textarea')?.value.endsWith('好❤️'))
    await holds(ada, '🎉 at:+1: :nothing: 好❤️')

    await ada.fill('#input', '')
    await ada.locator('#input').pressSequentially(':smi')
    await ada.locator('#suggest [role=option]').first().waitFor()
    await ada.press('#input', 'Escape')
    await ada.locator('#suggest').waitFor({ state: 'hidden' })
    await holds(ada, ':smi')
  })

  test('an emoji that comes when its line has gone is not written into the next one', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const asked = new Promise<Route>((resolve) => void ada.route(/\/en-[^/]+\.js/, resolve))
    await ada.locator('#input').pressSequentially(':tada:')
    await ada.press('#input', 'Enter')
    await reads(ada, ':tada:')

    const route = await asked
    await route.continue()
    await ada.evaluate((url) => import(url), route.request().url())
    await holds(ada, '')
  })

  test.each(['desktop', 'phone'] as const)(
    'a command, with its other names, what it does and whose it is, and sends it when it is whole, on a %s',
    async (size) => {
      const world = await lobby({
        plugins: { 'bot:bird': { use: 'offline' }, 'bot:weather': { use: './weather.mjs' } },
        files: { 'weather.mjs': WEATHER },
      })
      const ada = await comesIn(world, 'Ada', { size })
      await ada.locator('#input').pressSequentially('/')
      const entry = ada.locator('#suggest [role=option]', { hasText: '/weather' })
      await entry.waitFor()
      expect(await axe(ada)).toEqual([])
      expect(await entry.innerText()).toMatch(/^\/weather \/天气\nTells what .+ rain\s+weather$/)
      expect(await entry.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0)

      await ada.locator('#input').pressSequentially('天气') // written out, it goes with one Enter
      await entry.waitFor()
      await ada.press('#input', 'Enter')
      await ada.locator('.message', { hasText: '/天气' }).waitFor()
    },
  )

  test('Enter right behind a word never meets what was offered for an earlier one', async () => {
    const ada = await comesIn(await lobby({ plugins: { 'bot:bird': { use: 'offline' } } }), 'Ada')
    const asked = new Promise<Route>((resolve) => void ada.route(/\/en-[^/]+\.js/, resolve))
    await ada.locator('#input').pressSequentially('/')
    await ada.locator('#suggest [role=option]').first().waitFor()
    await ada.fill('#input', ':smi')
    const route = await asked
    await ada.press('#input', 'Enter')
    await reads(ada, ':smi')
    await route.continue()
    await ada.evaluate((url) => import(url), route.request().url())
  })

  test('a command is found among those asked for at its beginning, without a word to the server', async () => {
    const ada = await comesIn(await lobby({ plugins: { 'bot:bird': { use: 'offline' } } }), 'Ada')
    await ada.locator('#input').pressSequentially('/')
    await ada.locator('#suggest [role=option]').first().waitFor()
    await ada.context().setOffline(true)
    await ada.locator('#input').pressSequentially('hel')
    await ada.press('#input', 'Enter')
    await holds(ada, '/help ')
  })

  test('but a key of an input method chooses nothing', async () => {
    const world = await lobby()
    const ada = await comesIn(world, '小红', { lang: 'zh-CN' })
    await ada.locator('#input').pressSequentially('@')
    await ada.locator('#suggest [role=option]').first().waitFor()
    await ada.evaluate(() => {
      const key = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })
      document.getElementById('input')?.dispatchEvent(key)
    })
    await holds(ada, '@')
  })
})

describe.each([
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const)('the emoji picker on a %s', (size, theme) => {
  test('finds by a word, takes with Enter, and remembers', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { size, theme, lang: 'zh-CN' })
    await ada.click('.composer__emoji')
    await ada.locator('.emoji__one').first().waitFor()
    expect(await axe(ada)).toEqual([])

    await ada.fill('.emoji__search', '猫')
    await ada.locator('.emoji__one[data-emoji="🐱"]').waitFor()
    await ada.press('.emoji__search', 'Enter')
    await ada.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#input')?.value)
    if (size === 'phone') await ada.click('.emoji__done')

    await ada.click('.composer__emoji')
    await ada.locator('.emoji__heading', { hasText: '最近用过' }).waitFor()
    await ada.keyboard.press('Escape')
    await ada.locator('.emoji').waitFor({ state: 'detached' })
  })
})

test('on a phone several emoji are taken in a row, and sent, with their sheet open and no keyboard', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone', lang: 'zh-CN' })
  const focused = () => ada.evaluate(() => document.activeElement?.id)
  await ada.tap('.composer__emoji')
  for (const emoji of ['😀', '😅', '😀']) await ada.tap(`.emoji__one[data-emoji="${emoji}"]`)
  await holds(ada, '😀😅😀')
  await ada.tap('.composer__send')
  await inState(ada, '😀😅😀', 'sent').waitFor()
  expect([await ada.locator('.emoji').count(), await focused()]).toEqual([1, ''])

  await ada.tap('#input') // the other way to write
  expect([await ada.locator('.emoji').count(), await focused()]).toEqual([0, 'input'])
})

test.each([
  ['zh-CN', 'cat', '搜索结果'],
  ['en', '猫', 'Results'],
] as const)('on a page in %s, an emoji is found as %s, too', async (lang, word, heading) => {
  const ada = await comesIn(await lobby(), 'Ada', { lang })
  await ada.click('.composer__emoji')
  await ada.fill('.emoji__search', word)
  await ada.locator('.emoji__heading', { hasText: heading }).waitFor()
  await ada.locator('.emoji__one[data-emoji="🐱"]').waitFor()
  await ada.fill('.emoji__search', 'xyzzy')
  await ada.locator('.emoji__none').waitFor()
})

test('neither menus nor emoji go when the keyboard of a phone goes or comes', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
  const isIn = async (selector: string) => {
    await resizes(ada, 390, 480)
    await ada.evaluate(() => new Promise(requestAnimationFrame)) // resize is told before it
    expect(await ada.locator(selector).count()).toBe(1)
    await resizes(ada, 390, 844)
  }
  await ada.tap('.composer__emoji')
  await ada.locator('.emoji').waitFor()
  await isIn('.emoji')
  await ada.tap('.emoji__done')
  await ada.tap('.top__about')
  await ada.locator('.menu').waitFor()
  await isIn('.menu')
})

test.each(['paste', 'drop'])('who would %s a picture is told that only text goes', async (way) => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await ada.evaluate((type) => {
    const data = new DataTransfer()
    data.items.add(new File(['x'], 'x.png', { type: 'image/png' }))
    const event =
      type === 'paste'
        ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })
    document.getElementById('input')?.dispatchEvent(event)
  }, way)
  await ada.locator('.composer__note', { hasText: 'only text' }).waitFor()
})

test('what is being written stays with its room', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await ada.fill('#input', 'half a thought')
  await goesTo(ada, `${world.url}/r/garden`)
  await holds(ada, '')
  await ada.fill('#input', 'about roses')
  await goesTo(ada, world.url)
  await holds(ada, 'half a thought')
  expect(await ada.locator('.rooms__draft:visible').count()).toBe(1) // and the list tells where it is
  await ada.locator('.rooms__link', { hasText: 'garden' }).getByText('Draft').waitFor()
})

test('a text that is too long goes as several messages, in its order', async () => {
  const { grace, ...world } = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
  const paragraphs = ['one ', 'two ', 'three '].map((word) => word.repeat(600).trim())
  await ada.fill('#input', paragraphs.join('\n\n'))
  await ada.getByRole('button', { name: '分成 3 条发送' }).click()
  await inState(ada, 'three', 'sent').waitFor()
  expect(await grace.hears()).toEqual(paragraphs.map((text) => `Ada: ${text}`))
  await holds(ada, '')
})
