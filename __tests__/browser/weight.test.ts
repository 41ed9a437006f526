import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, online, reads, writes } from './browser.js'

test('a room opens with 8 requests, one for each face, and at most 120 KB', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('good morning')
  const ada = await comesIn(world, 'Ada')
  const { bytes, paths } = await reloadedCold(ada, () => reads(ada, 'good morning'))

  const [faces, rest] = [true, false].map((face) =>
    paths.filter((path) => path.includes('/images/') === face),
  )
  expect(bytes).toBeLessThanOrEqual(120_000)
  expect(rest?.length).toBeLessThanOrEqual(8)
  expect(faces).toHaveLength(3) // hers, Grace's and the bird's
})

test('an empty room needs its QR code beside, 15 requests in all', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await ada.waitForLoadState('networkidle')
  const { bytes, paths } = await reloadedCold(ada, () => ada.locator('.empty').waitFor())
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

/** What a browser that keeps nothing fetches for the page, until something is to be seen and the line is open. */
async function reloadedCold(page: Page, seen: () => Promise<void>) {
  const devtools = await page.context().newCDPSession(page)
  const paths: string[] = []
  let bytes = 0
  devtools.on('Network.responseReceived', ({ response }) =>
    paths.push(new URL(response.url).pathname),
  )
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.reload()
  await Promise.all([online(page), seen(), page.waitForLoadState('networkidle')])
  return { bytes, paths }
}
