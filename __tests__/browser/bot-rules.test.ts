import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, toast, visitorAt, writes, type Look } from './browser.js'

/** What the moderators of a room let a bot do, and how everybody sees it. */

const world = () => lobby({ plugins: { 'bot:bird': { use: 'offline', hear: 'all' } } })
const phone: Look = { size: 'phone', lang: 'zh-CN', theme: 'dark' }

test('a moderator turns a bot off and on again, and everybody in the room sees it', async () => {
  const here = await world()
  const grace = await comesIn(here, 'Grace', { room: 'garden' })
  const ada = await comesIn(here, 'Ada', { ...phone, room: 'garden' })
  await grace.click('#listening')
  await grace.getByText('What it may do in this room').click()
  await grace.getByLabel('It hears').selectOption('off')
  await toast(grace, 'Saved')

  await grace.locator('.bot__state', { hasText: 'Turned off here' }).waitFor()
  await ada.locator('#listening', { hasText: '机器人在这里都关着' }).waitFor()
  await writes(ada, '@bird 你好')
  await ada.locator('.message', { hasText: 'bird 在这个房间里关着' }).waitFor()
  await grace.getByLabel('It hears').selectOption('active')
  await ada.locator('#listening', { hasText: 'bird：每句都听' }).waitFor()
  expect(await axe(grace)).toEqual([])
})

test('a moderator sets quiet hours and who may call it, on a phone, in Chinese', async () => {
  const here = await world()
  const page = await comesIn(here, 'Grace', phone)
  await here.gives(await visitorAt(page), 'mod')
  await page.locator('#listening').click()
  await page.getByText('它在这个房间可以做什么').click()
  await page.getByLabel('安静时间').check()
  await page.locator('.bot dd', { hasText: '22:00 到 08:00' }).waitFor()
  await page.getByLabel('从', { exact: true }).fill('23:30')
  await page.locator('.bot dd', { hasText: '23:30 到 08:00' }).waitFor()
  await page.getByLabel('谁可以叫它').selectOption('moderators')
  await page.locator('.bot dd', { hasText: '只回答管理员' }).waitFor()

  expect(await axe(page)).toEqual([])
  for (const field of await page.locator('.bot__rules select, .bot__rules summary').all())
    expect((await field.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await page.getByLabel('到', { exact: true }).fill('23:30')
  await toast(page, '不能相同')
})

test('who moderates nothing reads what holds, and finds no fields', async () => {
  const here = await world()
  const ada = await comesIn(here, 'Ada')
  const grace = await here.enters('grace')
  await here.gives(grace, 'host')
  await grace.request({ type: 'policy', room: 'lobby', bot: 0, mode: 'called' })
  await ada.locator('#listening', { hasText: 'answers when called' }).waitFor()
  await ada.click('#listening')

  await ada.locator('.bot dd', { hasText: 'It answers only when called' }).waitFor()
  expect(await ada.locator('.bot__rules').isVisible()).toBe(false)
})
