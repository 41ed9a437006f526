import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { axe } from '../axe.mjs'
import { launchChromium } from '../chromium.mjs'
import { fakeOpenAI } from '../fake-openai/server.mjs'
import { bots } from './answers.mjs'
import { openHouse } from './house.mjs'

/** A name of the network: to a browser loopback is another thing, and an invitation says so. */
const NAME = 'chat.lan'
const fonts = fileURLToPath(new URL('fonts.conf', import.meta.url))
const sizes = { desktop: [1280, 800], tablet: [768, 1024], phone: [390, 844], zoomed: [640, 400] }
export const looks = [
  { size: 'desktop', lang: 'zh-CN', theme: 'light' },
  { size: 'desktop', lang: 'en', theme: 'dark' },
  { size: 'tablet', lang: 'en', theme: 'light' },
  { size: 'tablet', lang: 'zh-CN', theme: 'dark' },
  { size: 'phone', lang: 'zh-CN', theme: 'light' },
  { size: 'phone', lang: 'en', theme: 'dark' },
]

/**
 * A server, a browser, and what people do in front of it. `faults`: what axe and the browser complained about.
 * @param {{ out: string, more?: string[], lang?: string }} options `out`: the folder of the pictures. `more`: flags of the
 *   server. `lang`: of those who talk.
 */
export async function openStudio({ out, more = [], lang = 'zh-CN' }) {
  await mkdir(out, { recursive: true })
  const fake = await fakeOpenAI()
  const house = await openHouse([...bots(fake.url), ...more])
  const { data, url: address, whileAway } = house
  const url = address.replace('127.0.0.1', NAME)
  const browser = await launchChromium({ names: { [NAME]: '127.0.0.1' }, fonts })
  /** @type {string[]} */
  const faults = []
  let entered = 0
  /** Those who talk, by name: a page each. */
  const speakers = new Map()
  return {
    looks,
    data,
    fake,
    url,
    address,
    faults,
    open,
    enter,
    make,
    send,
    tell,
    speaker,
    picture,
    broken,
    whileAway,
    close,
  }

  async function open(look, path, cookies = []) {
    const { size, lang, theme, forcedColors = 'none', scripts = true, motion = 'reduce' } = look
    const [width, height] = sizes[size]
    const phone = size === 'phone'
    const context = await browser.newContext({
      viewport: { width, height },
      locale: lang,
      colorScheme: theme,
      deviceScaleFactor: phone || size === 'zoomed' ? 2 : 1,
      forcedColors,
      isMobile: phone,
      hasTouch: phone,
      reducedMotion: motion,
      javaScriptEnabled: scripts,
    })
    await context.addCookies(cookies)
    const page = await context.newPage()
    page.on(
      'console',
      (message) =>
        message.type() === 'error' &&
        !/40[034]|422|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED/.test(message.text()) &&
        faults.push(`console: ${message.text()}`),
    )
    page.on('pageerror', (error) => faults.push(`page: ${error.message}`))
    await page.goto(url + path)
    return page
  }

  /** Signs in on the page itself, as a person does. */
  async function enter(look, name, path) {
    const page = await open(look, `/signin?next=${encodeURIComponent(path)}`)
    await page.fill('#name', name)
    await page.click(`[name=imgid][value="${entered++ % 27}"]`)
    await page.click('#enter')
    await page.waitForURL(url + path)
    await make(page)
    if (path !== '/signout') await page.waitForSelector('.is-online', { state: 'attached' })
    return page
  }

  /** Whose room there is not yet is asked first. */
  async function make(page) {
    if ((await page.locator('#make').count()) === 0) return
    await page.click('#make')
    await page.waitForSelector('.is-online', { state: 'attached' })
  }

  async function send(page, text) {
    await page.fill('#input', text)
    await page.press('#input', 'Enter')
    const mine = page
      .locator('.message--own[data-state=sent]')
      .filter({ hasText: text.split('\n', 1)[0] })
    await mine.last().waitFor()
  }

  /** Lines of people who are in the room, in order. */
  async function tell(where, said) {
    for (const [name, text] of said) await send(await speaker(name, where), text)
  }

  /** The page of somebody who talks, in a room. */
  async function speaker(name, where) {
    const page = speakers.get(name) ?? (await enter({ ...looks[0], lang }, name, `/r/${where}`))
    speakers.set(name, page)
    if (new URL(page.url()).pathname !== `/r/${where}`)
      await page.goto(`${url}/r/${where}`).then(() => make(page))
    await page.waitForSelector('.is-online', { state: 'attached' })
    return page
  }

  async function picture(page, { size, lang, theme, scripts = true }, name, path) {
    await page.evaluate(() => document.fonts.ready)
    await page.waitForLoadState('networkidle')
    const file = `${name}-${size}-${theme}-${lang}.png`
    // axe is a script itself.
    if (scripts) for (const found of await axe(page)) faults.push(`axe: ${file}: ${found}`)
    await page.screenshot({ path: path ?? join(out, file) })
  }

  /** A story that does not come about is told, with what its page shows; the others are taken all the same. */
  async function broken(name, error) {
    faults.push(`${name}: ${error.message}`)
    const said = new Set(speakers.values())
    const pages = browser.contexts().flatMap((context) => context.pages())
    const [last] = pages.filter((page) => !said.has(page)).toReversed()
    await last?.screenshot({ path: join(out, `broken-${name}.png`) })
    await last?.context().close()
  }

  async function close() {
    await browser.close()
    await house.close()
    await fake.close()
  }
}
