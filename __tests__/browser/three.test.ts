import { expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import {
  axe,
  chooses,
  comesIn,
  doesTo,
  goesTo,
  LAN_NAME,
  line,
  online,
  opens,
  reads,
  visitorAt,
  writes,
  type Look,
} from './browser.js'

/** A room with three people in it: who made it at a desk, one with a phone, one in the dark. */
async function garden() {
  const world = await lobby()
  const grace = await comesIn(world, 'Grace', { room: 'garden' })
  const bob = await comesIn(world, 'Bob', { size: 'phone', lang: 'zh-CN', room: 'garden' })
  const ada = await comesIn(world, 'Ada', { theme: 'dark', room: 'garden' })
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
  for (const page of all) await line(page, '红茶').first().waitFor({ state: 'detached' })
  expect([await axe(grace), await axe(bob), await axe(ada)]).toEqual([[], [], []])
})

test('a moderator keeps order with a phone, and the others see each step', async () => {
  const { world, grace, bob, ada } = await garden()
  await writes(grace, 'mind the roses')
  await reads(bob, 'mind the roses')
  await doesTo(bob, 'mind the roses', '👍')
  await chooses(grace, grace.locator('.person', { hasText: 'Bob' }), 'Kick out of the room')
  await grace.click('#confirm-yes')
  await bob.getByRole('button', { name: '重新进入' }).waitFor()
  await bob.locator('.reaction[data-act=who]').waitFor() // who is outside changes nothing here
  await line(bob, 'mind the roses').focus()
  await bob.keyboard.press('Enter')
  await bob.locator('.menu').waitFor()
  expect(await bob.locator('.menu').getByRole('menuitem').allInnerTexts()).toEqual([
    '谁用表情回应了',
    '复制文字',
  ])
  await bob.keyboard.press('Escape')
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

/** Grace changes how the room is kept. */
async function sets(grace: Page, change: (settings: Locator) => Promise<unknown>) {
  await chooses(grace, '.top__about', 'Room settings')
  await change(grace.locator('#settings'))
  await grace.getByRole('button', { name: 'Save' }).click()
  await grace.locator('#settings').waitFor({ state: 'hidden' })
}

test('two with phones come into a closed room by its passcode and by an invite, and heed how it is kept', async () => {
  const world = await lobby()
  const grace = await comesIn(world, 'Grace', { room: 'vault' })
  await sets(grace, async (settings) => {
    await settings.getByRole('checkbox', { name: 'Passcode' }).check()
    await settings.locator('[type=password]').fill('open sesame')
    await settings.locator('select').selectOption({ label: '10 s' })
  })
  const ada = await opens(world, '/r/vault', 'Ada', { size: 'phone' })
  await ada.fill('#passcode', 'a guess')
  await ada.press('#passcode', 'Enter')
  await ada.locator('#passcode-error', { hasText: 'No room here opens' }).waitFor()
  expect(await axe(ada)).toEqual([])
  await ada.fill('#passcode', 'open sesame')
  await ada.press('#passcode', 'Enter')
  await online(ada)
  await chooses(ada, '.top__about', 'Invite')
  await ada.locator('#share').getByText('ask a moderator for an invite link').waitFor()
  await ada.keyboard.press('Escape')
  await chooses(grace, '.top__about', 'Invite')
  await grace.locator('#share').getByText('create an invite link below').waitFor()
  await grace.getByRole('button', { name: 'Create a link' }).click()
  await grace.locator('.invites__list li').waitFor()
  const link = await grace.getByLabel('Invite link', { exact: true }).inputValue()
  const dark: Look = { size: 'phone', lang: 'zh-CN', theme: 'dark' }
  const bob = await opens(world, new URL(link).pathname, 'Bob', dark)
  await grace.keyboard.press('Escape')
  await bob.locator('.composer__slow', { hasText: '每 10 秒' }).waitFor()

  await sets(grace, (settings) => settings.getByLabel('Announcements only').check())
  await ada.locator('.composer__closed', { hasText: 'Only moderators write here' }).waitFor()
  await bob.locator('.composer__closed', { hasText: '只有管理员能发言' }).waitFor()
  await writes(grace, 'we open at nine')
  await reads(bob, 'we open at nine')
  await doesTo(bob, 'we open at nine', '👍')
  for (const page of [grace, ada]) await page.locator('.reaction[data-emoji="👍"]').waitFor()
  expect([await axe(grace), await axe(ada), await axe(bob)]).toEqual([[], [], []])
})

test('three people talk in formulas, emoji and long texts, find it again and call each other, over plain http', async () => {
  const world = await lobby()
  const url = world.url.replace('127.0.0.1', LAN_NAME)
  const room = 'garden'
  const grace = await comesIn({ url }, 'Grace', { room })
  const ada = await comesIn({ url }, 'Ada', { size: 'phone', room })
  const bob = await comesIn({ url }, 'Bob', { size: 'phone', lang: 'zh-CN', theme: 'dark', room })
  await sets(grace, (settings) => settings.getByLabel('Formulas').check())
  await writes(bob, 'a root: $x = \\sqrt{2}$')
  for (const page of [grace, ada]) await line(page, 'a root').locator('msqrt').waitFor()
  await bob.tap('.composer__emoji')
  await bob.tap('.emoji__one[data-emoji="😀"]')
  await bob.tap('.composer__send')
  for (const page of [grace, ada]) await reads(page, '😀')
  await ada.fill('#input', `${'one '.repeat(600)}\n\n${'two '.repeat(600)}`)
  await ada.getByRole('button', { name: 'Send it as 2 messages' }).click()
  for (const page of [grace, bob]) await reads(page, 'two two')

  await bob.getByRole('button', { name: '搜索' }).first().click()
  await bob.fill('#search-field', 'root')
  await bob.locator('.hit').last().click()
  await bob.locator('.message.is-sought', { hasText: 'a root' }).waitFor()
  await ada.keyboard.press('Control+k')
  await ada.fill('#switcher-field', 'lob')
  await ada.press('#switcher-field', 'Enter')
  await ada.waitForURL(`${url}/`)
  await online(ada)
  await writes(grace, '@Ada come back')
  await ada.locator('.arrival', { hasText: 'Grace mentioned you in “garden”' }).waitFor()
  await ada.locator('.button__count', { hasText: '1' }).waitFor()
  expect([await ada.title(), await bob.title()]).toEqual([
    expect.stringMatching(/^\(1\) /),
    expect.not.stringMatching(/^\(/),
  ])
  await ada.click('.top__menu')
  await chooses(ada, '#own', 'Notifications')
  await ada.locator('.toast', { hasText: 'only on https or on localhost' }).waitFor()
  expect([await axe(grace), await axe(ada), await axe(bob)]).toEqual([[], [], []])
})
