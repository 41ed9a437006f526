import { afterEach, describe, expect, test } from '@jest/globals'
import type { Page, WebSocketRoute } from 'playwright-core'
import { fakeOpenAI, type FakeOpenAI } from '../../scripts/fake-openai/server.mjs'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, line, online, reads, writes } from './browser.js'

let fake: FakeOpenAI
afterEach(() => fake.close())

/** A lobby with a bot whose model plays a scenario. */
async function withModel(scenario: string) {
  fake = await fakeOpenAI({ scenario })
  const bot = { use: 'openai', base_url: fake.url, model: 'any', hear: 'mention' }
  return lobby({ people: ['grace'], plugins: { 'bot:助手': bot } })
}

const growing = (page: Page) => page.locator('.message.is-growing')
const stop = (page: Page) => page.getByRole('button', { name: 'Stop' })
/** How often a text stands in what a screen reader is told of. */
const inLog = (page: Page, text: string) => page.getByRole('log').getByText(text).count()

describe('an answer', () => {
  test('grows before everybody, and is nothing that axe minds', async () => {
    const world = await withModel('slow')
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { theme: 'dark', size: 'phone' })
    await writes(ada, '@助手 count to three')
    await Promise.all([reads(ada, 'one'), reads(bob, 'one')])
    fake.release()
    await Promise.all([reads(ada, 'one two'), reads(bob, 'one two')])
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])
  }, 60_000)

  test('can be stopped by who asked, and by nobody else; what there is stays', async () => {
    const world = await withModel('slow')
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { theme: 'dark' })
    await writes(ada, '@助手 count to three')
    await Promise.all([reads(ada, 'one'), reads(bob, 'one')])
    expect(await stop(bob).count()).toBe(0)

    await stop(ada).click()
    const ended = line(bob, 'one').locator('.message__end', { hasText: 'stopped' })
    await Promise.all([ended.waitFor(), growing(ada).waitFor({ state: 'detached' })])
    expect(await stop(ada).count()).toBe(0)
    expect(await axe(bob)).toEqual([])
  }, 60_000)

  test('changes its row in place, from the first word to the message', async () => {
    const world = await withModel('slow')
    const ada = await comesIn(world, 'Ada')
    await writes(ada, '@助手 count to three')
    await reads(ada, 'one')
    const row = await growing(ada).elementHandle()
    const words = await row?.evaluateHandle((node) => node.querySelector('.bubble')?.firstChild)
    fake.release()
    await reads(ada, 'one two')
    expect(await words?.evaluate((node) => node?.isConnected)).toBe(true)

    fake.release()
    fake.release()
    await growing(ada).waitFor({ state: 'detached' })
    expect(await row?.evaluate((node) => node.isConnected)).toBe(true)
    expect(await line(ada, 'one two three').locator('.message__end').count()).toBe(0)
  })

  test('is read out once, when it has ended', async () => {
    const world = await withModel('slow')
    const ada = await comesIn(world, 'Ada')
    await writes(ada, '@助手 count to three')
    await reads(ada, 'one')
    expect(await growing(ada).getAttribute('aria-busy')).toBe('true')

    for (const _ of ['two', 'three', 'end']) fake.release()
    await growing(ada).waitFor({ state: 'detached' })
    expect(await ada.locator('.message[aria-busy], .message[aria-live]').count()).toBe(0)
    expect(await inLog(ada, 'one two three')).toBe(1)
  })

  test('is there whole for who comes back in its middle', async () => {
    const world = await withModel('slow')
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob')
    await writes(ada, '@助手 count to three')
    await reads(bob, 'one')
    await bob.reload()
    await online(bob)
    await growing(bob).locator('.bubble', { hasText: 'one' }).waitFor()
    fake.release()
    await reads(bob, 'one two')

    fake.release()
    fake.release()
    await growing(bob).waitFor({ state: 'detached' })
    expect(await inLog(bob, 'one two three')).toBe(1)
  })

  test('goes on, whole, over a line that was cut in its middle', async () => {
    const world = await withModel('slow')
    const ada = await comesIn(world, 'Ada')
    const lines: WebSocketRoute[] = []
    await ada.routeWebSocket(/\/chat$/, (line) => {
      line.connectToServer()
      lines.push(line)
    })
    await ada.reload()
    await online(ada)
    await writes(ada, '@助手 count to three')
    await reads(ada, 'one')
    await lines[0]?.close({ code: 4012 })
    fake.release()
    await reads(ada, 'one two')
    expect(lines.length).toBe(2)
  })

  test('that breaks off says so', async () => {
    const world = await withModel('error-inside')
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await writes(ada, '@助手 说点什么')
    await line(ada, 'half a sentence').locator('.message__end', { hasText: '中断' }).waitFor()
    expect(await axe(ada)).toEqual([])
  })

  test('moves nobody who reads above', async () => {
    const world = await withModel('slow')
    for (let n = 1; n <= 40; n += 1) await world.grace.says(`line ${n}.`)
    const ada = await comesIn(world, 'Ada')
    await writes(ada, '@助手 count to three')
    await reads(ada, 'one')
    const line20 = line(ada, 'line 20.')
    await line20.evaluate((node) => node.scrollIntoView({ block: 'start' }))
    await ada.locator('.pill:visible').waitFor()
    const top = () => line20.evaluate((node) => Math.round(node.getBoundingClientRect().top))
    const before = await top()

    for (const _ of ['two', 'three', 'end']) fake.release()
    await line(ada, 'one two three').waitFor({ state: 'attached' })
    await growing(ada).waitFor({ state: 'detached' })
    expect(await top()).toBe(before)
  })
})

test('a bot that has not begun is seen thinking, and may be stopped', async () => {
  const world = await withModel('silent')
  const ada = await comesIn(world, 'Ada', { size: 'phone' })
  await writes(ada, '@助手 think')
  await ada.locator('.bubble--thinking', { hasText: '助手 is thinking…' }).waitFor()
  expect(await growing(ada).locator('.message__face').count()).toBe(1)
  expect(await axe(ada)).toEqual([])

  await stop(ada).click()
  await growing(ada).waitFor({ state: 'detached' })
  expect(await ada.locator('.message--bot').count()).toBe(0)
})
