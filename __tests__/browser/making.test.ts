import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, goesTo, online, reads, writes } from './browser.js'

test('the plus beside the rooms makes one as it is written, and everybody finds it at once', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  const bob = await comesIn(world, 'Bob', { size: 'phone', lang: 'zh-CN', theme: 'dark' })
  await ada.getByRole('button', { name: 'New room' }).click()
  await ada.locator('#making').getByLabel('Room name').fill('Book Club 读书会')
  await ada.locator('#making').getByLabel('Topic').fill('A chapter a week')
  expect(await axe(ada)).toEqual([])
  await ada.getByRole('button', { name: 'Create the room' }).click()
  await ada.waitForURL('**/r/book-club-**')
  await online(ada)
  await ada.locator('h1', { hasText: 'Book Club 读书会' }).waitFor()

  await bob.click('.top__menu')
  await bob.locator('.rooms__link', { hasText: 'Book Club 读书会' }).click()
  await writes(bob, '这里讨论什么？')
  await reads(ada, '这里讨论什么？')
})

test('whoever has made a room presses no second time while its page is on the way', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  const asked = new Promise<void>((resolve) => {
    ada.once('requestfailed', () => resolve())
  })
  await ada.route('**/r/**', (route) => route.fulfill({ status: 204 })) // it never comes
  await ada.getByRole('button', { name: 'New room' }).click()
  await ada.locator('#making').getByLabel('Room name').fill('garden')
  const make = ada.getByRole('button', { name: 'Create the room' })
  await make.click()
  await asked
  expect(await make.isDisabled()).toBe(true)
})

test('what is missing for a new room is said in the language of the page, and the field waits for it', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { lang: 'zh-CN' })
  await ada.getByRole('button', { name: '新建房间' }).click()
  await ada.locator('#making').getByRole('button', { name: '新建房间' }).click()
  await ada.locator('#making [role=alert]', { hasText: '请写上房间名称' }).waitFor()
  await ada.locator('#making-title:focus').waitFor()
  await ada.keyboard.type('地下室')
  await ada.locator('#making').getByRole('radio', { name: '口令' }).check()
  await ada.locator('#making').getByRole('button', { name: '新建房间' }).click()
  await ada.locator('#making [role=alert]', { hasText: '请写上口令' }).waitFor()
  await ada.locator('#making [type=password]:focus').waitFor()
})

test('a room behind a passcode asks for the passcode before it is made, and is in no list', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada', { lang: 'zh-CN', size: 'phone', theme: 'dark' })
  await ada.keyboard.press('Control+k')
  await ada.locator('#switcher [role=option]', { hasText: '新建房间' }).first().click()
  await ada.fill('#making-title', '地下室')
  await ada.locator('#making').getByRole('radio', { name: '口令' }).check()
  await ada.press('#making-title', 'Enter')
  await ada.locator('#making [role=alert]', { hasText: '请写上口令' }).waitFor()
  expect(await axe(ada)).toEqual([])
  await ada.fill('#making [type=password]', 'sesame')
  await ada.press('#making-title', 'Enter')
  await ada.waitForURL(`**/r/${encodeURIComponent('地下室')}`)
  await online(ada)

  const bob = await comesIn(world, 'Bob')
  expect(await bob.locator('.side').innerText()).not.toContain('地下室')
})

test('where nobody may make rooms, nothing offers it', async () => {
  const ada = await comesIn(await lobby({ config: { 'rooms.create': 'nobody' } }), 'Ada')
  await ada.keyboard.press('Control+k')
  await ada.fill('#switcher-field', 'garden')
  await ada.locator('[role=option]', { hasText: 'Search messages' }).waitFor()
  expect(await ada.locator('[role=option]', { hasText: 'Create the room' }).count()).toBe(0)
  expect(await ada.getByRole('button', { name: 'New room', includeHidden: true }).isVisible()).toBe(
    false,
  )
})

test('the switcher offers who is here before anything is typed', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  const bob = await comesIn(world, 'Bob')
  await goesTo(bob, `${world.url}/`)
  await ada.locator('.person', { hasText: 'Bob' }).waitFor()
  await ada.keyboard.press('Control+k')
  const person = ada.locator('#switcher [role=option]', { hasText: 'Bob' })
  await person.waitFor()
  const middles = ada.locator('#switcher [role=option] :is(.icon, .avatar):visible')
  expect(new Set(await middles.evaluateAll(middlesOf)).size).toBe(1) // one column, whatever is in it
  await person.click()
  await ada.waitForURL('**/r/d-**')
  await online(ada)
})

/** Runs in the page. */
const middlesOf = (marks: Element[]) =>
  marks.map((mark) => {
    const { left, width } = mark.getBoundingClientRect()
    return Math.round(left + width / 2)
  })
