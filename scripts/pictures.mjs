import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { axe } from './axe.mjs'
import { launchChromium } from './chromium.mjs'
import { fakeOpenAI } from './fake-openai/server.mjs'
import { answers, bots } from './page-pictures/answers.mjs'
import { dropped } from './page-pictures/bots.mjs'
import { places } from './page-pictures/places.mjs'
import { unseen } from './page-pictures/unseen.mjs'

/**
 * Takes a picture of every page and state: npm run pictures [-- --only room --out pictures], or those that the
 * README and the docs show: npm run pictures -- --readme
 * Runs the built server with its data in a temporary folder. Also tells what axe finds and what the browser complains
 * about; exit code 1 if anything.
 */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    out: { type: 'string', default: 'pictures' },
    readme: { type: 'boolean', default: false },
  },
})
const README_BYTES = 250_000
const NAME = 'chat.lan'
const sizes = { desktop: [1280, 800], tablet: [768, 1024], phone: [390, 844], zoomed: [640, 400] }
const looks = [
  { size: 'desktop', lang: 'zh-CN', theme: 'light' },
  { size: 'desktop', lang: 'en', theme: 'dark' },
  { size: 'tablet', lang: 'en', theme: 'light' },
  { size: 'tablet', lang: 'zh-CN', theme: 'dark' },
  { size: 'phone', lang: 'zh-CN', theme: 'light' },
  { size: 'phone', lang: 'en', theme: 'dark' },
]
const room = encodeURIComponent('读书会')
/** Nobody has said anything there; they stand in the lists of later pictures. */
const quiet = ['stars', 'stargazing', 'board-games', 'journal', 'night-run', 'garden']
const unbroken = 'x'.repeat(600)
const zalgo = 'Z̷̢̛̭̠̃̏͆a̵̡̛͎̾l̶̰͝g̸̹̅ȯ̶̙'
const talk = [
  ['林小满', '早！昨天那本《海边的卡夫卡》你们读到哪儿了？'],
  ['阿哲', '刚开始，第三章。开头有点慢'],
  ['阿哲', '不过猫一出场我就停不下来了 🐈'],
  ['Dora', 'Same here. The cat chapters are the best part so far: https://example.org/cats'],
  ['南枝', '晚上八点在线聊？\n1. 先说喜欢的一句\n2. 再说不懂的地方'],
  ['林小满', '👍'],
  ['欧阳明远', '好。小小鸟，提醒一下大家'],
]
const hard = [
  ['阿哲', unbroken],
  ['Dora', zalgo],
  ['南枝', 'مرحبا بالجميع، هل نبدأ الآن؟'],
  ['林小满', '👩‍👩‍👧‍👦🏳️‍🌈🇨🇳'],
]

const data = await mkdtemp(join(tmpdir(), 'chat-room-pictures-'))
const faults = []
let entered = 0
/** Those who talk, by name: a page each. */
const speakers = new Map()
const fake = await fakeOpenAI()
let server = await start('0')
/** A name of the network: to a browser loopback is another thing, and an invitation says so. */
const url = server.url.replace('127.0.0.1', NAME)
const browser = await launchChromium({ names: { [NAME]: '127.0.0.1' } })
await mkdir(options.out, { recursive: true })

const rare = unseen({ looks, url, address: server.url, open, enter, picture, send, whileAway })
const written = answers({ looks, enter, picture, send, fake })
const kept = places({ looks, url, enter, picture, send, tell, speaker })
const filed = dropped({ looks, data, enter, picture, send })
const usual = {
  front,
  empty,
  lively,
  states,
  panels,
  reading,
  hardText,
  ...written,
  ...kept,
  ...rare,
  ...filed,
}
const stories = options.readme ? { readme, broken: () => filed.broken(true) } : usual
try {
  for (const [name, story] of Object.entries(stories)) {
    if (!name.startsWith(options.only)) continue
    await story().catch((error) => broken(name, error))
    console.log(name)
  }
} finally {
  await browser.close()
  await stop(server)
  await fake.close()
  await rm(data, { recursive: true, force: true })
}
console.log(
  faults.length > 0 ? faults.join('\n') : 'axe and the browser found nothing to complain about',
)
process.exitCode = faults.length > 0 ? 1 : 0

async function front() {
  for (const look of looks) {
    const page = await open(look, '/signin')
    await picture(page, look, 'signin')
    await page.fill('#name', '管理员')
    await page.press('#name', 'Enter')
    await page.waitForSelector('#name[aria-invalid]')
    await picture(page, look, 'signin-refused')
    await page.goto(`${url}/nowhere`)
    await picture(page, look, 'not-found')
    await page.context().close()
  }
  const [look] = looks
  const page = await enter(look, '小雨', '/signout')
  await picture(page, look, 'signout')
  await page.goto(`${url}/signin?change=1`)
  await picture(page, look, 'signin-change')
  await page.context().close()
}

async function empty() {
  for (const [index, look] of looks.entries()) {
    const page = await enter(
      look,
      ['小夏', 'Leo', 'Mia', '阿成', '小北', 'Zoe'][index],
      `/r/${quiet[index]}`,
    )
    await page.waitForSelector('.empty .share__code')
    await picture(page, look, 'empty')
    await page.context().close()
  }
}

async function lively() {
  const me = await enter(looks[0], '云朵', `/r/${room}`)
  await tell(room, talk.slice(0, 3))
  await send(me, '我读到第五章了，不剧透')
  await tell(room, talk.slice(3))
  await send(me, '小小鸟，掷个骰子决定谁先说')
  await me.waitForSelector('.message--bot')
  const { cookies } = await me.context().storageState()
  for (const look of looks) {
    const page = await open(look, `/r/${room}`, cookies)
    await page.waitForSelector('.message--bot')
    await picture(page, look, 'room')
    await page.context().close()
  }
  await me.context().close()
}

async function readme() {
  const me = await enter(looks[0], '云朵', '/r/dev')
  await me.goto(`${url}/r/${room}`)
  await make(me)
  await me.goto(`${url}/`)
  await tell('lobby', talk.slice(0, 4))
  await send(me, '我刚读完第一章。')
  await tell('lobby', talk.slice(4, 5))
  await send(me, '@小小鸟 (3+4)*5 等于多少？')
  await me.waitForSelector('.message--bot')
  await tell('lobby', [['林小满', '👍 那就八点，我来提醒大家']])
  const { cookies } = await me.context().storageState()
  for (const [file, look] of Object.entries({ room: looks[0], phone: looks[5] })) {
    const page = await open(look, '/', cookies)
    await page.locator('.bubble', { hasText: '那就八点' }).waitFor()
    await picture(page, look, 'readme', `docs/${file}.png`)
    const { size } = await stat(`docs/${file}.png`)
    if (size > README_BYTES)
      faults.push(`docs/${file}.png has ${size} bytes, at most ${README_BYTES}`)
  }
}

async function states() {
  for (const look of [looks[0], looks[5]]) {
    const page = await enter(look, look.lang === 'en' ? 'Maya' : '小鹿', '/r/film-night')
    await send(page, look.lang === 'en' ? 'This one arrived.' : '这一条到了。')
    await page.waitForSelector('[data-state=sent]')
    await stop(server)
    await page.waitForSelector('.bar__button:visible')
    await page.fill('#input', look.lang === 'en' ? 'Written in a tunnel' : '在隧道里写的')
    await page.press('#input', 'Enter')
    await page.waitForSelector('[data-state=waiting]')
    await picture(page, look, 'disconnected')
    server = await start(new URL(url).port)
    await page.waitForSelector('.bar--good')
    await picture(page, look, 'restored')
    await page.context().close()
  }
}

async function panels() {
  for (const look of [looks[0], looks[3], looks[4], looks[5]]) {
    const page = await enter(
      look,
      { 0: '青禾', 3: '半夏', 4: '北川', 5: 'Ines' }[looks.indexOf(look)],
      `/r/${room}`,
    )
    const phone = look.size === 'phone'
    if (phone) await page.click('.top__menu')
    if (phone) await picture(page, look, 'drawer')
    await page.click('#own')
    await picture(page, look, 'own-menu')
    await page.keyboard.press('Escape')
    if (phone) await page.keyboard.press('Escape')
    if (look.size !== 'desktop') {
      await page.click('.top__people')
      await picture(page, look, 'people')
      await page.keyboard.press('Escape')
    }
    if (phone) await page.click('.top__menu')
    await page.click('.side__invite')
    await picture(page, look, 'share')
    await page.keyboard.press('Escape')
    await page.click('#listening')
    await page.locator('.bot').waitFor()
    await picture(page, look, 'bots')
    await page.keyboard.press('Escape')
    await page.focus('#log')
    await page.keyboard.press('?')
    await picture(page, look, 'keys')
    await page.keyboard.press('Escape')
    if (phone) await page.click('.top__menu')
    await page.click('#own')
    await page.click('.menu__item--danger')
    await picture(page, look, 'leave')
    await page.context().close()
  }
}

async function reading() {
  const look = looks[0]
  const lines = Array.from({ length: 90 }, (_, index) => [
    ['阿哲', '林小满', 'Dora'][Math.floor(index / 2) % 3],
    `第 ${index + 1} 句`,
  ])
  await tell('long-reads', lines)
  const page = await enter(look, '读者', '/r/long-reads')
  await page.waitForSelector('.message')
  await page.evaluate(() => document.getElementById('log')?.scrollTo(0, 900))
  await page.waitForSelector('.pill:visible')
  await tell('long-reads', [
    ['阿哲', '新的一句'],
    ['Dora', 'One more'],
  ])
  await page.waitForSelector('.pill--new')
  const message = page.locator('.message').nth(30)
  await message.scrollIntoViewIfNeeded()
  await message.hover()
  await message.locator('.message__more').click()
  await picture(page, look, 'message-menu')
  await page.context().close()
}

async function hardText() {
  await tell('languages', hard)
  for (const look of [looks[0], looks[5]]) {
    const page = await enter(look, look.lang === 'en' ? 'Hanna' : '小岩', '/r/languages')
    await page.waitForSelector('.message')
    await picture(page, look, 'hard-text')
    await page.context().close()
  }
}

/** @param {string} port */
async function start(port) {
  if (!existsSync('dist/cli.js'))
    throw new Error('dist/cli.js is missing: run `npm run build` first')
  const flags = [
    '--host',
    '127.0.0.1',
    '--port',
    port,
    '--data',
    data,
    '--limits-burst',
    '0',
    '--limits-messages-per-minute',
    '0',
    '--limits-signins-per-window',
    '0',
    '--limits-connections-per-ip',
    '0',
    '--limits-new-connections-per-window',
    '0',
    ...bots(fake.url),
  ]
  const child = spawn(process.execPath, ['dist/cli.js', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // Read to the end: a server whose output nobody takes would stop at its next line.
  const address = await new Promise((resolve) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) resolve(found[0])
    })
    child.once('exit', () => resolve(undefined))
  })
  if (address) return { child, url: address }
  throw new Error('the server did not start')
}

async function stop({ child }) {
  if (child.exitCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** The server is gone for a while. @param {() => Promise<void>} meanwhile */
async function whileAway(meanwhile) {
  await stop(server)
  await meanwhile()
  server = await start(new URL(url).port)
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

/** A story that does not come about is told, with what its page shows; the others are taken all the same. */
async function broken(name, error) {
  faults.push(`${name}: ${error.message}`)
  const said = new Set(speakers.values())
  const pages = browser.contexts().flatMap((context) => context.pages())
  const [last] = pages.filter((page) => !said.has(page)).toReversed()
  await last?.screenshot({ path: join(options.out, `broken-${name}.png`) })
  await last?.context().close()
}

/** Lines of people who are in the room, in order. */
async function tell(where, said) {
  for (const [name, text] of said) await send(await speaker(name, where), text)
}

/** The page of somebody who talks, in a room. */
async function speaker(name, where) {
  const page = speakers.get(name) ?? (await enter(looks[0], name, `/r/${where}`))
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
  await page.screenshot({ path: path ?? join(options.out, file) })
}
