import { describe, expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, goesTo, holds, reads, writes } from './browser.js'

describe('a search', () => {
  test('finds two characters in the middle of a line, and leads there', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    for (const text of ['今天记得带雨伞', 'one', 'two', 'three']) {
      await writes(ada, text)
      await reads(ada, text)
    }
    await ada.getByRole('button', { name: '搜索' }).first().click()
    await ada.fill('#search-field', '雨伞')
    await ada.locator('.hit__found', { hasText: '雨伞' }).first().waitFor()
    expect(await axe(ada)).toEqual([])

    await ada.locator('.hit').last().click()
    await ada.locator('.message.is-sought', { hasText: '带雨伞' }).waitFor()
  })

  test('that nobody can mean says what is wrong with it', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { size: 'phone', theme: 'dark' })
    await ada.getByRole('button', { name: 'Search' }).first().click()
    await ada.fill('#search-field', 'form:tom')
    await ada.locator('#search [role=status]', { hasText: 'form:' }).waitFor()
    expect(await axe(ada)).toEqual([])
  })

  test('leads from one room into another', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await writes(ada, 'the treasure is here')
    await reads(ada, 'the treasure is here')
    await goesTo(ada, `${world.url}/r/garden`)
    await ada.getByRole('button', { name: 'Search' }).first().click()
    await ada.fill('#search-field', 'treasure')
    await ada.locator('.hit').last().click()
    await ada.locator('.message.is-sought', { hasText: 'treasure' }).waitFor()
    expect(new URL(ada.url()).hash).toBe('')
  })

  test('is taken away by the cross in its field, which a finger need not hit in the middle', async () => {
    const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
    await ada.getByRole('button', { name: 'Search' }).first().click()
    await ada.fill('#search-field', 'treasure')
    const { x = 0, y = 0, width = 0, height = 0 } = (await ada.locator('#search-field').boundingBox()) ?? {} // prettier-ignore
    await ada.touchscreen.tap(x + width - 37, y + height / 2 - 10)
    await holds(ada, '', '#search-field')
  })

  test('is narrowed down by a press, and its results say where they are from and how many', async () => {
    const world = await lobby({ people: ['grace'] })
    await world.grace.says('a treasure')
    await world.grace.says('a treasure at https://example.com/')
    const ada = await comesIn(world, 'Ada', { size: 'phone', theme: 'dark' })
    await ada.getByRole('button', { name: 'Search' }).first().click()
    await ada.fill('#search-field', 'treasure')
    await ada.locator('#search [role=status]', { hasText: 'Found: 2' }).waitFor()
    await ada.getByRole('button', { name: 'With links' }).click()
    await ada.locator('#search [role=status]', { hasText: 'Found: 1' }).waitFor()
    await ada.getByRole('button', { name: 'This room' }).click()
    await ada.getByRole('button', { name: 'Last 7 days' }).click()
    expect(await ada.inputValue('#search-field')).toMatch(
      /^treasure has:link in:lobby after:\d{4}-\d\d-\d\d$/,
    )
    expect(await ada.locator('.hit__where').innerText()).toBe('Lobby')
    expect(await axe(ada)).toEqual([])
  })
})
