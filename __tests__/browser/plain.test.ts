import { expect, test } from '@jest/globals'
import { isNumbered } from '../helpers/frames.js'
import { lobby } from '../helpers/lobby.js'
import { axe, holds, outside, resizes, visit } from './browser.js'

test('the plain page needs no sign-in: who opens it reads and writes bare lines', async () => {
  const world = await lobby({ people: ['ada'], config: { 'server.plain': true } })
  const page = await visit(`${world.url}/plain`, { size: 'phone', lang: 'zh-CN' })
  const reads = (text: string) => page.locator('p', { hasText: text }).waitFor()
  await reads('[127.0.0.1]-')

  await page.fill('[name=line]', '<b>你好</b>')
  await page.press('[name=line]', 'Enter')
  await reads('-说:<b>你好</b>')
  await holds(page, '', '[name=line]')
  expect(await axe(page)).toEqual([])

  await resizes(page, 280, 400)
  expect(await outside(page, '.plain')).toEqual([])
  for (let n = 1; n <= 12; n++) await world.ada.says(`line ${n}`)
  await reads('line 12')

  await world.server?.close()
  const state = page.getByRole('status')
  await state.getByText('连接已断开').waitFor()
  expect(await state.textContent()).toBe('连接已断开，请刷新页面。')
  expect(await page.getByText('line 12').isVisible()).toBe(true)
  expect(await page.getByRole('log').evaluate(fromEnd)).toBeLessThan(2)
})

test('the plain page says why nothing can be written, in place of the field', async () => {
  const world = await lobby({ people: ['ada'], config: { 'server.plain': true } })
  await world.gives(world.ada, 'host')
  const page = await visit(`${world.url}/plain`, { size: 'phone' })
  const field = page.locator('[name=line]')
  await field.fill('half a thought')
  const announces = (announce: boolean) =>
    world.ada.request({ type: 'room', room: 'lobby', set: { announce } })
  await announces(true)
  await page.getByRole('status').getByText('Only moderators').waitFor()
  expect(await field.isVisible()).toBe(false)
  expect(await axe(page)).toEqual([])
  await announces(false)
  await field.waitFor()
  await field.press('Enter')
  await page.locator('p', { hasText: 'half a thought' }).waitFor()

  await world.server?.close()
  await page.getByRole('status').getByText('The connection is closed').waitFor()
  expect(await field.isVisible()).toBe(false)
})

test('the plain page says once until when its guest is muted, and gives back what was not taken', async () => {
  const world = await lobby({ people: ['ada'], config: { 'server.plain': true } })
  await world.gives(world.ada, 'host')
  const page = await visit(`${world.url}/plain`)
  const field = page.locator('[name=line]')
  const long = 'x'.repeat(4_001)
  for (const text of ['hello', long]) {
    await field.fill(text)
    await field.press('Enter')
  }
  await holds(page, long, '[name=line]')

  const line = await world.ada.next(({ type }) => type === 'chat')
  const user = isNumbered(line) && line.user.id
  const mute = (ms: number) => world.ada.request({ type: 'mute', room: 'lobby', user, ms })
  await mute(50_000)
  const state = page.getByRole('status')
  await state.getByText(/^You are muted until \d+:\d\d [AP]M\.$/).waitFor()
  await mute(3 * 86_400_000)
  await state.getByText(/^You are muted until \w+ \d+, \d{4} at \d+:\d\d [AP]M\.$/).waitFor()
  await mute(0)
  await field.waitFor()
  await holds(page, long, '[name=line]')
})

const fromEnd = (log: Element) => log.scrollHeight - log.scrollTop - log.clientHeight
