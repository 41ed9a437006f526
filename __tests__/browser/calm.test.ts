import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { comesIn, reads, visit, writes } from './browser.js'

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

test('a finger that has gone leaves nothing lit behind: what lights up is for those who point', async () => {
  const world = await lobby()
  const page = await visit(`${world.url}/signin`)
  const { always, pointed } = await page.evaluate(hovers)
  expect(always).toEqual([])
  expect(pointed.length).toBeGreaterThan(0) // else this test means nothing
})

/** What changes under a pointer: in any case, and where the page asks first whether there is one. */
function hovers() {
  const found = { always: [] as string[], pointed: [] as string[] }
  const look = (rules: CSSRuleList, list: string[]) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule && rule.selectorText.includes(':hover'))
        list.push(rule.selectorText)
      const asks = rule instanceof CSSMediaRule && rule.conditionText.includes('hover: hover')
      if (rule instanceof CSSGroupingRule) look(rule.cssRules, asks ? found.pointed : list)
    }
  }
  for (const sheet of document.styleSheets) look(sheet.cssRules, found.always)
  return found
}
