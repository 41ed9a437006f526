import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { reachable } from '../../src/network.js'
import { lobby } from '../helpers/lobby.js'
import {
  axe,
  chooses,
  comesIn,
  doesTo,
  holds,
  inState,
  LAN_NAME,
  pasted,
  reads,
  resizes,
  writes,
} from './browser.js'

/** Where others would reach this machine; without a network, a name that is not loopback to the browser. */
const LAN = reachable()[0] ?? LAN_NAME
const everywhere = { config: { 'server.host': '0.0.0.0' } }
const at = (url: string, host: string) => url.replace('127.0.0.1', host)

describe('the invitation', () => {
  test('says that this address works here only, and offers one for others, with its code', async () => {
    const world = await lobby(everywhere)
    const ada = await comesIn(world, 'Ada')
    await ada.click('.top__invite')
    await ada
      .locator('#share', { hasText: /127\.0\.0\.1:\d+ opens on this computer only/ })
      .waitFor()
    if (LAN !== LAN_NAME) {
      await holds(ada, `${at(world.url, LAN)}/`, '#share-link')
      expect(await ada.locator('#share .share__code').isVisible()).toBe(true)
    }
    expect(await axe(ada)).toEqual([])
  })

  test('offers no code that nobody could use', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await ada.click('.top__invite')
    await ada.locator('#share', { hasText: '--host 0.0.0.0' }).waitFor()
    expect(await ada.locator('.share__code, #share-link').count()).toBe(0)
  })

  test('shows an address in Chinese as it is read, and copies it so that every chat takes it whole', async () => {
    const world = await lobby()
    const ada = await comesIn({ url: at(world.url, LAN_NAME) }, 'Ada', { room: '周五桌游' })
    const address = `${at(world.url, LAN_NAME)}/r/${encodeURIComponent('周五桌游')}`
    await ada.click('.top__invite')
    await holds(ada, decodeURI(address), '#share-link')
    await ada.click('#share .button--main')
    await ada.keyboard.press('Escape')
    expect(await pasted(ada)).toBe(address)

    await ada.click('.top__invite')
    await ada.focus('#share-link')
    for (const keys of ['Control+A', 'Control+C', 'Escape']) await ada.keyboard.press(keys)
    expect(await pasted(ada)).toBe(address)
  })

  test('says above its shade that the link was copied', async () => {
    const world = await lobby()
    const ada = await comesIn({ url: at(world.url, LAN_NAME) }, 'Ada')
    await ada.click('.top__invite')
    await ada.click('#share .button--main')
    const toast = ada.locator('.toast', { hasText: 'Copied' })
    await toast.waitFor()
    expect(await toast.evaluate(isOnTop)).toBe(true)
  })
})

test('where fingers are all there is, the tips tell what they do, and of no key', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { size: 'phone', lang: 'zh-CN' })
  await ada.click('.top__menu')
  await chooses(ada, '#own', '使用提示')
  const tips = ada.locator('#keys[open]')
  await tips.getByText('按住一条消息').waitFor()
  expect(await tips.locator('kbd').filter({ visible: true }).count()).toBe(0)
  expect(await axe(ada)).toEqual([])
})

test('the field names its room where that fits whole, and says what calls a bot where none hears all', async () => {
  const world = await lobby({ plugins: { 'bot:bird': { use: 'offline' } } })
  const phone = await comesIn(world, 'Ada', { size: 'phone' })
  expect(await phone.getAttribute('#input', 'placeholder')).toBe('Say something…')
  const desktop = await comesIn(world, 'Bob')
  expect(await desktop.getAttribute('#input', 'placeholder')).toBe('Say something in Lobby…')
  const field = phone.locator('[placeholder="Say something, @ calls a bot"]')
  await field.waitFor()
  const cut = (input: Element) => getComputedStyle(input, '::placeholder').textOverflow
  expect(await field.evaluate(cut)).toBe('ellipsis') // on a phone narrower than that
})

test('a room is whole on an address of this machine that is not loopback', async () => {
  const world = await lobby(everywhere)
  const url = at(world.url, LAN)
  const [ada, bob] = [await comesIn({ url }, 'Ada'), await comesIn({ url }, 'Bob')]
  expect(await ada.evaluate(() => [isSecureContext, 'clipboard' in navigator])).toEqual([
    false,
    false,
  ])
  await writes(ada, 'over plain http')
  await reads(bob, 'over plain http')
  await writes(bob, 'I hear you')
  await inState(bob, 'I hear you', 'sent').waitFor()
  await reads(ada, 'I hear you')
})

describe('signing out', () => {
  test('asks first, and says what is lost', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await leaves(ada)
    const question = ada.locator('#leave[open]')
    await question.getByText('Your name becomes free for others.').waitFor()
    await question.getByText('Drafts and unsent messages are deleted').waitFor()
    expect(await axe(ada)).toEqual([])

    await ada.keyboard.press('Enter') // the answer that loses nothing is the one at hand
    await question.waitFor({ state: 'hidden' })
    await writes(ada, 'I stay')
    await inState(ada, 'I stay', 'sent').waitFor()
  })

  test.each(['in the room', 'by its own page'])('%s forgets what was written', async (where) => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await writes(ada, 'half a message')
    await doesTo(ada, 'half a message', 'Edit')
    await ada.locator('#input').pressSequentially(', half a sen')
    await ada.evaluate(keepsOnItsWay)
    if (where === 'in the room') await leaves(ada)
    else await ada.goto(`${world.url}/signout`)
    await ada.locator('#leave, #signout').getByRole('button', { name: 'Sign out' }).click()
    await ada.locator('#signin').waitFor()
    expect(await ada.evaluate(() => JSON.stringify(localStorage))).not.toContain('half a sen')
  })
})

/** Runs in the page. What was begun is kept as it is while the server has not answered, too. */
function keepsOnItsWay() {
  for (const [key, kept] of Object.entries(localStorage))
    localStorage.setItem(key.replace('/aims/', '/edits/'), String(kept))
}

describe('from the empty field', () => {
  test('End leads to the newest message, and only from there', async () => {
    const world = await lobby({ people: ['grace'] })
    for (let n = 1; n <= 60; n += 1) await world.grace.says(`line ${n}.`)
    const ada = await comesIn(world, 'Ada')
    await reads(ada, 'line 60.')
    await scrollsUp(ada)

    await ada.fill('#input', 'x')
    await ada.press('#input', 'End')
    expect(await ada.locator('.pill').isVisible()).toBe(true)
    await ada.fill('#input', '')
    await ada.press('#input', 'End')
    await ada.locator('.pill').waitFor({ state: 'hidden' })
  })

  test('a question mark shows the keys, but in the field it is one', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.press('#input', '?')
    await holds(ada, '?')
    await ada.locator('.top__about').press('?')
    await ada.locator('#keys[open]').waitFor()
    expect(await axe(ada)).toEqual([])
  })

  test('a letter goes to the field, wherever the focus was left', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.locator('.top__about').focus()
    await ada.keyboard.type('hello there')
    await holds(ada, 'hello there')
    await ada.locator('.top__about').press('Space')
    await ada.locator('.menu').waitFor()
    await ada.keyboard.type('x')
    await holds(ada, 'hello there')
  })
})

test.each([
  ['127.0.0.1', false],
  [LAN_NAME, true],
])('what the browser holds back on %s is told among the tips: %s', async (host, told) => {
  const world = await lobby()
  const ada = await comesIn({ url: at(world.url, host) }, 'Ada')
  await ada.locator('.top__about').press('?')
  await ada.locator('#keys[open]').waitFor()
  expect(await ada.getByText('this browser allows no notifications').isVisible()).toBe(told)
})

describe('on a phone', () => {
  test('that messages have a menu is told once, until it is found', async () => {
    const world = await lobby({ people: ['grace'] })
    await world.grace.says('hold me')
    const ada = await comesIn(world, 'Ada', { size: 'phone' })
    await ada.locator('.composer__tip', { hasText: 'Hold a message' }).waitFor()
    expect(await axe(ada)).toEqual([])

    await ada.locator('.bubble').dispatchEvent('pointerdown', { pointerType: 'touch' })
    await ada.locator('.menu').waitFor()
    await ada.locator('.menu__item').first().dispatchEvent('click', { detail: 1 }) // the finger lifts
    expect(await ada.locator('.menu').count()).toBe(1)
    await ada.locator('.composer__tip').waitFor({ state: 'hidden' })
    await ada.reload()
    await reads(ada, 'hold me')
    await ada.locator('.composer__tip').waitFor({ state: 'hidden' })
  })

  test('a question mark is a question mark', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { size: 'phone' })
    await ada.press('#input', '?')
    await holds(ada, '?')
  })
})

async function leaves(page: Page) {
  await page.click('#own')
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

async function scrollsUp(page: Page) {
  await page.locator('#log').evaluate((log) => log.scrollTo(0, 0))
  await page.locator('.pill').waitFor()
}

/** Nothing covers its middle. */
const isOnTop = (element: Element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return document.elementFromPoint(left + width / 2, top + height / 2) === element
}

test('in a low window, or much enlarged, the keys bring each choice of a menu into view', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  await resizes(ada, 640, 400)
  await ada.click('.top__menu')
  await ada.click('#own')
  const items = ada.locator('.menu [role^=menuitem]')
  const seen = (item: Element) => {
    const { left, top, height } = item.getBoundingClientRect()
    return item.contains(document.elementFromPoint(left + 20, top + height / 2))
  }
  expect(await items.last().evaluate(seen)).toBe(false) // else this test means nothing
  expect(await axe(ada)).toEqual([])
  await ada.keyboard.press('End')
  expect(await items.last().evaluate(seen)).toBe(true)
  await ada.keyboard.press('Home')
  expect(await items.first().evaluate(seen)).toBe(true)
})

test('in a menu the arrows go round, and Home and End lead to its ends', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  await ada.click('#own')
  const items = await ada.locator('.menu [role^=menuitem]').allTextContents()
  const [first, second] = items
  const last = items.at(-1)
  const stood = []
  for (const key of ['End', 'ArrowDown', 'ArrowDown', 'Home', 'ArrowUp', 'ArrowUp', 'End']) {
    await ada.keyboard.press(key)
    stood.push(await ada.evaluate(() => document.activeElement?.textContent))
  }
  expect(stood).toEqual([last, first, second, first, last, items.at(-2), last])
})
