import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, outside, resizes, toast, visitorAt, writes } from './browser.js'

/** The short form under a bot's message, filled in on the page. */

const inviter = `
  const fields = [
    { id: 'name', label: 'Your name', type: 'text', max: 10 },
    { id: 'guests', label: 'Guests', type: 'number', min: 0, max: 9, whole: true },
    { id: 'dish', label: 'Dish', type: 'choice', options: [{ id: 'soup', label: 'Soup' }, { id: 'rice', label: 'Rice' }, { id: 'pie', label: 'A pie, with apples or pears or plums or whatever there is' }] },
    { id: 'note', label: 'A note', type: 'text', optional: true },
  ]
  export const triggers = { keyword: ['ask', 'first'], answer: true }
  export default async (ctx) => {
    const { kind, form } = ctx.trigger
    if (kind === 'answer') return ctx.reply('got ' + JSON.stringify(form), { whisper: true })
    const once = ctx.message.text === 'first' ? 'first' : 'everybody'
    await ctx.reply('Who comes?', { card: { fields, submit: 'I come', once } })
  }`
const world = () => lobby({ files: { 'bots/inviter.js': inviter } })
const state = (page: Page, words: string) =>
  page.locator('.choices__state', { hasText: words }).waitFor()
const send = (page: Page) => page.getByRole('button', { name: 'I come' }).click()
const faultOf = (page: Page, label: string) =>
  page
    .locator('.field')
    .filter({ has: page.getByLabel(label) })
    .locator('.field__error')
    .textContent()

test('a form is filled in with the keyboard alone, and only the bot gets what is written', async () => {
  const here = await world()
  const [ada, bob] = [await comesIn(here, 'Ada'), await comesIn(here, 'Bob')]
  await writes(ada, 'ask')
  await ada.getByLabel('Your name').fill('Ada')
  await ada.keyboard.press('Home')
  await ada.keyboard.type('The ')
  await ada.keyboard.press('Tab')
  await ada.keyboard.type('２')
  await ada.getByLabel('Dish').selectOption('Soup')
  await ada.getByLabel('A note').press('Enter')
  await toast(ada, 'Sent.')

  await ada
    .locator('.message--whisper', { hasText: '"name":"The Ada","guests":2,"dish":"soup"' })
    .waitFor()
  await state(ada, '1 answered · you may change your answer · only the bot reads what you write')
  await state(bob, '1 answered')
  expect(await bob.locator('#rows').textContent()).not.toContain('The Ada')
  expect(await axe(ada)).toEqual([])
})

test('a form cannot be sent as long as one is muted; what is written stays', async () => {
  const here = await world()
  const grace = await here.enters('Grace')
  await here.gives(grace, 'host')
  const ada = await comesIn(here, 'Ada', { lang: 'zh-CN' })
  const { user } = await visitorAt(ada)
  const mute = (ms: number) => grace.request({ type: 'mute', room: 'lobby', user: user.id, ms })
  await writes(ada, 'ask')
  await ada.getByLabel('Your name').fill('Ada')

  await mute(60_000)
  await ada.locator('.choices__held', { hasText: '你被禁言了' }).waitFor()
  expect(await ada.getByRole('button', { name: 'I come' }).isDisabled()).toBe(true)
  await mute(0)
  await ada.locator('.choices__held').waitFor({ state: 'detached' })
  expect(await ada.getByLabel('Your name').inputValue()).toBe('Ada')
  await send(ada)
  await ada.locator('.field__error').filter({ hasText: /./ }).first().waitFor()
})

test('what does not hold is said beside its field, on a phone, in Chinese', async () => {
  const page = await comesIn(await world(), 'Ada', { size: 'phone', lang: 'zh-CN', theme: 'dark' })
  await writes(page, 'ask')
  await page.getByLabel('A note（可以不填）', { exact: true }).waitFor()
  await page.getByLabel('Guests').fill('many')
  await resizes(page, 390, 560) // its keyboard is open
  await send(page)
  await toast(page, '请看标出来的那几项')
  const said = await page.locator('.toast').boundingBox()
  const label = await page.getByText('Your name', { exact: true }).boundingBox()
  expect(label?.y).toBeGreaterThanOrEqual((said?.y ?? 0) + (said?.height ?? 0))

  expect(await faultOf(page, 'Your name')).toBe('请填写这一项。')
  expect(await faultOf(page, 'Guests')).toBe('请填一个数。')
  expect(await faultOf(page, 'A note')).toBe('')
  expect(await page.getByLabel('Your name').getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByLabel('Your name').evaluate((el) => el === document.activeElement)).toBe(
    true,
  )
  expect(await axe(page)).toEqual([])
  for (const control of await page.locator('.choices .field__input, .choices button').all())
    expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  expect(await outside(page, '.choices')).toEqual([])
})

test('what is half written stays while others answer, and goes when the form is closed', async () => {
  const here = await world()
  const [ada, bob] = [await comesIn(here, 'Ada'), await comesIn(here, 'Bob')]
  await writes(ada, 'ask')
  await ada.getByLabel('Your name').fill('half')
  await bob.getByLabel('Your name').fill('Bob')
  await bob.getByLabel('Guests').fill('0')
  await bob.getByLabel('Dish').selectOption('Rice')
  await send(bob)
  await state(ada, '1 answered')
  expect(await ada.getByLabel('Your name').inputValue()).toBe('half')

  await writes(ada, 'first')
  await bob.locator('.choices').nth(1).waitFor()
  const late = bob.locator('.choices').nth(1)
  await late.getByLabel('Your name').fill('Bob')
  await late.getByLabel('Guests').fill('1')
  await late.getByLabel('Dish').selectOption('Rice')
  await late.getByRole('button').click()
  await ada.locator('.choices__state', { hasText: 'Closed · 1 answered' }).waitFor()
  expect(await ada.getByLabel('Your name').count()).toBe(1)
})
