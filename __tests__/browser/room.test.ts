import { describe, expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { noSpam } from '../helpers/no-spam.js'
import {
  axe,
  comesIn,
  doesTo,
  holds,
  inState,
  LAN_NAME,
  line,
  type Look,
  online,
  reads,
  resizes,
  writes,
  writesOn,
} from './browser.js'

describe('two people', () => {
  test.each<[string, Look, Look]>([
    [
      'a desktop in English and a phone in Chinese',
      { lang: 'en' },
      { size: 'phone', lang: 'zh-CN', theme: 'dark' },
    ],
    [
      'a phone in English and a dark desktop in Chinese',
      { size: 'phone', lang: 'en' },
      { lang: 'zh-CN', theme: 'dark' },
    ],
  ])('talk on %s', async (_looks, hers, his) => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', hers)
    const bob = await comesIn(world, '小波', his)

    await writes(ada, 'hello, <b>world</b> & https://example.org/a?b=1.')
    await reads(bob, 'hello, <b>world</b> & https://example.org/a?b=1.')
    expect(await bob.locator('.bubble a').getAttribute('href')).toBe('https://example.org/a?b=1')
    expect(await bob.locator('.bubble b').count()).toBe(0)

    await writes(bob, '看到了')
    await reads(ada, '看到了')
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])
  })

  test('see each other come and type', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob')
    await ada.locator('.person', { hasText: 'Bob' }).waitFor()

    await bob.locator('#input').pressSequentially('well')
    await ada.locator('.typing', { hasText: 'Bob' }).waitFor()
    expect(await axe(ada)).toEqual([])
  })

  test('and the bird answers, with a badge that nobody can type', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { lang: 'zh-CN' })
    await writes(ada, '@小小鸟 你好')
    await ada.locator('.message--bot .badge').waitFor()
  })
})

describe('an input method', () => {
  test('chooses a word with Enter without sending it', async () => {
    const world = await lobby()
    const page = await comesIn(world, '小红', { lang: 'zh-CN' })
    const devtools = await page.context().newCDPSession(page)
    await page.focus('#input')
    await devtools.send('Input.imeSetComposition', {
      text: 'nihao',
      selectionStart: 5,
      selectionEnd: 5,
    })
    await page.evaluate(() => {
      const keys = { key: 'Enter', bubbles: true, cancelable: true }
      const input = document.querySelector('#input')
      input?.dispatchEvent(new KeyboardEvent('keydown', { ...keys, isComposing: true }))
      input?.dispatchEvent(new KeyboardEvent('keydown', { ...keys, keyCode: 229 }))
    })
    await devtools.send('Input.insertText', { text: '你好' })
    await holds(page, '你好')

    await page.press('#input', 'Enter')
    await reads(page, '你好')
    expect(await page.locator('.message--own').count()).toBe(1)
  })

  test('steers neither menus nor messages', async () => {
    const world = await lobby()
    const page = await comesIn(world, '小红', { lang: 'zh-CN' })
    await page.click('#own')
    await page.locator('.menu').waitFor()
    const composing = (selector: string, key: string) =>
      page.evaluate(
        ([at, pressed]) =>
          document
            .querySelector(at ?? '')
            ?.dispatchEvent(
              new KeyboardEvent('keydown', { key: pressed ?? '', keyCode: 229, bubbles: true }),
            ),
        [selector, key],
      )
    await composing('.menu', 'Escape')
    expect(await page.locator('.menu').count()).toBe(1)
    await page.keyboard.press('Escape')

    await composing('#log', '?')
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })
})

test('two tabs of one person are one member, and have the same talk', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  const tab = await ada.context().newPage()
  await tab.goto(world.url)
  await online(tab)
  await writes(tab, 'from the second tab')
  await inState(tab, 'from the second tab', 'sent').waitFor()
  await writes(ada, 'from the first')
  for (const page of [ada, tab]) {
    await inState(page, 'from the second tab', 'sent').waitFor()
    await inState(page, 'from the first', 'sent').waitFor()
    await page.locator('.person:not(.person--bot)').waitFor()
    expect(await page.locator('.bubble').allTextContents()).toEqual([
      'from the second tab',
      'from the first',
    ])
  }
})

describe('a break', () => {
  test('loses nothing: what was written meanwhile is sent once, what was said meanwhile arrives', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob')
    await writes(ada, 'before')
    await reads(bob, 'before')

    await world.server?.close()
    await ada.locator('.bar:visible').waitFor()
    await writes(ada, 'written in a tunnel')
    await writes(ada, 'and one more')
    await inState(ada, 'and one more', 'waiting').waitFor()
    expect(await axe(ada)).toEqual([])

    await world.start()
    await Promise.all([online(ada), online(bob)])
    await reads(bob, 'and one more')
    await inState(ada, 'and one more', 'sent').waitFor()
    const said = (await bob.locator('.bubble').allTextContents()).filter(
      (text) => text !== 'before',
    )
    expect(said).toEqual(['written in a tunnel', 'and one more'])
  }, 60_000)

  test('of the network is noticed at once, and so is its end', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob')
    await ada.locator('.top__status', { hasText: '2 online' }).waitFor()
    await ada.context().setOffline(true)
    await ada.locator('.bar', { hasText: 'You are offline' }).waitFor()
    // Who is there meanwhile, nobody here can know.
    await ada.locator('.top__status', { hasText: 'Not connected' }).waitFor()
    expect(await ada.locator('.people').innerText()).not.toMatch(/online/i)
    await writes(ada, 'from the tunnel')
    await inState(ada, 'from the tunnel', 'waiting').waitFor()

    await ada.context().setOffline(false)
    await reads(bob, 'from the tunnel')
    await inState(ada, 'from the tunnel', 'sent').waitFor()
    await ada.locator('.top__status', { hasText: '2 online' }).waitFor()
    await ada.locator('.people__count', { hasText: '2 online' }).waitFor()
  })

  test('ends at once for who presses “Try now”', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await world.server?.close()
    await ada.waitForFunction(stopsWaiting)
    await world.start()
    await ada.getByRole('button', { name: 'Try now' }).click()
    await online(ada)
  })

  test('has the head of a phone say so, whole', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { size: 'phone' })
    await ada.locator('.listening__away', { hasText: 'Bots work offline' }).waitFor()
    await world.server?.close()
    const parts = ada.locator('.top__status:visible, .listening__away:visible')
    await parts.filter({ hasText: 'Not connected' }).waitFor()
    const cut = (all: Element[]) => all.filter((one) => one.scrollWidth > one.clientWidth).length
    expect(await parts.evaluateAll(cut)).toBe(0)
  })

  test('over a reload keeps the draft', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.locator('#input').pressSequentially('half a sen')
    await ada.reload()
    await online(ada)
    await holds(ada, 'half a sen')
  })

  test('is no less whole where the browser keeps nothing, and who writes is told', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await ada.reload()
    await online(ada)
    await ada.locator('#input').pressSequentially('half a sen')
    await ada.getByText('no room to keep drafts').waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.keyboard.press('Enter')
    await inState(ada, 'half a sen', 'sent').waitFor()

    await world.server?.close()
    await ada.locator('.bar:visible').waitFor()
    await writes(ada, 'written in a tunnel')
    await world.start()
    await inState(ada, 'written in a tunnel', 'sent').waitFor()
  }, 60_000)

  test('by signing out elsewhere leads to the sign-in page', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const tab = await ada.context().newPage()
    await tab.goto(`${world.url}/signout`)
    await tab.click('#signout .button--danger')
    await ada.waitForURL(/\/signin/)
    await ada.getByText('You are signed out. Please enter again.').waitFor()
    expect(await axe(ada)).toEqual([])
  })
})

describe('an own line', () => {
  test('that was refused goes back to where it was written, with the reason', async () => {
    const world = await lobby({ ...noSpam, people: ['grace'] })
    await world.grace.says('what now?')
    const ada = await comesIn(world, 'Ada')
    await doesTo(ada, 'what now?', 'Reply')
    await writes(ada, 'buy spam')
    await ada.locator('.composer__note', { hasText: 'No advertising here.' }).waitFor()
    await holds(ada, 'buy spam')
    expect(await line(ada, 'buy spam').count()).toBe(0)
    expect(await ada.locator('.composer__target').innerText()).toContain('what now?')
    expect(await axe(ada)).toEqual([])

    await writes(ada, 'buy tea')
    await inState(ada, 'buy tea', 'sent').locator('.quote', { hasText: 'what now?' }).waitFor()
    await ada.locator('.composer__note').waitFor({ state: 'hidden' })
  })

  test('that was refused while another is written says why, and can be tried again, edited or deleted', async () => {
    const world = await lobby(noSpam)
    const ada = await comesIn(world, 'Ada')
    const failed = inState(ada, 'buy spam', 'failed')
    const refused = async () => {
      await writesOn(ada, 'buy spam', 'meanwhile')
      await failed.locator('.message__fault', { hasText: 'No advertising here.' }).waitFor()
    }
    await refused()
    expect(await axe(ada)).toEqual([])

    await failed.getByRole('button', { name: 'Try again' }).click()
    await failed.getByRole('button', { name: 'Edit' }).click()
    await holds(ada, 'buy spam')
    await failed.waitFor({ state: 'detached' })
    await ada.press('#input', 'Escape')
    await holds(ada, 'meanwhile')
    await failed.getByRole('button', { name: 'Edit' }).click()
    await writes(ada, 'buy tea')
    await inState(ada, 'buy tea', 'sent').waitFor()
    await holds(ada, 'meanwhile')

    await refused()
    await failed.getByRole('button', { name: 'Delete' }).click()
    await failed.waitFor({ state: 'detached' })
    await writes(ada, 'sorry')
    await inState(ada, 'sorry', 'sent').waitFor()
  })

  test('that is too long is stopped before it is sent', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.fill('#input', '长'.repeat(4001))
    await ada.locator('.composer__count--over').waitFor()
    expect(await ada.locator('.composer__send').isDisabled()).toBe(true)
  })

  test('with line breaks keeps them, by Shift and Enter', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    await ada.fill('#input', 'one')
    await ada.press('#input', 'Shift+Enter')
    await ada.locator('#input').pressSequentially('two')
    await ada.press('#input', 'Enter')
    await inState(ada, 'one', 'sent').waitFor()
    expect(await ada.locator('.bubble').textContent()).toBe('one\ntwo')
  })
})

describe('reading', () => {
  test('above keeps its place when history is added and new lines come', async () => {
    const world = await lobby({ people: ['grace'] })
    for (let n = 1; n <= 120; n += 1) await world.grace.says(`line ${n}.`)
    const ada = await comesIn(world, 'Ada')
    await reads(ada, 'line 120.')
    const line80 = line(ada, 'line 80.')
    await line80.evaluate((node) => node.scrollIntoView({ block: 'start' }))
    await reads(ada, 'line 40.')
    const top = await line80.evaluate((node) => Math.round(node.getBoundingClientRect().top))

    await world.grace.says('news')
    await ada.locator('.pill--new', { hasText: '1' }).waitFor()
    expect(await line80.evaluate((node) => Math.round(node.getBoundingClientRect().top))).toBe(top)

    await ada.click('.pill')
    await ada.locator('.pill').waitFor({ state: 'hidden' })
    expect(await line(ada, 'news').isVisible()).toBe(true)
  })

  test('a long room keeps few messages on the page, and more for who reads above, up to three hundred', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada')
    for (let n = 1; n <= 350; n += 1) await world.grace.says(`line ${n}.`)
    await reads(ada, 'line 350.')
    await ada.waitForFunction(() => document.querySelectorAll('.message').length <= 90)

    for (let n = 320; n >= 60; n -= 10) {
      await line(ada, `line ${n}.`).waitFor({ state: 'attached' })
      await line(ada, `line ${n}.`).evaluate((node) => node.scrollIntoView({ block: 'start' }))
    }
    await reads(ada, 'line 52.')
    expect(await ada.locator('.message').count()).toBeLessThanOrEqual(300)
  })

  test('by keyboard alone: to the last message, its menu, and back', async () => {
    const world = await lobby({ people: ['grace'] })
    await world.grace.says('first')
    await world.grace.says('second')
    const ada = await comesIn(world, 'Ada')
    await reads(ada, 'second')

    await ada.press('#input', 'Shift+Tab')
    await ada.keyboard.press('ArrowUp')
    await ada.keyboard.press('ArrowUp')
    await ada.keyboard.press('Enter')
    await ada.getByRole('menuitem', { name: 'Copy text' }).waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.keyboard.press('m')
    await ada.keyboard.press('Enter')
    await holds(ada, '@grace ')
  })
})

describe('the page', () => {
  test('in an empty room shows what to do: a code to share, the bird to greet', async () => {
    const world = await lobby()
    const url = world.url.replace('127.0.0.1', LAN_NAME)
    const ada = await comesIn({ url }, 'Ada', { size: 'phone' })
    await ada.locator('.empty .share__code').waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.locator('.empty .button--main').click()
    await inState(ada, 'Hello', 'sent').waitFor()
    await ada.locator('.empty').waitFor({ state: 'hidden' })
  })

  test('in an empty room has a bot say what it can do', async () => {
    const plugins = { 'bot:机器人小小鸟': { use: 'offline' }, 'bot:echo': { use: 'echo' } }
    const world = await lobby({ plugins })
    const ada = await comesIn(world, 'Ada')
    await ada.locator('.empty').getByRole('button', { name: '/help' }).click()
    await inState(ada, '/help', 'sent').waitFor()
    await ada.locator('.message--bot', { hasText: '/roll 2d6' }).waitFor()
  })

  test('offers no help that no bot gives', async () => {
    const ada = await comesIn(await lobby({ plugins: { 'bot:echo': { use: 'echo' } } }), 'Ada')
    await ada.locator('#listening').waitFor()
    await ada.locator('.empty').waitFor()
    expect(await ada.getByRole('button', { name: '/help' }).count()).toBe(0)
  })

  test('shows and hides at once, with what it says', async () => {
    const ada = await comesIn(await lobby(), 'Ada', { size: 'phone' })
    const seen = await ada.evaluate(async () => {
      const press = async (what: string) => {
        document.querySelector<HTMLElement>(what)?.click()
        for (let step = 0; step < 10; step += 1) await Promise.resolve() // no frame, no turn
        return document.querySelector('.scrim')?.checkVisibility()
      }
      return [await press('.top__menu'), await press('.scrim')]
    })
    expect(seen).toEqual([true, false])
  })

  test('on a phone has its panels in drawers, and fingers have room', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada', { size: 'phone' })
    await ada.click('.top__people')
    await ada.locator('.person', { hasText: 'Ada' }).waitFor()
    expect(await axe(ada)).toEqual([])
    await ada.keyboard.press('Escape')
    await ada.locator('.people').waitFor({ state: 'hidden' })

    const buttons = ada.locator('button:visible')
    for (const button of await buttons.all()) {
      const box = await button.boundingBox()
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44)
    }
    expect(
      await ada.locator('#input').evaluate((input) => parseFloat(getComputedStyle(input).fontSize)),
    ).toBeGreaterThanOrEqual(16)

    await ada.click('.top__menu')
    await ada.locator('.scrim').waitFor()
    await resizes(ada, 844, 390) // turned, it has room for the rooms
    await ada.locator('.scrim').waitFor({ state: 'hidden' })
  })

  test('on a phone gives long lines its width, mine and others’', async () => {
    const world = await lobby({ people: ['grace'] })
    await world.grace.says('long '.repeat(60))
    const ada = await comesIn(world, 'Ada', { size: 'phone' })
    await writes(ada, 'longer '.repeat(60))
    await inState(ada, 'longer', 'sent').waitFor()
    for (const bubble of await ada.locator('.bubble').all())
      expect((await bubble.boundingBox())?.width).toBeGreaterThan(260)
  })

  test('turns dark and English from the own card, and stays so', async () => {
    const world = await lobby()
    const page = await comesIn(world, '小红', { lang: 'zh-CN' })
    await page.locator('.side').getByRole('button', { name: '我的设置 小红' }).click()
    await page.getByRole('menuitemradio', { name: '深色' }).click()
    await page.click('#own')
    await page.getByRole('menuitemradio', { name: 'English' }).click()
    await page.locator('html[lang=en][data-theme=dark]').waitFor({ state: 'attached' })
    await online(page)
    expect(await axe(page)).toEqual([])
  })

  test('counts in its title what came while nobody looked', async () => {
    const world = await lobby({ people: ['grace'] })
    const ada = await comesIn(world, 'Ada')
    await ada.evaluate(() =>
      Object.defineProperty(document, 'hidden', { value: true, configurable: true }),
    )
    await world.grace.says('are you there?')
    await ada.waitForFunction(() => document.title.startsWith('(1)'))
  })

  test('works on plain http under an address of the network', async () => {
    const world = await lobby()
    const ada = await comesIn({ url: world.url.replace('127.0.0.1', LAN_NAME) }, 'Ada')
    expect(
      await ada.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'clipboard' in navigator]),
    ).toEqual([false, false, false])
    await writes(ada, 'over plain http')
    await inState(ada, 'over plain http', 'sent').waitFor()

    await ada.press('#input', 'Shift+Tab')
    await ada.keyboard.press('ArrowUp')
    await ada.keyboard.press('c')
    await ada.locator('.toast', { hasText: 'Copied' }).waitFor()
  })

  test('says what to do when the browser runs no scripts', async () => {
    const world = await lobby({ people: ['grace'] })
    const page = await world.get('/', { headers: { cookie: world.grace.cookie } })
    expect(await page.text()).toContain('<noscript>')
  })
})

/** The page would try again by itself some time: not any more. @returns It offers to try now. */
function stopsWaiting() {
  const button = document.querySelector('.bar__button')
  if (button?.textContent !== 'Try now' || !button.checkVisibility()) return false
  for (let timer = Number(setTimeout(() => {})); timer > 0; timer -= 1) clearTimeout(timer)
  return true
}
