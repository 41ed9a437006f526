import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, LAN_NAME, online, opensCold, reads, writes } from './browser.js'

test('a room opens with 8 requests, one for each face, and at most 120 KB', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('good morning')
  const ada = await comesIn(world, 'Ada')
  const { bytes, paths } = await opensCold(ada, () => opened(ada, reads(ada, 'good morning')))

  const [faces, rest] = [true, false].map((face) =>
    paths.filter((path) => path.includes('/images/') === face),
  )
  expect(bytes).toBeLessThanOrEqual(120_000)
  expect(rest?.length).toBeLessThanOrEqual(8)
  expect(faces).toHaveLength(3) // hers, Grace's and the bird's
})

test('an empty room needs its QR code beside, 15 requests in all', async () => {
  const world = await lobby()
  const ada = await comesIn({ url: world.url.replace('127.0.0.1', LAN_NAME) }, 'Ada')
  await ada.waitForLoadState('networkidle')
  const { bytes, paths } = await opensCold(ada, () => opened(ada, ada.locator('.empty').waitFor()))
  expect(bytes).toBeLessThanOrEqual(120_000)
  expect(paths.length).toBeLessThanOrEqual(15)
})

test('menus come before the first is asked for, and open while the server is away', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  const menus = ada.waitForResponse(/chunks\/menu-/)
  await ada.reload()
  await online(ada)
  await writes(ada, 'good morning')
  await menus

  await world.server?.close()
  await ada.click('#own')
  await ada.locator('.menu').waitFor()
})

const opened = async (page: Page, seen: Promise<void>) => {
  await Promise.all([online(page), seen])
}
