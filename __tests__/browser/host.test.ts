import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, LAN_NAME, visit, type Look } from './browser.js'

/** A server without a host, and the link that its terminal shows. */
async function fresh() {
  const world = await lobby()
  const link = await world.server?.hostLink()
  return { world, link: `${world.url}/host#${link?.token}` }
}

test.each<[string, Look]>([
  ['a desktop in English', { lang: 'en' }],
  ['a dark phone in Chinese', { lang: 'zh-CN', size: 'phone', theme: 'dark' }],
])('who opens the link picks a name, comes back and is the host, on %s', async (_, look) => {
  const { world, link } = await fresh()
  const page = await visit(link, look)
  expect(page.url()).toBe(`${world.url}/host`) // the token is out of the address bar
  expect(await axe(page)).toEqual([])

  await page.click('a[href*="/signin"]')
  await page.fill('#name', '阿明')
  await page.press('#name', 'Enter')
  await page.click('#claim')
  await page
    .getByRole('heading', { name: look.lang === 'en' ? 'You are the host' : '你是房主了' })
    .waitFor()
  expect(await axe(page)).toEqual([])

  await page.reload()
  expect(await page.textContent('h1')).toBe(
    look.lang === 'en' ? 'You are the host already' : '你已经是房主了',
  )
  expect(await world.server?.hostLink()).toBeUndefined() // there is one now
})

test('a link that was used says so, and where to get another', async () => {
  const { world, link } = await fresh()
  for (const name of ['Ada', 'Eve']) {
    const page = await comesIn(world, name)
    await page.goto(link)
    await page.click('#claim')
    if (name === 'Ada') await page.getByRole('heading', { name: 'You are the host' }).waitFor()
    else await page.locator('#fault', { hasText: 'chat-room host-link' }).waitFor()
  }
})

test('over plain http on a LAN it works as well, and half a link says what is missing', async () => {
  const { world, link } = await fresh()
  const lan = world.url.replace('127.0.0.1', LAN_NAME)
  const half = await comesIn(world, 'Eve')
  await half.goto(`${world.url}/host`)
  await half.locator('#fault', { hasText: 'The second half of the link is missing' }).waitFor()
  await half.locator('#claim').waitFor({ state: 'hidden' })

  const page = await comesIn({ url: lan }, 'Ada')
  await page.goto(link.replace('127.0.0.1', LAN_NAME))
  await page.click('#claim')
  await page.getByRole('heading', { name: 'You are the host' }).waitFor()
})
