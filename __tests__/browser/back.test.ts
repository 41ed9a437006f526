import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { chooses, comesIn, goesTo, line, reads, restsOn } from './browser.js'

test('on a phone Back takes away whatever lies over the room, one after the other, and only then leaves it', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('good morning')
  const ada = await comesIn(world, 'Ada', { size: 'phone', room: 'garden' })
  await goesTo(ada, world.url)
  await reads(ada, 'good morning')
  const back = async (selector: string) => {
    await ada.locator(selector).waitFor()
    await ada.goBack()
    await ada.locator(selector).waitFor({ state: 'hidden' })
    expect(new URL(ada.url()).pathname).toBe('/')
  }

  await restsOn(ada, line(ada, 'good morning').locator('.bubble'), ada.locator('.menu'))
  await back('.menu')
  await ada.tap('.top__about')
  await back('.menu')
  await ada.tap('.composer__emoji')
  await back('.emoji')
  await ada.tap('.top__menu')
  await chooses(ada, '#own', 'Tips')
  await back('#keys')
  await back('.side.is-open')

  await ada.tap('.top__people') // closed by hand: Back is no press the longer for it
  await ada.tap('.people .drawer-only')
  await ada.locator('.people.is-open').waitFor({ state: 'detached' })
  await leaves(ada)
})

/** Back leads to the page before. */
async function leaves(page: Page) {
  const away = page.waitForURL(/garden/)
  await page.goBack({ waitUntil: 'commit' }).catch(() => undefined) // it goes in two steps
  await away
}
