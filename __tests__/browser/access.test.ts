import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { texts } from '../../src/i18n/index.js'
import { lobby, type World } from '../helpers/lobby.js'
import { noSpam } from '../helpers/no-spam.js'
import {
  axe,
  comesIn,
  inState,
  LAN_NAME,
  line,
  visit,
  writes,
  writesOn,
  type Look,
} from './browser.js'

/**
 * What axe says to every page and state, with all of its rules, in both languages and both colours. What the browser
 * complains about, a violation of the Content-Security-Policy too, fails each browser test by itself.
 */
type Whole = Required<Pick<Look, 'size' | 'lang' | 'theme'>>
const LOOKS: readonly Whole[] = [
  { size: 'desktop', lang: 'en', theme: 'light' },
  { size: 'desktop', lang: 'zh-CN', theme: 'dark' },
  { size: 'phone', lang: 'zh-CN', theme: 'light' },
  { size: 'phone', lang: 'en', theme: 'dark' },
]
/** Ten states or so; axe takes a second for each. */
const PATIENCE_MS = 120_000

let world: World
let url = ''
beforeAll(async () => {
  world = await lobby({ ...noSpam, people: ['grace'], life: 'file' })
  url = world.url.replace('127.0.0.1', LAN_NAME)
})

/** Collects what axe finds, by state. */
function finder(page: Page) {
  const found: Record<string, string[]> = {}
  const see = async (state: string) => {
    found[state] = await axe(page)
  }
  const faults = () => Object.entries(found).filter(([, faulty]) => faulty.length > 0)
  return { see, faults }
}

test.each(LOOKS)(
  'the pages before the room: $size, $lang, $theme',
  async (look) => {
    const page = await visit(`${url}/signin`, look)
    const { see, faults } = finder(page)
    await see('sign-in')
    await page.fill('#name', 'grace')
    await page.press('#name', 'Enter')
    await page.locator('#name-error:not(:empty)').waitFor()
    await see('a refused name')

    await page.fill('#name', `Ada ${LOOKS.indexOf(look)}`)
    await page.press('#name', 'Enter')
    await page.locator('#log').waitFor()
    for (const path of ['/signin?change=1', '/signout', '/host']) {
      await page.goto(`${url}${path}`)
      await see(path)
    }
    expect(faults()).toEqual([])
  },
  PATIENCE_MS,
)

const PARTS = {
  'the talk': talks,
  'the dialogs': opensDialogs,
  'the panels': opensPanels,
}

describe.each(Object.entries(PARTS))('%s of a room', (part, walk) => {
  test.each(LOOKS)(
    '$size, $lang, $theme',
    async (look) => {
      const number = LOOKS.indexOf(look)
      const page = await comesIn({ url }, `Eve ${number} ${part}`, {
        ...look,
        room: `${part.replace('the ', '')}-${number}`,
      })
      const { see, faults } = finder(page)
      await walk(page, see, look)
      expect(faults()).toEqual([])
    },
    PATIENCE_MS,
  )
})

test('a ring around what has the focus lies over nothing else, in the head of a room and in the talk', async () => {
  const ada = await comesIn(await lobby(), 'Ada', { room: 'garden' })
  await writes(ada, '/topic Sundays at eight')
  await ada.locator('.top__topic').waitFor()
  for (const text of ['one', 'two']) await writes(ada, text)
  await inState(ada, 'two', 'sent').waitFor()
  await ada.focus('.top__about')
  const head = '.top :is(bdi, p, .top__words, .listening__away)'
  const covered: string[] = []
  for (const key of ['Shift', 'Tab', 'Tab']) {
    await ada.keyboard.press(key) // the first one has the ring drawn
    covered.push(...(await ada.evaluate(coveredByRing, head)))
  }
  await ada.focus('#input')
  await ada.keyboard.press('Shift+Tab')
  await ada.keyboard.press('ArrowUp')
  covered.push(...(await ada.evaluate(coveredByRing, '.bubble')))
  expect(covered).toEqual([])
})

/** Runs in the page. The texts over which the ring lies, but for its own. */
function coveredByRing(texts: string): string[] {
  const focused = document.activeElement
  const all = focused ? [focused, ...focused.querySelectorAll('*')] : []
  const ringed = all.find((one) => getComputedStyle(one).outlineStyle !== 'none')
  if (!focused || !ringed) return [`${focused?.className} has no ring`]
  const { outlineOffset, outlineWidth } = getComputedStyle(ringed)
  const reach = Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth)
  const ring = ringed.getBoundingClientRect()
  return [...document.querySelectorAll(texts)]
    .filter((text) => !focused.contains(text))
    .filter((text) => {
      const box = text.getBoundingClientRect()
      const beside = box.right <= ring.left - reach || box.left >= ring.right + reach
      return !beside && box.bottom > ring.top - reach && box.top < ring.bottom + reach
    })
    .map(({ textContent }) => `${focused.className}: ${textContent}`)
}

type See = (state: string) => Promise<void>

async function talks(page: Page, see: See) {
  await page.locator('.empty .share__code').waitFor()
  await see('an empty room')
  await writes(page, '@小小鸟 (3+4)*5')
  await page.locator('.message--bot').waitFor()
  await writesOn(page, 'buy spam', 'meanwhile')
  await inState(page, 'buy spam', 'failed').waitFor()
  await writes(page, 'more spam')
  await page.locator('.composer__note', { hasText: '.' }).waitFor()
  await see('a line that was refused, and another one')
  await writes(page, '**bold**, `code`, https://example.org\n> a quote\n- one\n- two')
  await writes(page, '🎉')
  await inState(page, '🎉', 'sent').waitFor()
  await see('a talk')

  await page.locator('#input').pressSequentially('@')
  await page.locator('#suggest [role=option]').first().waitFor()
  await see('names to finish')
  await page.press('#input', 'Escape')
  await page.fill('#input', '长'.repeat(4001))
  await page.locator('.composer__count--over').waitFor()
  await see('too much text')
  await page.fill('#input', '')
  await page.click('.composer__emoji')
  await page.locator('.emoji__one').first().waitFor()
  await see('emoji')
  await page.keyboard.press('Escape')

  await line(page, '🎉').focus()
  await page.keyboard.press('Enter')
  await page.locator('.menu').waitFor()
  await see('the menu of a message')
  await page.keyboard.press('Escape')

  await page.context().setOffline(true)
  await page.locator('.bar:visible').waitFor()
  await see('no network')
}

async function opensDialogs(page: Page, see: See, { lang }: Whole) {
  const { search, pins, share, settings, order } = texts[lang].page
  await page.locator('.top').getByRole('button', { name: search.open, exact: true }).click()
  await seesDialog(page, see, search.open)
  await page.keyboard.press('Control+k')
  await seesDialog(page, see, 'other rooms')
  await page.click('#listening')
  await seesDialog(page, see, 'the bots')

  for (const name of [pins.open, share.open, settings.open, order.open]) {
    await page.click('.top__about')
    await page.locator('.menu').waitFor()
    if (name === pins.open) await see('the menu of the room')
    await page.getByRole('menuitem', { name, exact: true }).click()
    await page.locator('dialog[open]').waitFor()
    if (name === share.open) {
      await page.locator('#share .button--main').first().click()
      await page.locator('#share .toast:not(:empty)').waitFor()
    }
    await seesDialog(page, see, name)
  }
}

async function seesDialog(page: Page, see: See, name: string) {
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  await see(name)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

async function opensPanels(page: Page, see: See, { size, lang }: Whole) {
  const phone = size === 'phone'
  const { signout } = texts[lang].page.me
  const keys = texts[lang].page.keys[phone ? 'tips' : 'heading']
  if (phone) {
    await page.click('.top__people')
    await page.locator('.people.is-open').waitFor()
    await see('the people')
    await page.keyboard.press('Escape')
    await page.click('.top__menu')
    await page.locator('.side.is-open').waitFor()
    await see('the side')
  }
  for (const name of [keys, signout]) {
    await page.click('#own')
    await page.locator('.menu').waitFor()
    if (name === keys) await see('my menu')
    await page.getByRole('menuitem', { name, exact: true }).click()
    await seesDialog(page, see, name) // and behind it, the drawer stays
  }
}
