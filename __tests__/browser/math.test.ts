import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, line, reads, type Look } from './browser.js'

/** A lobby in which Grace, who keeps order, has formulas on. */
async function formulas() {
  const world = await lobby({ people: ['grace'] })
  await world.gives(world.grace, 'host')
  await shows(true)
  return { world, grace: world.grace, shows }

  async function shows(math: boolean) {
    await world.grace.request({ type: 'room', room: 'lobby', set: { math } })
  }
}

const math = (page: Page, text: string) => line(page, text).locator('math')

test.each<[string, Look]>([
  ['a desktop', { lang: 'en' }],
  ['a dark phone', { size: 'phone', lang: 'zh-CN', theme: 'dark' }],
])('formulas are drawn where the room shows them, on %s', async (_, look) => {
  const { world, grace } = await formulas()
  await grace.says('roots: $x = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}$ and **bold**')
  await grace.says('$$\n\\begin{aligned}\na &= b + c \\\\\n  &= d\n\\end{aligned}\n$$\nbelow')
  await grace.says('I have $5 and you have $6')
  const ada = await comesIn(world, 'Ada', look)

  await math(ada, 'roots').locator('msqrt').waitFor()
  const { height = 0 } = (await math(ada, 'roots').boundingBox()) ?? {}
  expect(height).toBeGreaterThan(25) // a fraction, not a row of letters
  await math(ada, 'below').locator('mtr').nth(1).waitFor()
  expect(await line(ada, 'I have $5 and you have $6').locator('math').count()).toBe(0)
  expect(await axe(ada)).toEqual([])
})

test('one with a fault shows what was written, and says so', async () => {
  const { world, grace } = await formulas()
  await grace.says('half: $\\frac{1$')
  const ada = await comesIn(world, 'Ada')
  await ada
    .locator('.formula--source', { hasText: '$\\frac{1$ (this formula has a fault)' })
    .waitFor()
  expect(await axe(ada)).toEqual([])
})

test('the part that reads them comes with the first one, and they go with the setting', async () => {
  const { world, grace, shows } = await formulas()
  const ada = await comesIn(world, 'Ada')
  const asked: string[] = []
  ada.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const parts = () => asked.filter((path) => path.includes('/tex-')).length
  await grace.says('no `code` of formulas here')
  await reads(ada, 'no code')
  expect(parts()).toBe(0)

  await grace.says('here: $e^{i\\pi}$ it is')
  await math(ada, 'here').waitFor()
  expect(parts()).toBe(1)
  await shows(false)
  await reads(ada, 'here: $e^{i\\pi}$ it is')
  expect(await ada.locator('math').count()).toBe(0)
  await shows(true)
  await math(ada, 'here').waitFor()
})

test('a wide one scrolls in its bubble, and none leaves it', async () => {
  const { world, grace } = await formulas()
  await grace.says(`wide: $${'a+'.repeat(100)}b$`)
  await grace.says('far: $\\kern-19em\\kern-19em\\text{somebody else wrote this}$')
  const ada = await comesIn(world, 'Ada', { size: 'phone' })
  await math(ada, 'wide').waitFor()
  const box = await line(ada, 'wide').locator('.bubble').boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390)
  const scrolls = await ada
    .locator('.formula--wide')
    .first()
    .evaluate((node) => node.scrollWidth > node.clientWidth)
  expect(scrolls).toBe(true)
  const clip = await line(ada, 'far')
    .locator('.bubble')
    .evaluate((node) => getComputedStyle(node).overflow)
  expect(clip).toBe('clip')
})
