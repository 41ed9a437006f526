import { describe, expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, goesTo, holds, inState, line, reads, writes } from './browser.js'

describe('whoever is called in a text', () => {
  test('can be pressed there, and sees it marked', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { size: 'phone', theme: 'dark' })
    await writes(ada, '**look**, @bob and @小小鸟, not @nobody')
    const calls = (page: typeof ada) => line(page, 'not @nobody').locator('.call')
    await calls(bob).nth(1).waitFor()

    expect(await calls(bob).allInnerTexts()).toEqual(['@bob', '@小小鸟'])
    expect(await calls(bob).first().getAttribute('class')).toBe('call call--me')
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])
    await calls(ada).first().click()
    await ada.getByRole('menuitem', { name: 'Direct message' }).waitFor()
    expect(await ada.locator('.menu').getAttribute('aria-label')).toContain('Bob')
  })

  test('is marked in a line of one’s own once everybody has it', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada')
    await writes(ada, 'hi @grace')
    await inState(ada, 'hi @grace', 'sent').locator('.call', { hasText: '@grace' }).waitFor()
  })

  test('is marked as well who has gone meanwhile', async () => {
    const world = await lobby({ people: ['grace', 'mia'] })
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await ada.locator('.person', { hasText: 'mia' }).waitFor()
    await world.get('/signout', { method: 'POST', headers: { cookie: world.mia.cookie } })
    await ada.locator('.person', { hasText: 'mia' }).waitFor({ state: 'detached' })
    await world.grace.says('@mia 走了')
    await line(ada, '走了').locator('.call', { hasText: '@mia' }).waitFor()
  })
})

test('a face leads to the menu of its person', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('good morning')
  const ada = await comesIn(world, 'Ada', { size: 'phone' })
  await line(ada, 'good morning').locator('.message__face').click()
  await ada.getByRole('menuitem', { name: 'Mention grace' }).click()
  await holds(ada, '@grace ')
})

test('everybody is offered to who may call them, and to nobody else', async () => {
  const world = await lobby({ people: ['小满'] })
  const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
  const option = ada.locator('#suggest [role=option]')
  await ada.locator('.person', { hasText: '小满' }).waitFor()
  await ada.locator('#input').pressSequentially('@xm')
  await option.filter({ hasText: '小满' }).waitFor()
  await ada.fill('#input', '')
  await ada.locator('#input').pressSequentially('@')
  await option.first().waitFor()
  expect(await option.filter({ hasText: '所有人' }).count()).toBe(0)

  await goesTo(ada, `${world.url}/r/garden`) // whoever makes a room keeps it
  await ada.locator('.person__role', { hasText: '管理员' }).waitFor()
  await ada.locator('#input').pressSequentially('@syr')
  await option.filter({ hasText: '所有人' }).waitFor()
  await ada.press('#input', 'Enter')
  await ada.press('#input', 'Enter')
  await reads(ada, '@所有人')
  await ada.locator('.call--me', { hasText: '@所有人' }).waitFor()
})

test('a name in an own line is as easy to read as the line', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'good morning @grace')
  const chip = line(ada, 'good morning').locator('.call')
  await chip.waitFor()
  const colour = (element: Element) => getComputedStyle(element).color
  expect(await chip.evaluate(colour)).toBe(await ada.locator('.bubble').evaluate(colour))
})
