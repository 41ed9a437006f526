import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import {
  axe,
  comesIn,
  doesTo,
  goesTo,
  holds,
  line,
  type Look,
  reads,
  resizes,
  writes,
} from './browser.js'

test.each<[string, Look]>([
  ['a desktop', { lang: 'en' }],
  ['a dark phone', { size: 'phone', lang: 'zh-CN', theme: 'dark' }],
])('a search leads far into the past, and the pill back to now, on %s', async (_, look) => {
  const world = await lobby({ people: ['grace'] })
  const { grace } = world
  await grace.says('the key is under the mat')
  for (let first = 0; first < 400; first += 50) {
    const lines = Array.from({ length: 50 }, (_, n) => grace.says(`line ${first + n}`))
    await Promise.all(lines)
  }
  const ada = await comesIn(world, 'Ada', look)
  await reads(ada, 'line 399')
  await ada
    .getByRole('button', { name: look.lang === 'en' ? 'Search' : '搜索' })
    .first()
    .click()
  await ada.fill('#search-field', 'under the mat')
  await ada.locator('.hit').first().click()
  await ada.locator('.message.is-sought', { hasText: 'under the mat' }).waitFor()
  await reads(ada, 'line 3')
  expect(await line(ada, 'line 399').count()).toBe(0)

  await grace.says('meanwhile')
  await ada.locator('.pill:visible').click()
  await reads(ada, 'meanwhile')
  await grace.says('and on it goes')
  await reads(ada, 'and on it goes')
})

test('the pill leads to the very end, past lines that are taller than the window', async () => {
  const { ada, grace } = await afterJump('the key is under the mat')
  await ada.locator('.pill:visible').click()
  await ada.locator('.pill').waitFor({ state: 'hidden' })
  expect(await toEnd(ada)).toBe(0)
  await grace.says('and on it goes')
  await ada.locator('.message', { hasText: 'and on it goes' }).waitFor()
  expect(await toEnd(ada)).toBe(0)
})

test('a jump is not undone by the scrolling of the frame before it', async () => {
  const world = await lobby({ people: ['grace'] })
  for (let n = 0; n < 60; n += 1) await world.grace.says(`before ${n}`)
  const { seq = 0 } = await world.grace.says('where is the key?')
  for (let n = 0; n < 120; n += 1) await world.grace.says(`behind ${n}`)
  await world.grace.says('under the mat', { reply_to: seq })
  const ada = await comesIn(world, 'Ada')
  await reads(ada, 'under the mat')
  await ada.evaluate(scrollBeforeFrames)
  await line(ada, 'under the mat').locator('.quote').click()
  await ada.locator('.message.is-sought', { hasText: 'where is the key?' }).waitFor()
})

/** Runs in the page. The browser tells of scrolling at the start of the next frame: here of each. */
function scrollBeforeFrames() {
  const frame = requestAnimationFrame
  window.requestAnimationFrame = (draw) =>
    frame((now) => {
      document.getElementById('log')?.dispatchEvent(new Event('scroll'))
      draw(now)
    })
}

test.each<Look>([{}, { size: 'phone' }])(
  'what one is led to stays in view, though lines near it grow as they come near (%j)',
  async (look) => {
    const world = await lobby({ people: ['grace'] })
    const talk = Array.from({ length: 160 }, (_, n) => `line ${n}${'\nmore'.repeat(n % 7)}`)
    for (let first = 0; first < talk.length; first += 40)
      await Promise.all(talk.slice(first, first + 40).map((text) => world.grace.says(text)))
    const ada = await comesIn(world, 'Ada', look)
    await reads(ada, 'line 159')
    for (const words of ['line 25', 'line 110', 'line 40']) {
      await ada.getByRole('button', { name: 'Search' }).first().click()
      await ada.fill('#search-field', `"${words}"`)
      await ada.locator('.hit', { hasText: words }).click()
      const sought = ada.locator('.message.is-sought', { hasText: words })
      await sought.waitFor()
      await ada.evaluate(afterFrames)
      expect([words, await sought.evaluate(isInView)]).toEqual([words, true])
    }
  },
)

/** Runs in the page: two frames later, what scrolling and growing made of the first is over. */
const afterFrames = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))

function isInView(node: Element): boolean {
  const box = node.getBoundingClientRect()
  const view = document.getElementById('log')?.getBoundingClientRect()
  return view !== undefined && box.top >= view.top && box.bottom <= view.bottom
}

test('who is led to one of the last lines is at the end, and stays there', async () => {
  const world = await lobby({ people: ['grace'] })
  for (let n = 0; n < 30; n += 1) await world.grace.says(`line ${n}`)
  const ada = await comesIn(world, 'Ada')
  await reads(ada, 'line 29')
  await ada.getByRole('button', { name: 'Search' }).first().click()
  await ada.fill('#search-field', 'line 28')
  await ada.locator('.hit').first().click()
  await ada.locator('.message.is-sought', { hasText: 'line 28' }).waitFor()
  await ada.locator('.pill').waitFor({ state: 'hidden' })
  await world.grace.says(`and\non\nit\ngoes`)
  await reads(ada, 'goes')
  expect(await toEnd(ada)).toBe(0)
})

test('who is at the newest line stays there, however the field grows and the phone is turned', async () => {
  const world = await lobby({ people: ['grace'] })
  for (let n = 0; n < 30; n += 1) await world.grace.says(`line ${n} ${'and on it goes '.repeat(9)}`)
  const ada = await comesIn(world, 'Ada', { size: 'phone' })
  await reads(ada, 'line 29')
  const atEnd = async () => [await toEnd(ada), await ada.locator('.pill').isVisible()]
  await ada.fill('#input', 'one\ntwo\nthree\nfour\nfive')
  expect(await atEnd()).toEqual([0, false])
  await ada.fill('#input', 'too long '.repeat(900))
  await ada.press('#input', 'Enter')
  expect(await atEnd()).toEqual([0, false])
  await ada.fill('#input', '')
  expect(await atEnd()).toEqual([0, false])
  await resizes(ada, 844, 390)
  expect(await atEnd()).toEqual([0, false])
  await resizes(ada, 390, 844)
  expect(await atEnd()).toEqual([0, false])
})

/** Ada's page shows an old line; far below, the last lines are long ones. */
async function afterJump(old: string) {
  const world = await lobby({ people: ['grace'] })
  const { grace } = world
  await grace.says(old)
  for (let n = 0; n < 120; n += 1) await grace.says(`line ${n}`)
  for (let n = 0; n < 3; n += 1) await grace.says(`tall ${n} ${'words '.repeat(600)}`)
  await grace.says('the last one')
  const ada = await comesIn(world, 'Ada', { size: 'phone' })
  await goesTo(ada, `${world.url}/r/lobby#m1`)
  await ada.locator('.message.is-sought', { hasText: old }).waitFor()
  return { ada, grace }
}

/** Pixels from what is in view to the end of the talk, once the page has settled. */
const toEnd = (page: Page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    for (let n = 0; n < 3; n += 1) await frame()
    const log = document.getElementById('log')
    return log ? Math.round(log.scrollHeight - log.clientHeight - log.scrollTop) : NaN
  })

test('what is pinned is a press away for all, until it is taken off', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada', { room: 'garden' })
  const bob = await comesIn(world, 'Bob', {
    size: 'phone',
    theme: 'dark',
    lang: 'zh-CN',
    room: 'garden',
  })
  await writes(ada, 'water on Mondays')
  await reads(bob, 'water on Mondays')
  await doesTo(ada, 'water on Mondays', 'Pin')
  await bob.locator('.mark', { hasText: /Ada.*置顶/ }).waitFor()
  await ada.locator('.top__pins--some').waitFor()

  await bob.click('.top__about')
  await bob.getByRole('menuitem', { name: '置顶消息' }).click()
  await bob.locator('#pins .hit', { hasText: 'water on Mondays' }).click()
  await bob.locator('.message.is-sought', { hasText: 'water on Mondays' }).waitFor()
  await ada.click('.top__pins')
  await ada.locator('#pins .hit').waitFor()
  expect(await axe(ada)).toEqual([])
  await ada.getByRole('button', { name: 'Unpin' }).click()
  await ada.getByText('Nothing is pinned here yet').waitFor()
  await ada.locator('.top__pins--some').waitFor({ state: 'detached' })

  await ada.keyboard.press('Escape')
  await doesTo(ada, 'water on Mondays', 'Pin')
  await ada.locator('.top__pins--some').waitFor()
  await doesTo(ada, 'water on Mondays', 'Unpin')
  await ada.locator('.top__pins--some').waitFor({ state: 'detached' })
})

test('several lines that their author recalls are one, and each can be had again', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
  for (const text of ['第一句', '第二句']) {
    await writes(ada, text)
    await reads(ada, text)
  }
  for (const text of ['第一句', '第二句']) await doesTo(ada, text, '撤回')
  await ada.locator('.mark', { hasText: '2' }).waitFor()
  expect(await ada.locator('[data-again]').count()).toBe(1)
  await ada.click('[data-again]')
  await holds(ada, '第二句')
  expect(await axe(ada)).toEqual([])
})
