import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { axe, chooses, comesIn, doesTo, goesTo, line, reads, visitorAt, writes } from './browser.js'

/** A room with three people in it: who made it at a desk, one with a phone, one in the dark. */
async function garden() {
  const world = await lobby()
  const grace = await comesIn(world, 'Grace')
  const bob = await comesIn(world, 'Bob', { size: 'phone', lang: 'zh-CN' })
  const ada = await comesIn(world, 'Ada', { theme: 'dark' })
  for (const page of [grace, bob, ada]) await goesTo(page, `${world.url}/r/garden`)
  return { world, grace, bob, ada, all: [grace, bob, ada] }
}

const mark = (page: Page, text: RegExp) => page.locator('.mark', { hasText: text }).waitFor()

test('three people see the same, whatever one of them does to a message', async () => {
  const { grace, bob, ada, all } = await garden()
  await writes(grace, 'tea or coffee?')
  await reads(bob, 'tea or coffee?')
  await doesTo(bob, 'tea or coffee?', '回复')
  await writes(bob, '绿茶 @Ada')
  await line(ada, '绿茶').locator('.call--me').waitFor()
  expect(await line(grace, '绿茶').locator('.call--me').count()).toBe(0)
  await doesTo(ada, '绿茶', '👍')
  await doesTo(bob, '绿茶', '编辑')
  await writes(bob, '红茶 @Ada')
  await doesTo(grace, '红茶', 'Pin')

  for (const page of all) {
    const tea = line(page, '红茶').last()
    await tea.locator('.quote', { hasText: 'tea or coffee?' }).waitFor()
    await tea.locator('.reaction', { hasText: '1' }).waitFor()
    await tea.locator('.message__edited').waitFor()
    await mark(page, /Grace.*(pinned|置顶)/)
  }
  await doesTo(bob, '红茶', '撤回')
  await mark(grace, /Bob.* unsent a message/)
  await mark(ada, /Bob.* unsent a message/)
  for (const page of all) expect(await line(page, '红茶').count()).toBe(0)
  expect([await axe(grace), await axe(bob), await axe(ada)]).toEqual([[], [], []])
})

test('a moderator keeps order with a phone, and the others see each step', async () => {
  const { world, grace, bob, ada } = await garden()
  await chooses(grace, grace.locator('.person', { hasText: 'Bob' }), 'Kick out of the room')
  await bob.getByRole('button', { name: '重新进入' }).waitFor()
  await world.gives(await visitorAt(bob), 'mod')
  await goesTo(bob, bob.url())
  await bob.click('.top__people')
  const inDrawer = bob.locator('.person', { hasText: 'Ada' })
  await chooses(bob, inDrawer, '10 分钟')
  await ada.locator('.composer__closed', { hasText: '10 min' }).waitFor()
  await grace.locator('.person__muted').filter({ visible: true }).waitFor()
  expect([await axe(bob), await axe(ada)]).toEqual([[], []])
  await chooses(bob, inDrawer, '封禁…')
  await bob.click('#confirm-yes')
  await ada.locator('.bar--bad').waitFor()
  await grace.locator('.person', { hasText: 'Ada' }).waitFor({ state: 'detached' })
})
