import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, holds, online, reads, visitorAt } from './browser.js'

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

test('the list of rooms stands as it does once the line is open: nothing in it moves or is drawn otherwise', async () => {
  const world = await lobby({ people: ['grace'] })
  const { grace } = world
  for (const room of Object.keys(kinds)) {
    await grace.join(room)
    await grace.says('hello', { room })
  }
  const ada = await comesIn(world, 'Ada', { been: 'vault' })
  for (const [room, set] of Object.entries(kinds)) await grace.request({ type: 'room', room, set })
  const { user } = await visitorAt(ada)
  const { room = '' } = await grace.request({ type: 'direct', user: user.id })
  await grace.join(room)
  await grace.says('psst', { room })
  await ada.locator('.rooms__link:visible', { hasText: 'grace' }).waitFor()

  const scripts = await holdsBack(ada, 'js')
  await ada.reload({ waitUntil: 'commit' })
  await ada.locator('#input').waitFor()
  const before = await drawnRooms(ada)
  scripts.lets()
  await ada.locator('.rooms__link[title]:visible').first().waitFor()
  expect(before).toEqual(await drawnRooms(ada))
  expect(before.map(({ title, mark }) => `${title} ${mark}`)).toEqual([
    'Lobby #i-room',
    'vault #i-lock',
    'grace ',
    'hall9 #i-room',
    'hall10 #i-room',
    'kept #i-lock',
    'news #i-room',
  ])
})

const kinds = {
  news: { announce: true },
  vault: { passcode: 'open sesame' },
  hall10: {},
  hall9: {},
  kept: { approval: true },
}

/** What is to be seen of the rooms beside the talk, and where. */
const drawnRooms = (page: Page) =>
  page.locator('.rooms__link:visible').evaluateAll((links) =>
    links.map((link) => {
      const marks = [...link.querySelectorAll('use')].filter((use) => use.checkVisibility())
      return {
        title: link.querySelector('.rooms__title')?.textContent,
        mark: marks.map((use) => use.getAttribute('href')).join(),
        top: link.getBoundingClientRect().top,
        left: link.querySelector('.rooms__title')?.getBoundingClientRect().left,
      }
    }),
  )

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
