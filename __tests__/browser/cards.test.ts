import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, drawnByBrowser, reads, toast, visitorAt, writes } from './browser.js'

/** The choices under a bot's message, pressed on the page. */

const asker = `
  export const triggers = { keyword: ['many', 'soon', 'first'] }
  const choices = [{ id: 'tea', label: 'Tea' }, { id: 'cake', label: 'A slice of cake' }]
  export default async (ctx) => {
    const { text } = ctx.message
    const how = {
      many: { many: true },
      soon: { until: Date.now() + 1500 },
      first: { once: 'first' },
    }[text]
    await ctx.reply('What would you like? Tea or cake', { card: { choices, ...how } })
  }`

const asking = () =>
  lobby({ plugins: { 'bot:poll': { use: 'poll' } }, files: { 'bots/asker.js': asker } })

const button = (page: Page, name: RegExp) => page.locator('.choices').getByRole('button', { name })
const state = (page: Page, words: string) =>
  page.locator('.choices__state', { hasText: words }).waitFor()
const counts = (page: Page) => page.locator('.choice__count').allTextContents()

describe('a card', () => {
  test('is answered by a press, by mouse or keyboard, and shows how it stands then', async () => {
    const world = await asking()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { theme: 'dark', size: 'phone', lang: 'zh-CN' })
    await writes(ada, '/poll Where to? | the sea | the hills')
    await state(bob, '选一项')
    expect(await counts(bob)).toEqual([])
    const readOnly = bob.locator('.bubble ol.hidden li') // to the eyes the buttons say it
    await readOnly.nth(1).waitFor({ state: 'attached' })
    expect(await readOnly.allTextContents()).toEqual(['the sea', 'the hills'])

    await button(ada, /the sea/).click()
    await state(ada, '1 answered · you may change your answer')
    await button(bob, /the hills/).press('Enter')
    await state(bob, '2 人已答')
    expect([await counts(ada), await counts(bob)]).toEqual([
      ['1', '1'],
      ['1', '1'],
    ])
    expect(await button(bob, /the hills/).getAttribute('aria-pressed')).toBe('true')
    expect(await bob.evaluate(() => document.activeElement?.textContent)).toContain('the hills')
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])
  })

  test('is as tall as a finger, with a long label on a phone as well', async () => {
    const page = await comesIn(await asking(), 'Ada', { size: 'phone' })
    await writes(page, `/poll Where to? | sea | ${'very-long-'.repeat(7)}`)
    await state(page, 'Choose one')
    const boxes = await page
      .locator('.choice')
      .evaluateAll((nodes) =>
        nodes
          .map((node) => node.getBoundingClientRect())
          .map(({ height, right }) => [height, right]),
      )
    expect(boxes).toHaveLength(2)
    for (const [height = 0, right = 0] of boxes)
      expect([height >= 44, right < 390]).toEqual([true, true])
  })

  test('is as wide on a phone as the bubble of a long question', async () => {
    const page = await comesIn(await asking(), 'Ada', { size: 'phone' })
    await writes(page, `/poll ${'Where shall we go, '.repeat(8)}friends? | sea | hills`)
    await state(page, 'Choose one')
    const edge = (css: string) =>
      page.locator(css).evaluate((node) => Math.round(node.getBoundingClientRect().right))
    expect(await edge('.choices')).toBe(await edge('.message--bot .bubble'))
  })

  test('with many has boxes, whose ticks stay while others answer', async () => {
    const world = await asking()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { theme: 'dark' })
    await writes(ada, 'many')
    await ada.getByRole('checkbox', { name: 'Tea' }).check()
    expect(await drawnByBrowser(ada)).toBe(0)
    await bob.getByRole('checkbox', { name: 'A slice of cake' }).check()
    await button(bob, /Send answer/).click()
    await state(bob, '1 answered')

    await ada.getByRole('checkbox', { name: 'A slice of cake' }).check()
    await button(ada, /Send answer/).click()
    await state(ada, '2 answered')
    expect(await counts(ada)).toEqual(['1', '2'])
    expect(await axe(bob)).toEqual([])
  })

  test('for the first one is closed for the others, in words', async () => {
    const world = await asking()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    const bob = await comesIn(world, 'Bob')
    await writes(ada, 'first')
    await state(bob, 'The first answer counts')
    await button(ada, /Tea/).click()
    await state(ada, '已结束 · 1 人已答')
    await state(bob, 'Closed · 1 answered')
    expect(await button(bob, /Tea/).count()).toBe(0)
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])
  })

  test('counts, in place of their names, those who left before its reader came, as an emoji does', async () => {
    const world = await asking()
    const grace = await world.enters('Grace')
    const gone = [grace, await world.enters('Heidi')]
    const ada = await comesIn(world, 'Ada')
    await writes(ada, 'many')
    await state(ada, 'Choose as many as you like')
    await grace.request({ type: 'react', room: 'lobby', message: 1, data: '👍', on: true })
    for (const one of gone) {
      await one.answers(2, 'tea')
      await one.close()
      await ada.locator('.person', { hasText: one.name }).waitFor({ state: 'detached' })
    }
    await ada.reload()
    await ada.getByRole('checkbox', { name: 'A slice of cake' }).check()
    await button(ada, /Send answer/).click()
    await state(ada, '3 answered')
    expect(await ada.locator('.choice__count').first().getAttribute('title')).toBe('2 people')
    expect(await ada.locator('.reaction').first().getAttribute('title')).toBe('1 person')
  })

  test('says by itself that its time is over', async () => {
    const page = await comesIn(await asking(), 'Ada')
    await writes(page, 'soon')
    await state(page, 'Choose one · open until')
    await state(page, 'Time is over · 0 answered')
    expect(await axe(page)).toEqual([])
  })

  test('cannot be pressed as long as one is muted, and says why; what is ticked stays', async () => {
    const world = await asking()
    const grace = await world.enters('Grace')
    await world.gives(grace, 'host')
    const ada = await comesIn(world, 'Ada')
    const { user } = await visitorAt(ada)
    const mute = (ms: number) => grace.request({ type: 'mute', room: 'lobby', user: user.id, ms })
    const tea = ada.getByRole('checkbox', { name: 'Tea' })
    await writes(ada, 'many')
    await tea.check()

    await mute(60_000)
    const why = ada.locator('.choices__held', { hasText: 'You are muted' })
    await why.waitFor()
    expect(await ada.locator('.choices :enabled').count()).toBe(0)
    const described = await ada.locator('.choices').getAttribute('aria-describedby')
    expect(await why.getAttribute('id')).toBe(described)
    expect(await ada.evaluate(() => document.activeElement?.className)).toContain('message')
    expect(await axe(ada)).toEqual([])

    await mute(0)
    await why.waitFor({ state: 'detached' })
    expect(await tea.isChecked()).toBe(true)
    await button(ada, /Send answer/).click()
    await state(ada, '1 answered')

    await mute(60_000)
    await ada.reload()
    await why.waitFor()
    expect(await ada.locator('.choices :enabled').count()).toBe(0)
  })

  test('that does not take an answer any more says why', async () => {
    const world = await asking()
    const ada = await comesIn(world, 'Ada')
    await writes(ada, 'soon')
    await button(ada, /Tea/).waitFor()
    world.passes(60_000)
    await button(ada, /Tea/).click()
    await toast(ada, 'The time for this question is over')
    await reads(ada, 'What would you like?')
  })
})
