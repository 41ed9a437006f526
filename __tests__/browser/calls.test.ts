import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { chooses, comesIn, goesTo, reads, toast, type Look } from './browser.js'

const phone: Look = { size: 'phone', lang: 'zh-CN', theme: 'dark' }

test.each<[string, string[], Look]>([
  ['Every message', ['sound', 'grace: roses', 'grace: @Ada tulips'], {}],
  ['提到我的', ['sound', 'grace: @Ada tulips'], phone],
  ['Nothing, only count mentions', [], {}],
])('who looks elsewhere and chose “%s” is called by %j', async (level, calls, look) => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada', look)
  await chooses(ada, '.top__about', level)
  await ada.addInitScript(listen)
  await goesTo(ada, world.url)
  await ada.click('#input') // before it is touched, no page may sound
  await looks(ada, false)
  await world.grace.says('roses')
  await world.grace.says('@Ada tulips')
  await reads(ada, 'tulips')
  expect(await heard(ada)).toEqual(calls)
})

test('a notification has a picture that systems can show which show no SVG', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  await ada.addInitScript(listen)
  await goesTo(ada, world.url)
  await looks(ada, false)
  await world.grace.says('@Ada tulips')
  await reads(ada, 'tulips')
  const icon = await ada.evaluate(() => new URL(Reflect.get(window, 'icon'), location.href).href)
  const picture = await ada.request.get(icon)
  expect(picture.headers()['content-type']).toBe('image/png')
  expect((await picture.body()).byteLength).toBeLessThan(20_000)
})

test('who turned sounds and notifications off in the own card is not called', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  await ada.addInitScript(listen)
  await goesTo(ada, world.url)
  await chooses(ada, '#own', 'Sounds')
  await chooses(ada, '#own', 'Notifications')
  await looks(ada, false)
  await world.grace.says('@Ada tulips')
  await reads(ada, 'tulips')
  expect(await heard(ada)).toEqual([])
})

test('where the browser lets no page notify, as on Android, a sound calls, and the own card says why', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  await ada.addInitScript(listen, 'throws')
  await goesTo(ada, world.url)
  await ada.click('#input')
  await looks(ada, false)
  await world.grace.says('@Ada tulips')
  await reads(ada, 'tulips')
  expect(await heard(ada)).toEqual(['sound'])
  await looks(ada, true)
  await chooses(ada, '#own', 'Notifications')
  await toast(ada, 'shows no notifications of a page that is open')
})

test('the picture of the tab has a dot while something is unread', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  const dotted = ada.locator('link[rel=icon][href*=favicon-waiting]')
  expect(await dotted.count()).toBe(0)
  await looks(ada, false)
  await world.grace.says('are you there?')
  await dotted.waitFor({ state: 'attached' })
  await looks(ada, true)
  await dotted.waitFor({ state: 'detached' })
})

/** What the page calls with; the browser of a test has neither sound nor notifications. */
function listen(how?: string) {
  const calls = new Set<string>()
  class Note extends EventTarget {
    static permission = 'granted'
    constructor(title: string, { body = '', icon }: { body?: string; icon?: string } = {}) {
      super()
      Object.assign(window, { icon })
      if (how === 'throws') throw new TypeError('Illegal constructor')
      calls.add(`${title.split(' · ')[0]}: ${body}`)
    }
  }
  const part = () => ({ connect: (next: unknown) => next, gain: ramp, frequency: {}, start, stop() {} }) // prettier-ignore
  const ramp = { setValueAtTime() {}, exponentialRampToValueAtTime() {} }
  const start = () => calls.add('sound')
  const Audio = function () {
    return { currentTime: 0, destination: {}, createOscillator: part, createGain: part }
  }
  Object.assign(window, { Notification: Note, AudioContext: Audio, calls })
}

const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(Reflect.get(window, 'calls') as Set<string>)])

/** Somebody looks at the page, or elsewhere. */
const looks = (page: Page, here: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, !here)
