import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, reads, resizes } from './browser.js'

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

/** So much of the window is left by the keyboard; this browser has none. */
const leaves = (page: Page, height: number) =>
  page.evaluate((value) => {
    if (!window.visualViewport) return
    Object.defineProperty(window.visualViewport, 'height', { value, configurable: true })
    window.visualViewport.dispatchEvent(new Event('resize'))
  }, height)

const endOfField = (page: Page) =>
  page.locator('.composer__box').evaluate((field) => field.getBoundingClientRect().bottom)
