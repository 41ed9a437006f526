import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, holds, online, reads } from './browser.js'

test('of a room nothing is seen without its style, nothing unfinished without its scripts, and then all of it lives', async () => {
  const { grace, ...world } = await lobby({ people: ['grace'] })
  await grace.says('good morning')
  const ada = await comesIn(world, 'Ada')
  const [style, scripts] = [await holdsBack(ada, 'css'), await holdsBack(ada, 'js')]
  await ada.reload({ waitUntil: 'commit' })
  await ada.waitForFunction(() => document.getElementById('toast'), undefined, { polling: 20 })
  expect(await ada.evaluate(() => document.documentElement.getClientRects().length)).toBe(0)

  style.lets()
  await ada.locator('#input').waitFor()
  expect(await ada.locator('.shell').evaluate((shell) => getComputedStyle(shell).display)).toBe('grid') // prettier-ignore
  expect(await ada.locator('[x-cloak]:visible, dialog:visible, .toast:visible, .message').count()).toBe(0) // prettier-ignore

  scripts.lets()
  await Promise.all([online(ada), reads(ada, 'good morning')])
  await ada.locator('.rooms__link[title]:visible').waitFor()
  await ada.locator('.person', { hasText: 'grace' }).waitFor()
  await ada.focus('#log')
  await ada.keyboard.press('?')
  await ada.locator('#keys').waitFor()
  expect(await ada.locator('.is-asleep').count()).toBe(0)
})

test('what is written before the script is there stays, behind what was left here before', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'ada')
  await online(ada)
  await ada.fill('#input', 'left here')
  const scripts = await holdsBack(ada, 'js')
  await ada.reload({ waitUntil: 'commit' })
  await ada.locator('#input').fill('too early')
  scripts.lets()

  await holds(ada, 'left here\ntoo early')
  await ada.reload()
  await holds(ada, 'left here\ntoo early')
})

/** Keeps files of a kind on their way. */
async function holdsBack(page: Page, kind: 'css' | 'js') {
  let lets = () => {}
  const held = new Promise<void>((resolve) => (lets = resolve))
  await page.route(`**/*.${kind}*`, async (asked) => {
    await held
    await asked.fallback()
  })
  return { lets }
}
