import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { atAnotherDevice, axe, chooses, comesIn, line, reads, toast, writes } from './browser.js'

/** Everybody folds or mutes a bot for themselves. */

const echo = {
  plugins: { 'bot:echo': { use: './echo.mjs' } },
  files: {
    'echo.mjs': `export const triggers = { keyword: 'say' }
export default (ctx) => ctx.reply(ctx.message.text.replace('say ', 'echo of '))`,
  },
}
const member = (page: Page) => page.locator('.people .person--bot')
const turns = (page: Page, choice: string) => chooses(page, member(page), choice)

test('a folded bot is one row until it is opened, also on another device', async () => {
  const world = await lobby(echo)
  const [ada, bob] = [await comesIn(world, 'Ada'), await comesIn(world, 'Bob')]
  await turns(ada, 'Fold its messages')
  await toast(ada, 'You see one row')
  await writes(bob, 'say one')
  await reads(bob, 'echo of one')
  await bob.reload()
  await reads(bob, 'echo of one')

  const fold = ada.locator('.fold__row')
  await fold.filter({ hasText: 'echo of one' }).waitFor()
  expect(await line(ada, 'echo of one').count()).toBe(0)
  expect(await axe(ada)).toEqual([])
  const phone = await atAnotherDevice(ada, { size: 'phone', theme: 'dark' })
  const onPhone = phone.locator('.fold__row')
  expect((await onPhone.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await onPhone.tap()
  await reads(phone, 'echo of one')
  expect(await axe(phone)).toEqual([])
  await fold.focus()
  await ada.keyboard.press('Enter')
  await reads(ada, 'echo of one')
  expect(await line(ada, 'echo of one').evaluate((node) => node === document.activeElement)).toBe(
    true,
  )
})

test('a muted bot leaves a quiet line, raises nothing, and can be heard again', async () => {
  const world = await lobby(echo)
  const [ada, bob] = [await comesIn(world, 'Ada', { lang: 'zh-CN' }), await comesIn(world, 'Bob')]
  await turns(ada, '不看它的消息')
  await ada.locator('.person__note', { hasText: '你不看它的消息' }).waitFor()
  await writes(bob, 'say one')
  await reads(bob, 'echo of one')
  await writes(bob, 'say two')
  const quiet = ada.locator('.fold--muted').last()
  await ada.locator('.fold--muted').nth(1).waitFor()
  expect(await quiet.textContent()).toBe('没有显示 ⁨echo⁩ 的 1 条消息 显示')
  expect(await axe(ada)).toEqual([])
  await quiet.getByRole('button').click()
  await reads(ada, 'echo of two')
  expect(await line(ada, 'echo of one').count()).toBe(0)

  await ada.click('#listening')
  await ada.getByLabel('对我，在所有房间').selectOption('all')
  await ada.keyboard.press('Escape')
  await reads(ada, 'echo of one')
})

test('what a search or an answer leads to is shown, folded or not', async () => {
  const world = await lobby(echo)
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'say hidden')
  await reads(ada, 'echo of hidden')
  await turns(ada, 'Mute it')
  await ada.locator('.fold--muted').waitFor()
  await ada.goto(`${world.url}/#m2`)
  await ada.reload()
  await reads(ada, 'echo of hidden')
})
