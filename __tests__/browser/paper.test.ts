import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, inState, visit, writes } from './browser.js'

test('a room on paper holds what was said, dark on white, and nothing to press', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada', { theme: 'dark' })
  await writes(ada, 'to be printed')
  await inState(ada, 'to be printed', 'sent').waitFor()
  expect(await brightness(ada, '.bubble')).toBeGreaterThan(200)

  await ada.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await brightness(ada, '.bubble')).toBeLessThan(60)
  expect(await ada.locator('.bubble').isVisible()).toBe(true)
  // The name of the room is one on the screen.
  const pressed = 'button:not(.top__about):visible, input:visible, textarea:visible'
  expect(await ada.locator(pressed).count()).toBe(0)
  expect(await ada.locator('.top__about').innerText()).toBe('Lobby')
})

test('a browser without scripts is told so, on the screen and on paper, and offered nothing that would not work', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/`, { scripts: 'off' })
  await page.click('#enter')
  for (const media of ['screen', 'print'] as const) {
    await page.emulateMedia({ media })
    expect(await page.locator('noscript .notice').isVisible()).toBe(true)
    expect(await page.locator('button:visible, textarea:visible, a:visible').count()).toBe(0)
  }
})

/** Of the text, 0 to 255. */
const brightness = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const [r = 0, g = 0, b = 0] = getComputedStyle(element).color.match(/\d+/g)?.map(Number) ?? []
    return (r + g + b) / 3
  })
