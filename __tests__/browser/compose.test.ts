import { describe, expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, goesTo, inState, reads } from './browser.js'

describe('the field finishes what is being written', () => {
  test('a name after @, chosen with the arrows, and Enter does not send yet', async () => {
    const world = await lobby()
    await comesIn(world, 'Bobby')
    const ada = await comesIn(world, 'Ada')
    await ada.locator('.person', { hasText: 'Bobby' }).waitFor()

    await ada.locator('#input').pressSequentially('hello @')
    await ada.locator('#suggest [role=option]').first().waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.locator('#input').pressSequentially('bob')
    await ada.press('#input', 'Enter')
    expect(await ada.inputValue('#input')).toBe('hello @Bobby ')
    await ada.press('#input', 'Enter')
    await reads(ada, 'hello @Bobby')
  })

  test('an emoji after a colon, and Escape leaves the colon alone', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await ada.locator('#input').pressSequentially(':tada')
    await ada.locator('#suggest [role=option]', { hasText: ':tada:' }).waitFor()
    await ada.press('#input', 'Tab')
    expect(await ada.inputValue('#input')).toBe('🎉 ')

    await ada.fill('#input', '')
    await ada.locator('#input').pressSequentially(':smi')
    await ada.locator('#suggest [role=option]').first().waitFor()
    await ada.press('#input', 'Escape')
    expect(await ada.locator('#suggest').isHidden()).toBe(true)
    expect(await ada.inputValue('#input')).toBe(':smi')
  })

  test('but a key of an input method chooses nothing', async () => {
    const world = await lobby()
    const ada = await comesIn(world, '小红', { lang: 'zh-CN' })
    await ada.locator('#input').pressSequentially('@')
    await ada.locator('#suggest [role=option]').first().waitFor()
    await ada.evaluate(() => {
      const key = new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true })
      document.getElementById('input')?.dispatchEvent(key)
    })
    expect(await ada.inputValue('#input')).toBe('@')
  })
})

describe.each([
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const)('the emoji picker on a %s', (size, theme) => {
  test('finds by a word, takes with Enter, and remembers', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { size, theme, lang: 'zh-CN' })
    await ada.click('.composer__emoji')
    await ada.locator('.emoji__one').first().waitFor()
    expect(await axe(ada)).toEqual([])

    await ada.fill('.emoji__search', '猫')
    await ada.locator('.emoji__one[data-emoji="🐱"]').waitFor()
    await ada.press('.emoji__search', 'Enter')
    expect(await ada.inputValue('#input')).not.toBe('')

    await ada.click('.composer__emoji')
    await ada.locator('.emoji__heading', { hasText: '最近用过' }).waitFor()
    await ada.keyboard.press('Escape')
    expect(await ada.locator('.emoji').count()).toBe(0)
  })
})

test.each(['paste', 'drop'])('who would %s a picture is told that only text goes', async (way) => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await ada.evaluate((type) => {
    const data = new DataTransfer()
    data.items.add(new File(['x'], 'x.png', { type: 'image/png' }))
    const event =
      type === 'paste'
        ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })
    document.getElementById('input')?.dispatchEvent(event)
  }, way)
  await ada.locator('.composer__note', { hasText: 'only text' }).waitFor()
})

test('what is being written stays with its room', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await ada.fill('#input', 'half a thought')
  await goesTo(ada, `${world.url}/r/garden`)
  expect(await ada.inputValue('#input')).toBe('')
  await ada.fill('#input', 'about roses')
  await goesTo(ada, world.url)
  expect(await ada.inputValue('#input')).toBe('half a thought')
})

test('a text that is too long goes as several messages, in its order', async () => {
  const { grace, ...world } = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  const paragraphs = ['one ', 'two ', 'three '].map((word) => word.repeat(600).trim())
  await ada.fill('#input', paragraphs.join('\n\n'))
  await ada.getByRole('button', { name: 'Send it as 3 messages' }).click()
  await inState(ada, 'three', 'sent').waitFor()
  expect(await grace.hears()).toEqual(paragraphs.map((text) => `Ada: ${text}`))
  expect(await ada.inputValue('#input')).toBe('')
})
