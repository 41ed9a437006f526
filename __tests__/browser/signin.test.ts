import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { axe, chooses, comesIn, holds, online, opensCold, resizes, visit } from './browser.js'

test('the sentence of a refused name stands beside the field, and what was typed stays', async () => {
  const world = await lobby()
  await comesIn(world, 'Ada')
  const other = await visit(`${world.url}/`)
  await other.fill('#name', 'ada')
  await other.press('#name', 'Enter')

  await other.locator('#name-error:not(:empty)').waitFor()
  await holds(other, 'ada', '#name')
  expect(await axe(other)).toEqual([])
})

test('three touches lead from the code that is scanned to the first line on a phone', async () => {
  const world = await lobby()
  const ada = await visit('about:blank', { size: 'phone' })
  const touches: string[] = []
  await ada.exposeFunction('touched', (what: string) => touches.push(what))
  await ada.addInitScript(() => {
    const tell: unknown = Reflect.get(window, 'touched')
    addEventListener('touchstart', () => typeof tell === 'function' && tell('finger'), true)
    addEventListener('keydown', ({ key }) => typeof tell === 'function' && tell(key), true)
  })

  await ada.goto(`${world.url}/`) // what the code holds; a name and a face are there already
  await ada.tap('#enter')
  await online(ada)
  await ada.tap('#input')
  await ada.keyboard.type('hi')
  await ada.tap('.composer__send')
  await ada.locator('.message--own[data-state=sent]', { hasText: 'hi' }).waitFor()
  expect(touches).toEqual(['finger', 'finger', 'h', 'i', 'finger'])
})

test('the dice brings another name, arrow keys another face, which is shown large', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/`, { lang: 'zh-CN', theme: 'dark' })
  await page.fill('#name', 'x')
  await page.click('#roll')
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#name')?.value !== 'x')

  await onFace(page, 12)
  expect(await largeFace(page)).toBe(12)
  await page.keyboard.press('ArrowRight')
  await page.locator('[value="13"]:checked').waitFor({ state: 'attached' })
  expect(await largeFace(page)).toBe(13)
  expect(await axe(page)).toEqual([])
})

test('when the server is away the dice says so where it is, and no name is called wrong', async () => {
  const page = await visit(`${(await lobby()).url}/`)
  await page.fill('#name', 'Ada')
  const wrong = () => page.getAttribute('#name', 'aria-invalid')
  await page.context().setOffline(true)
  await page.click('#roll')
  await page.locator('.field #roll-error', { hasText: 'try again in a moment' }).waitFor()
  expect([await page.inputValue('#name'), await wrong()]).toEqual(['Ada', null])
  expect(await axe(page)).toEqual([])
  await page.click('#enter')
  await page.locator('#name-error:not(:empty)').waitFor()
  expect(await wrong()).toBe(null)
  await page.type('#name', ' B')
  expect(await page.locator('.field__error:visible').count()).toBe(0)
})

test('the dice opens no keyboard over the faces of a phone', async () => {
  const page = await visit(`${(await lobby()).url}/`, { size: 'phone' })
  await page.fill('#name', 'x')
  await page.locator('#name').blur()
  await page.tap('#roll')
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#name')?.value !== 'x')
  expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('name')
})

test('name and face are remembered after signing out', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/`)
  await page.check('[name=imgid][value="26"]')
  await page.fill('#name', 'Ada')
  await page.press('#name', 'Enter')
  await online(page) // on a busy machine the card is there before it can be pressed
  await page.click('#own')
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const warning = page.locator('#leave', { hasText: 'rooms and direct messages do not come back' })
  await warning.waitFor()
  await page.locator('#leave').getByRole('button', { name: 'Sign out' }).click()
  await page.locator('#signin').waitFor()
  expect([await page.inputValue('#name'), await largeFace(page)]).toEqual(['Ada', 26])
})

test('gone back to out of the browser’s memory it is opened anew, not as it was left', async () => {
  const page = await visit(`${(await lobby()).url}/`)
  await page.locator('#enter').evaluate((enter) => {
    enter.setAttribute('disabled', '') // as it was when it left for the room
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  })
  await page.locator('#enter:not([disabled])').click()
  await online(page)
})

test('it opens with few requests and little weight, however many faces it shows', async () => {
  const world = await lobby({ people: ['grace', 'alan', 'mary', 'kurt', 'emmy'] })
  const page = await visit(`${world.url}/signin`)
  const { paths, bytes } = await opensCold(page, async () => {
    await page.locator('#roll').waitFor()
  })
  const needed = paths.filter((path) => path !== '/static/favicon.svg') // it comes when the tab finds time
  expect(needed.toSorted()).toEqual([
    '/signin',
    '/static/css/app.css',
    '/static/faces.svg',
    '/static/js/signin.js',
  ])
  expect(bytes.page + bytes.pictures).toBeLessThanOrEqual(60_000)
})

test('a browser without scripts gets in by the form, and hears what the room needs', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/`, { scripts: 'off' })
  expect(await page.locator('#roll').isVisible()).toBe(false)
  await page.locator('.faces__choice').nth(15).click()
  expect(await largeFace(page)).toBe(15)

  await page.locator('noscript .signin__note').waitFor()
  await page.fill('#name', 'Ada')
  await page.click('#enter')
  await page.locator('noscript .notice').waitFor()
  expect(new URL(page.url()).pathname).toBe('/')
})

test.each([
  ['a phone', 390, 844],
  ['a phone whose browser has its bars out', 390, 664],
  ['a small phone', 360, 560],
  ['a phone that lies on its side', 844, 390],
  ['a desktop at twice its size', 640, 400],
])('the way in is in view on %s, and fingers have room', async (_what, width, height) => {
  const world = await lobby()
  const page = await visit(`${world.url}/`, { size: 'phone' })
  await resizes(page, width, height)

  const enter = await page.locator('#enter').boundingBox()
  expect((enter?.y ?? height) + (enter?.height ?? 0)).toBeLessThanOrEqual(height)
  expect(await narrowest(page, 'button:visible, .faces__choice')).toBeGreaterThanOrEqual(44)
  expect(await fontSize(page, '#name')).toBeGreaterThanOrEqual(16)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
})

test('the button that stays in view does not cover a face that has the focus', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/`, { size: 'phone' })
  await resizes(page, 390, 420)
  await onFace(page, 0)
  await page.keyboard.press('ArrowLeft') // the last one

  await page.waitForFunction(() => {
    const [face, enter] = ['.faces__choice:last-child', '#enter'].map((one) =>
      document.querySelector(one)?.getBoundingClientRect(),
    )
    return face && enter && face.bottom <= enter.top
  })
})

/** Chooses a face, and stands on it: who is given it by lot already has nothing to press. */
async function onFace(page: Page, face: number) {
  const radio = page.locator(`[name=imgid][value="${face}"]`)
  await radio.check()
  await radio.focus()
}

/** Which face the large one shows, by where the sheet was moved to. */
const largeFace = (page: Page) =>
  page.locator('.signin__face image').evaluate((image) => {
    const { e: x, f: y } = new DOMMatrix(getComputedStyle(image).transform)
    return -(x + y * 7) / 1000
  })

const narrowest = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((elements) => {
    const sizes = elements.map((element) => element.getBoundingClientRect())
    return Math.min(...sizes.flatMap(({ width, height }) => [width, height]))
  })

const fontSize = (page: Page, selector: string) =>
  page.locator(selector).evaluate((input) => parseFloat(getComputedStyle(input).fontSize))

test('a name and a face that are changed from the own card are seen by all', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  const bob = await comesIn(world, 'Bob')
  const before = bob.locator('.person', { hasText: 'Ada' }).locator('img')
  const was = await before.getAttribute('src')
  await chooses(ada, '#own', 'Change name or face')
  await ada.check('[name=imgid][value="12"]')
  await ada.fill('#name', 'Lovelace')
  await ada.press('#name', 'Enter')
  await online(ada)

  const face = await bob
    .locator('.person', { hasText: 'Lovelace' })
    .locator('img')
    .getAttribute('src')
  expect(face).not.toBe(was)
  expect(await ada.locator('#own img').getAttribute('src')).toBe(face)
  expect(await ada.locator('#own').innerText()).toContain('Lovelace')
  expect(await bob.locator('.person', { hasText: 'Ada' }).count()).toBe(0)
})
