import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { comesIn, LAN_NAME, online, opensCold, reads, writes } from './browser.js'

test('a room opens with 8 requests, one for each face, and at most 120 KB', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('good morning')
  const ada = await comesIn(world, 'Ada')
  const { bytes, paths } = await opensCold(ada, () => opened(ada, reads(ada, 'good morning')))

  const [faces, rest] = facesAndRest(paths)
  expect(bytes.page + bytes.pictures).toBeLessThanOrEqual(120_000)
  expect(rest?.length).toBeLessThanOrEqual(8)
  expect(faces).toHaveLength(3) // hers, Grace's and the bird's
})

// Over plain http to an address of the network browsers take no Brotli: there everything is larger. What reads Markdown
// comes behind, with the first line that wants it.
test('a room of many faces opens with 15 requests, and at most 120 KB without them', async () => {
  const world = await lobby()
  const guests = []
  for (let face = 0; face < 14; face += 1)
    guests.push(await world.enters(`guest ${face}`, { imgid: face }))
  // Nobody is alone with the bird, so that it has no words of its own for them.
  for (const [face, one] of guests.entries()) await one.says(`good morning from ${face}`)
  const ada = await comesIn({ url: world.url.replace('127.0.0.1', LAN_NAME) }, 'Ada')
  const { bytes, paths } = await opensCold(ada, () => opened(ada, facesSeen(ada, 14)))
  expect(bytes.page).toBeLessThanOrEqual(120_000)
  expect(paths.length).toBeLessThanOrEqual(15)
  expect(paths.filter((path) => path.endsWith('faces.svg'))).toHaveLength(1)
})

test('faces that cannot be had together are asked for one by one, and without its style sheet the page is shown bare', async () => {
  const world = await lobby()
  for (const face of [1, 2, 3, 4, 5, 6]) {
    const one = await world.enters(`guest ${face}`, { imgid: face })
    await one.says('good morning')
  }
  const ada = await comesIn(world, 'Ada')
  await ada.route('**/faces.svg*', (asked) => asked.abort('connectionfailed'))
  await ada.reload()
  await facesSeen(ada, 6)

  await ada.route('**/app.css*', (asked) => asked.abort('connectionfailed'))
  await ada.reload()
  await ada.locator('#input').waitFor()

  await ada.route('**/app.css*', (asked) => asked.fulfill({ body: '', contentType: 'text/css' }))
  await ada.addInitScript(sheetFailsWhileThePageIsRead)
  await ada.reload()
  await ada.locator('#input').waitFor()
})

test('an empty room needs its QR code beside, 15 requests in all', async () => {
  const world = await lobby()
  const ada = await comesIn({ url: world.url.replace('127.0.0.1', LAN_NAME) }, 'Ada')
  await ada.waitForLoadState('networkidle')
  const { bytes, paths } = await opensCold(ada, () => opened(ada, ada.locator('.empty').waitFor()))
  expect(bytes.page + bytes.pictures).toBeLessThanOrEqual(120_000)
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

/** Runs in the page, before its own scripts: just before the page is read whole, its sheet is said to be lost. */
function sheetFailsWhileThePageIsRead() {
  const fail = () =>
    document.querySelector('link[rel=stylesheet]')?.dispatchEvent(new Event('error'))
  addEventListener('readystatechange', fail, { capture: true, once: true })
}

/** So many faces, no two alike, stand in the talk, all of them to be seen. */
async function facesSeen(page: Page, many: number) {
  await page.waitForFunction((count) => {
    const faces = document.querySelectorAll<HTMLImageElement>('img.message__face')
    const drawn = [...faces].filter(({ complete, naturalWidth }) => complete && naturalWidth > 0)
    return new Set(drawn.map(({ currentSrc }) => currentSrc)).size === count
  }, many)
}

const facesAndRest = (paths: readonly string[]) =>
  [true, false].map((face) => paths.filter((path) => path.includes('/images/') === face))
