import { afterAll, afterEach, beforeAll, jest } from '@jest/globals'
import type { Browser, ConsoleMessage, Locator, Page } from 'playwright-core'
import { launchChromium } from '../../scripts/chromium.mjs'
import type { Role } from '../../src/protocol.js'
import { beforeWorldsClose, type World } from '../helpers/lobby.js'
import { signIn, type Visitor } from '../helpers/visitor.js'

export { axe } from '../../scripts/axe.mjs'

export interface Look {
  size?: 'desktop' | 'phone'
  lang?: 'zh-CN' | 'en'
  theme?: 'light' | 'dark'
  /** `off`: the browser runs no scripts. */
  scripts?: 'on' | 'off'
}

export interface Arrival extends Look {
  /** In place of the lobby. */
  room?: string
  /** Everywhere. */
  role?: Role
  /** A room that they know. */
  been?: string
}

/** A world, of which its address is enough for who just comes in. */
type House = Pick<World, 'url'> & Partial<Pick<World, 'gives' | 'tab'>>

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }
/** A name that leads here without being loopback: to the browser a plain, insecure address. */
export const LAN_NAME = 'room.lan'
/** What the browser says when the server is away or refuses a name: the tests are about that. */
const EXPECTED = /ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|422/
/** And of a room that is absent or closed, of an invite that opens nothing, and to whom is banned. */
const CLOSED = /status of 4(?:03|04|10|22|29)/
const DOORS = /^\/(?:[ri]\/|signin$|$)/

/** Not that of those who come by HTTP. */
const FACE = 7
const WAIT_MS = 15_000
// Two or three browsers and axe take their time where other tests run beside them.
jest.setTimeout(60_000)

let browser: Browser
const open = new Set<Page>()
const faults: string[] = []

beforeAll(async () => {
  browser = await launchChromium({ names: { [LAN_NAME]: '127.0.0.1' } })
}, 60_000)

beforeWorldsClose.push(async () => {
  for (const page of open) await page.context().close()
  open.clear()
})
afterEach(() => {
  const found = faults.splice(0)
  if (found.length > 0) throw new Error(`the browser complained:\n${found.join('\n')}`)
})
afterAll(() => browser.close())

/**
 * A browser of somebody's own, on a page of the server. Whatever it complains about fails the test.
 * @param cookie As a sign-in gave it.
 */
export async function visit(
  url: string,
  { size = 'desktop', lang = 'en', theme = 'light', scripts = 'on' }: Look = {},
  cookie = '',
): Promise<Page> {
  const phone = size === 'phone'
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: lang,
    colorScheme: theme,
    isMobile: phone,
    hasTouch: phone,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts === 'on',
  })
  // For all of the server: from a page's address its folder would be taken.
  const cookies = pairsOf(cookie).map(([name, value]) => ({
    name,
    value,
    url: new URL(url).origin,
  }))
  await context.addCookies(cookies)
  context.setDefaultTimeout(WAIT_MS) // what is waited for in vain is named, before the test's own time is up
  const page = await context.newPage()
  open.add(page)
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message)) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error.stack)))
  await page.goto(url)
  return page
}

/** `a=1; b=2` */
const pairsOf = (cookie: string) =>
  cookie
    .split('; ')
    .filter(Boolean)
    .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)

function isExpected(message: ConsoleMessage): boolean {
  const { url } = message.location()
  const atDoor = url !== '' && DOORS.test(new URL(url).pathname)
  return EXPECTED.test(message.text()) || (atDoor && CLOSED.test(message.text()))
}

/** Signs in, and opens a room, which is made if there is none. */
export async function comesIn(
  world: House,
  name: string,
  { room, role, been, ...look }: Arrival = {},
) {
  const visitor = await signsIn(world, name, look)
  if (role) await world.gives?.(visitor, role)
  const before = been === undefined ? undefined : await world.tab?.(visitor)
  await before?.join(been)
  await before?.close()
  const page = await visit(world.url + (room ? `/r/${room}` : '/'), look, visitor.cookie)
  await entersRoom(page)
  return page
}

/** Signs in, and opens a page that need not be a room's. @param path With its slash. */
export async function opens({ url }: House, path: string, name: string, look: Look = {}) {
  const { cookie } = await signsIn({ url }, name, look)
  return visit(url + path, look, cookie)
}

/** What a person does for that is tested in signin.test.ts; here it would be two fifths of what it costs to come in. */
const signsIn = ({ url }: House, name: string, { lang = 'en' }: Look) =>
  signIn(url.replace(LAN_NAME, '127.0.0.1'), name, { lang, imgid: FACE })

/** Opens a room, which is made if there is none, and waits until it is at work. */
export async function goesTo(page: Page, url: string) {
  await page.goto(url)
  await entersRoom(page)
}

async function entersRoom(page: Page) {
  const make = page.locator('#make')
  if ((await make.count()) > 0) await make.click()
  await online(page)
}

/** Gives the window another size, and waits until the page has it: what is looked at next was laid out in it. */
export async function resizes(page: Page, width: number, height: number) {
  await page.setViewportSize({ width, height })
  const query = `(width: ${width}px) and (height: ${height}px)`
  await page.waitForFunction((is) => matchMedia(is).matches, query)
}

/** What sticks out of an element, at its sides. */
export const outside = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, right } = element.getBoundingClientRect()
      const within = [...element.querySelectorAll('*')].filter((one) => {
        const box = one.getBoundingClientRect()
        return box.width > 0 && (box.left < left - 1 || box.right > right + 1)
      })
      return within.map(
        ({ className }) => `${element.id || element.className}: ${String(className)}`,
      )
    })

/** How many boxes to tick have the browser's look, not the page's. */
export const drawnByBrowser = (page: Page) =>
  page
    .locator('[type=checkbox]')
    .evaluateAll((all) => all.filter((box) => getComputedStyle(box).appearance !== 'none').length)

/** The same person at another device, on the same page. */
export async function atAnotherDevice(page: Page, look: Look = {}) {
  const other = await visit('about:blank', look)
  await other.context().addCookies(await page.context().cookies())
  await goesTo(other, page.url())
  return other
}

/** Who looks at a page, for what a world does with people. */
export const visitorAt = (page: Page): Promise<Visitor> =>
  page.evaluate(() => {
    const { user } = JSON.parse(document.getElementById('boot')?.textContent ?? '')
    return { user, cookie: '' }
  })

/** Opens a menu and chooses from it. */
export async function chooses(page: Page, opener: string | Locator, choice: string) {
  const button = typeof opener === 'string' ? page.locator(opener) : opener
  await button.click()
  await page.locator('.menu').getByText(choice, { exact: true }).click()
}

/** Opens the menu of a message and chooses from it: once it is in the room, since of one on its way there is another menu. */
export async function doesTo(page: Page, text: string, choice: string) {
  const inRoom = page.locator('[data-seq], [data-state=failed]')
  await line(page, text).and(inRoom).last().focus()
  await page.keyboard.press('Enter')
  await page.locator('.menu').getByText(choice, { exact: true }).click()
}

/** A finger rests on something, until what that opens is there. */
export async function restsOn(page: Page, what: Locator, until: Locator) {
  const box = await what.boundingBox()
  if (!box) throw new Error('there is nothing to rest on')
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
  await until.waitFor()
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** Waits until the page says something that goes away by itself. */
export const toast = (page: Page, text: string | RegExp) =>
  page.locator('.toast', { hasText: text }).waitFor()

/** Waits until the page is connected. */
export const online = (page: Page) =>
  page.locator('.own__state.is-online').waitFor({ state: 'attached' })

export async function writes(page: Page, text: string) {
  await page.fill('#input', text)
  await page.press('#input', 'Enter')
}

/** Waits until a field has this text: what a press leads to may come in a later task, as the end of a dialog does. */
export const holds = (page: Page, text: string, field = '#input') =>
  page.waitForFunction(
    ([selector = '', wanted]) => {
      const found = document.querySelector(selector)
      return found !== null && Reflect.get(found, 'value') === wanted
    },
    [field, text],
  )

/** What the clipboard holds, as a field that it is pasted into tells. */
export async function pasted(page: Page): Promise<string> {
  await page.fill('#input', '')
  await page.focus('#input')
  await page.keyboard.press('Control+V')
  return page.inputValue('#input')
}

/** Waits until a line is to be read on the page. */
export const reads = (page: Page, text: string) => line(page, text).first().waitFor()

/** The messages with this text. */
export const line = (page: Page, text: string) =>
  page.locator('.message').filter({ has: page.locator('.bubble', { hasText: text }) })

/** Sends a line and has begun another one before it is answered. */
export const writesOn = (page: Page, text: string, next: string) =>
  page.evaluate(
    ([text, next]) => {
      const input = document.querySelector('#input')
      if (!(input instanceof HTMLTextAreaElement)) throw new Error('there is no field')
      const types = (text = '') => {
        input.value = text
        input.dispatchEvent(new Event('input', { bubbles: true }))
      }
      types(text)
      input.form?.requestSubmit()
      types(next)
    },
    [text, next],
  )

/** An own line in a state: waiting, sending, sent or failed. */
export const inState = (page: Page, text: string, state: string) =>
  line(page, text).and(page.locator(`[data-state=${state}]`))

/** What a browser that keeps nothing fetches for a page that it has open, until something is to be seen. */
export async function opensCold(page: Page, seen: () => Promise<void>) {
  const devtools = await page.context().newCDPSession(page)
  const paths: string[] = []
  const pictures = new Set<string>()
  const bytes = { page: 0, pictures: 0 }
  devtools.on('Network.responseReceived', ({ response, requestId, type }) => {
    const { protocol, pathname } = new URL(response.url)
    if (protocol === 'blob:') return // made by the page itself
    paths.push(pathname)
    const isPicture = type === 'Image' || type === 'Other' // a favicon is the latter
    if (isPicture || pathname.endsWith('.svg')) pictures.add(requestId)
  })
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[pictures.has(requestId) ? 'pictures' : 'page'] += encodedDataLength
  })
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.reload()
  await Promise.all([seen(), page.waitForLoadState('networkidle')])
  return { bytes, paths }
}
