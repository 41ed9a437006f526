import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, holds, visit } from './browser.js'

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

  await world.server?.close()
  await page.getByText('连接已断开').waitFor()
})
