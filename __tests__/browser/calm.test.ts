import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { comesIn, reads, writes } from './browser.js'

test('who asked for less motion sees none: nothing moves, fades or scrolls by itself', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await ada.emulateMedia({ reducedMotion: 'reduce' })
  await writes(ada, 'hello')
  await writes(ada, '@小小鸟 你好')
  await ada.locator('.message--bot').waitFor()
  await ada.click('#own')
  await ada.locator('.menu').waitFor()

  expect(await ada.evaluate(movements)).toEqual([])
  await ada.emulateMedia({ reducedMotion: 'no-preference' })
  expect((await ada.evaluate(movements)).length).toBeGreaterThan(0) // else this test means nothing
})

/** What moves on the page, and what would if it changed: longer than nobody could see. */
function movements() {
  const long = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0.01)
  const styled = [...document.querySelectorAll('*')].filter((node) => {
    const { animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(node)
    return long(animationDuration) || long(transitionDuration) || scrollBehavior === 'smooth'
  })
  return styled.map((node) => `${node.tagName} ${node.className}`)
}

test('with colours of the system everything is still told apart', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('@Ada good morning')
  const ada = await comesIn(world, 'Ada')
  await ada.emulateMedia({ forcedColors: 'active' })
  await writes(ada, 'good morning')
  await reads(ada, 'good morning')
  const edge = (of: string) =>
    ada
      .locator(of)
      .first()
      .evaluate((node) => {
        const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(node)
        return (borderTopStyle !== 'none' && borderTopWidth !== '0px') || outlineStyle !== 'none'
      })
  for (const part of [
    '.bubble',
    '.message--own .bubble',
    '.composer__box',
    '.rooms__link[aria-current]',
  ])
    expect([part, await edge(part)]).toEqual([part, true])
})
