import { describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby, type World } from '../helpers/lobby.js'
import { noSpam } from '../helpers/no-spam.js'
import {
  axe,
  comesIn,
  doesTo,
  holds,
  inState,
  line,
  reads,
  restsOn,
  visit,
  writes,
  writesOn,
  type Look,
} from './browser.js'

const two = async (world: World, hers: Look = {}, his: Look = { size: 'phone', theme: 'dark' }) =>
  [await comesIn(world, 'Ada', hers), await comesIn(world, 'Bob', his)] as const

async function says(page: Page, other: Page, text: string) {
  await writes(page, text)
  await reads(other, text)
}

async function opensMenu(page: Page, text: string) {
  await line(page, text).last().hover()
  await page.locator('.message__more').click()
}

/** Chooses from the menu of a message. */
async function chooses(page: Page, text: string, choice: string) {
  await opensMenu(page, text)
  await page.getByRole('menuitem', { name: choice, exact: true }).click()
}

test('an own line stays the same on the page from Enter until everybody has got it', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'mine')
  const row = await line(ada, 'mine').elementHandle()
  await inState(ada, 'mine', 'sent').waitFor()
  await world.grace.says('after it')
  await reads(ada, 'after it')
  expect(await row?.evaluate((node) => node.isConnected)).toBe(true)
})

test('a line that had to wait tells the time at which the room has got it', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await world.server?.close()
  for (const text of ['in a tunnel', 'still in it']) {
    await writes(ada, text)
    await inState(ada, text, 'waiting').waitFor()
  }
  world.passes(600_000)
  await world.start()
  for (const text of ['in a tunnel', 'still in it']) {
    const row = line(ada, text).and(ada.locator('[data-seq]'))
    const told = await row.locator('time').getAttribute('datetime')
    expect(Date.parse(told ?? '') - Date.now()).toBeGreaterThan(500_000)
  }
})

test('a bubble has its sharp corner at the face, whichever way its text runs', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('مرحبا بالجميع')
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'مساء الخير')
  await inState(ada, 'مساء', 'sent').waitFor()
  const sharpest = (text: string) => line(ada, text).locator('.bubble').evaluate(sharpestCorner)
  expect([await sharpest('مرحبا'), await sharpest('مساء')]).toEqual(['TopLeft', 'TopRight'])
})

test('a name that is written from right to left does not turn the sentence about who is writing', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  const sara = await comesIn(world, 'سارة')
  await sara.locator('#input').pressSequentially('hello')
  const words = ada.locator('.typing', { hasText: /سارة.* is typing/ }).locator(':text("typing")')
  expect(await words.last().evaluate((node) => getComputedStyle(node).direction)).toBe('ltr')
})

/** Runs in the page. */
function sharpestCorner(bubble: Element) {
  const style: object = getComputedStyle(bubble)
  const radius = (corner: string) =>
    Number.parseFloat(String(Reflect.get(style, `border${corner}Radius`)))
  return ['TopLeft', 'TopRight', 'BottomLeft', 'BottomRight'].toSorted(
    (one, other) => radius(one) - radius(other),
  )[0]
}

describe('two people', () => {
  test('answer each other, and the quote leads to what it answers', async () => {
    const world = await lobby()
    const [ada, bob] = await two(world)
    await says(bob, ada, 'tea or coffee?')
    await line(ada, 'tea or coffee?').hover()
    await ada.locator('.message__tool[data-act=reply]').click()
    await says(ada, bob, 'tea')

    const quote = line(bob, 'tea').last().locator('.quote')
    expect(await quote.innerText()).toContain('tea or coffee?')
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])
    await quote.click()
    await bob.locator('.message.is-sought', { hasText: 'tea or coffee?' }).waitFor()
  })

  test('are led to where a line stood that was recalled, and follow what comes', async () => {
    const world = await lobby()
    const [ada, bob] = await two(world)
    await says(bob, ada, 'tea or coffee?')
    await line(ada, 'tea or coffee?').hover()
    await ada.locator('.message__tool[data-act=reply]').click()
    await says(ada, bob, 'both')
    await chooses(bob, 'tea or coffee?', 'Unsend')
    await line(ada, 'both').locator('.quote', { hasText: 'This message was unsent' }).click()
    await ada.locator('.mark.is-sought:focus', { hasText: 'unsent a message' }).waitFor()
    await says(bob, ada, Array.from({ length: 600 }, () => 'word').join(' '))
    await ada.waitForFunction(() => {
      const {
        scrollHeight = 0,
        scrollTop = 0,
        clientHeight = 0,
      } = document.querySelector('#log') ?? {}
      return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 2
    })
  })

  test('see a line change that its author edits, with ↑ in the empty field', async () => {
    const world = await lobby()
    const [ada, bob] = await two(world)
    await says(ada, bob, 'at eight')
    await ada.fill('#input', '')
    await ada.press('#input', 'ArrowUp')
    await ada.locator('.composer__target').waitFor()
    await ada.fill('#input', 'at nine')
    await ada.press('#input', 'Enter')

    await reads(bob, 'at nine')
    expect(await line(bob, 'at eight').count()).toBe(0)
    expect(await line(bob, 'at nine').locator('.message__edited').isVisible()).toBe(true)
  })

  test('lose a line that is recalled, and its author gets the text back', async () => {
    const world = await lobby()
    const [ada, bob] = await two(world)
    await says(ada, bob, 'wrong window')
    await chooses(ada, 'wrong window', 'Unsend')

    await bob.locator('.mark', { hasText: /Ada.* unsent a message/ }).waitFor()
    expect(await bob.locator('.log').innerText()).not.toContain('wrong window')
    expect(await bob.locator('[data-again]').count()).toBe(0)
    await ada.locator('[data-again]').click()
    await holds(ada, 'wrong window')
  })

  test('react, and each sees who did', async () => {
    const world = await lobby()
    const [ada, bob] = await two(world)
    await says(bob, ada, 'we won')
    await chooses(ada, 'we won', '🎉')
    const chip = (page: Page) => page.locator('.reaction[data-emoji="🎉"]')
    await chip(bob).click()
    await chip(ada).filter({ hasText: '2' }).waitFor()
    expect(await chip(ada).getAttribute('title')).toBe('Ada, Bob')
    expect([await axe(ada), await axe(bob)]).toEqual([[], []])

    await chip(ada).click()
    await chip(bob).filter({ hasText: '1' }).waitFor()
    await chip(ada).and(ada.locator('[aria-pressed=false]')).waitFor()
  })

  test('react, and a finger that rests on an emoji learns who did, as the menu tells', async () => {
    const world = await lobby()
    const ada = await comesIn(world, 'Ada')
    const bob = await comesIn(world, 'Bob', { size: 'phone', lang: 'zh-CN', theme: 'dark' })
    await says(ada, bob, 'we won')
    await chooses(ada, 'we won', '🎉')
    await chooses(ada, 'we won', '👍')
    const chip = bob.locator('.reaction[data-emoji="👍"]')
    await restsOn(bob, chip, bob.locator('#reacted'))
    expect(await bob.locator('.reacted__one').allInnerTexts()).toEqual(['👍\n1\nAda', '🎉\n1\nAda'])
    expect(await axe(bob)).toEqual([])
    expect(await chip.getAttribute('aria-pressed')).toBe('false') // it was no press

    await bob.locator('#reacted').getByRole('button', { name: '关闭' }).click()
    await restsOn(bob, line(bob, 'we won').locator('.bubble'), bob.locator('.menu'))
    expect(await bob.locator('.menu__about:visible').innerText()).toMatch(/Ada\s+we won/)
    expect(await line(bob, 'we won').getAttribute('class')).toContain('is-meant')
    expect(await bob.locator('.menu--keys').count()).toBe(0) // no choice looks made
    await bob.locator('.menu').getByText('谁用表情回应了').tap()
    await bob.locator('.reacted__one', { hasText: 'Ada' }).first().waitFor()
  })
})

test('what is answered stands over the answer without the marks of its formatting', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  await writes(ada, 'tea or **coffee**?')
  await reads(ada, 'tea or coffee?')
  await chooses(ada, 'tea or coffee?', 'Reply')
  await ada.locator('.composer__about', { hasText: 'tea or coffee?' }).waitFor()
  await writes(ada, 'both')
  await ada.locator('.quote__text', { hasText: 'tea or coffee?' }).waitFor()
})

test('a menu that stays open says when a line can be edited and unsent no more', async () => {
  const world = await lobby({ config: { 'limits.edit_ms': '5s', 'limits.recall_ms': '5s' } })
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'first')
  await reads(ada, 'first')
  await opensMenu(ada, 'first')
  const edit = ada.getByRole('menuitem', { name: 'Edit', exact: true })
  expect(await edit.getAttribute('aria-disabled')).toBe(null)

  const over = ada.getByRole('menuitem', { name: /^Edit.*time is over/, disabled: true })
  await over.waitFor()
  await ada.getByRole('menuitem', { name: /^Unsend.*time is over/, disabled: true }).waitFor()
  expect(await axe(ada)).toEqual([])
  await over.click({ force: true })
  await over.press('Enter')
  expect(await ada.locator('.composer__target').isVisible()).toBe(false)
  await ada.getByRole('menuitem', { name: 'Copy text' }).click()
  await over.waitFor({ state: 'detached' })
})

test('Escape gives up an edit, and what was being written is there again', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'first')
  await reads(ada, 'first')
  await ada.fill('#input', 'half a thought')
  await chooses(ada, 'first', 'Edit')
  await holds(ada, 'first')
  await ada.press('#input', 'Escape')
  await holds(ada, 'half a thought')
})

test('an edit comes back as one after a reload, and as a line of its own when its message is gone', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.gives(world.grace, 'host')
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'at eight')
  await ada.fill('#input', 'half a thought')
  await doesTo(ada, 'at eight', 'Edit')
  await ada.fill('#input', 'at nine')
  await ada.reload()
  await strip(ada, 'Editing').waitFor()
  await holds(ada, 'at nine')
  await world.grace.recalls(1)
  await ada.reload()
  await strip(ada, 'As a new message').waitFor()
  await ada.press('#input', 'Enter')
  await holds(ada, 'half a thought')
  await reads(ada, 'at nine')
})

/** Ada, who has said “at eight”, and whose line can lose what fits. */
async function behindALeak(fits: RegExp) {
  const world = await lobby({ people: ['ada'], ...noSpam })
  const ada = await visit(world.url, {}, world.ada.cookie)
  let open = false
  let lost = 0
  await ada.routeWebSocket(/\/chat$/, (line) => {
    const server = line.connectToServer()
    const through = (send: (text: string) => void) => (text: string | Buffer) => {
      if (open && fits.test(String(text))) lost += 1
      else send(String(text))
    }
    line.onMessage(through((text) => server.send(text)))
    server.onMessage(through((text) => line.send(text)))
  })
  await ada.reload()
  await writes(ada, 'at eight')
  await reads(ada, 'at eight')

  /** Writes something, of which something is lost. */
  async function writesInVain(text: string) {
    open = true
    await writes(ada, text)
    while (lost === 0) await ada.evaluate(() => undefined)
  }
  async function edits(text: string, meanwhile = async () => {}) {
    await doesTo(ada, 'at eight', 'Edit')
    await writesInVain(text)
    open = false
    await meanwhile()
    await ada.reload()
  }
  return { world, ada, writesInVain, edits, mends: () => void (open = false) }
}

describe('an edit that was on the wire when its page went', () => {
  test('is made by the next page, if it never came to the server', async () => {
    const { ada, edits } = await behindALeak(/"type":"edit"/)
    await edits('at nine')
    await line(ada, 'at nine').locator('.message__edited').waitFor()
    await holds(ada, '')
  })

  test('comes back as one, with the reason, if it was refused', async () => {
    const { ada, edits } = await behindALeak(/"type":"nack"/)
    await edits('spam at nine')
    await ada.locator('.composer__note', { hasText: 'No advertising here.' }).waitFor()
    await holds(ada, 'spam at nine')
    await strip(ada, 'Editing').waitFor()
  })

  test('is not made again over what another tab wrote since, if it was stored', async () => {
    const { world, ada, edits } = await behindALeak(/"seq":2/)
    await edits('at nine', async () => void (await world.ada.edits(1, 'at ten')))
    await ada.waitForFunction(
      () => !Object.keys(localStorage).some((key) => key.includes('/edits/')),
    )
    await reads(ada, 'at ten')
    await holds(ada, '')
  })
})

test('a line that may be in the room already is made no other one, and goes again as itself', async () => {
  const { world, ada, writesInVain, mends } = await behindALeak(/"seq":2/)
  await writesInVain('at nine')
  await world.server?.close()
  await inState(ada, 'at nine', 'waiting').waitFor()
  await opensMenu(ada, 'at nine')
  await ada.getByRole('menuitem', { name: 'Delete', exact: true }).waitFor()
  expect(await ada.getByRole('menuitem', { name: 'Edit', exact: true }).count()).toBe(0)
  await ada.keyboard.press('Escape')

  mends()
  await world.start()
  await inState(ada, 'at nine', 'sent').waitFor()
  expect(await ada.locator('.message').count()).toBe(2)
})

test('who deletes one is told that it may be there all the same', async () => {
  const { world, ada, writesInVain } = await behindALeak(/"seq":2/)
  await writesInVain('at nine')
  await world.server?.close()
  await inState(ada, 'at nine', 'waiting').waitFor()
  await chooses(ada, 'at nine', 'Delete')
  await ada.locator('#toast', { hasText: 'The room may have got it' }).waitFor()
})

test('what is taken up again stands before what is being written, which waits', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'at eight')
  await doesTo(ada, 'at eight', 'Unsend')
  await ada.fill('#input', 'half a thought')
  await ada.click('[data-again]')
  await holds(ada, 'at eight')
  await strip(ada, 'As a new message').waitFor()
  await ada.press('#input', 'Escape')
  await holds(ada, 'half a thought')

  await world.server?.close()
  await writes(ada, 'in a tunnel')
  await ada.fill('#input', 'half a thought')
  await chooses(ada, 'in a tunnel', 'Edit')
  await holds(ada, 'in a tunnel')
  await line(ada, 'in a tunnel').waitFor({ state: 'detached' })
  await ada.press('#input', 'Escape') // it is to be sent as it was
  await holds(ada, 'half a thought')
  await inState(ada, 'in a tunnel', 'waiting').waitFor()
})

test('an edit that is asked for again is the same one, and an answer that is given up keeps its text', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  for (const text of ['at eight', 'why?']) await writes(ada, text)
  await reads(ada, 'why?')
  await doesTo(ada, 'at eight', 'Edit')
  await ada.fill('#input', 'at nine')
  await doesTo(ada, 'at eight', 'Edit')
  await holds(ada, 'at nine')

  await doesTo(ada, 'why?', 'Reply')
  await ada.fill('#input', 'the train is late')
  await ada.press('#input', 'Escape')
  await holds(ada, 'at nine')
  await ada.press('#input', 'Escape')
  await holds(ada, 'the train is late')
  expect(await ada.locator('.composer__target').isVisible()).toBe(false)
})

test('an edit of a message whose text is being written already is shown as one', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  await writes(ada, 'at eight')
  await reads(ada, 'at eight')
  await ada.fill('#input', 'at eight')
  await doesTo(ada, 'at eight', 'Edit')
  await strip(ada, 'Editing').waitFor()
  await ada.press('#input', 'Escape')
  await holds(ada, 'at eight')
})

test('an edit that waits under another one is the same when it is asked for again', async () => {
  const ada = await comesIn(await lobby(), 'Ada')
  for (const text of ['at eight', 'why?']) await writes(ada, text)
  await reads(ada, 'why?')
  for (const [text, other] of [
    ['at eight', 'at nine'],
    ['why?', 'why not?'],
  ] as const) {
    await doesTo(ada, text, 'Edit')
    await ada.fill('#input', other)
  }
  await doesTo(ada, 'at eight', 'Edit')
  await holds(ada, 'at nine')
  await ada.press('#input', 'Enter')
  await holds(ada, 'why not?')
  await ada.press('#input', 'Enter')
  await holds(ada, '')
  expect(await ada.locator('.composer__target').isVisible()).toBe(false)
})

test('only the first part of a long edit is one, and what waits under it stays an answer', async () => {
  const ada = await comesIn(await lobby({ config: { 'limits.message_chars': 20 } }), 'Ada')
  for (const text of ['at eight?', 'perhaps']) await writes(ada, text)
  await reads(ada, 'perhaps')
  await doesTo(ada, 'at eight?', 'Reply')
  await ada.fill('#input', 'half a thought')
  await doesTo(ada, 'perhaps', 'Edit')
  await ada.fill('#input', 'perhaps, perhaps not, for all I know')
  await ada.click('.composer__parts button')
  await reads(ada, 'not, for all I know')
  await holds(ada, 'half a thought')
  expect(await strip(ada, 'Reply to').isVisible()).toBe(true)
  expect(await ada.locator('.quote').count()).toBe(0)
})

const strip = (page: Page, heading: string) =>
  page.locator('.composer__target', { hasText: heading })

test('an edit that a plugin refuses comes back as one, with the reason, before what was begun meanwhile', async () => {
  const world = await lobby(noSpam)
  const ada = await comesIn(world, 'Ada')
  const refused = ada.locator('.composer__note', { hasText: 'No advertising here.' })
  await writes(ada, 'hello')
  await reads(ada, 'hello')
  await chooses(ada, 'hello', 'Edit')
  await writesOn(ada, 'spam', 'half a thought')
  await refused.waitFor()
  await holds(ada, 'spam')
  await strip(ada, 'Editing').waitFor()
  await ada.press('#input', 'Enter')
  await refused.waitFor()
  await holds(ada, 'spam')
  await writes(ada, 'good morning')
  await line(ada, 'good morning').locator('.message__edited').waitFor()
  await holds(ada, 'half a thought')
  await strip(ada, 'Editing').waitFor({ state: 'hidden' })
  expect(await ada.locator('.message').count()).toBe(1)
})

test('an edit that comes back while another is written stands before it, and each can be given up', async () => {
  const world = await lobby(noSpam)
  const ada = await comesIn(world, 'Ada')
  for (const text of ['one', 'two']) await writes(ada, text)
  await reads(ada, 'two')
  await chooses(ada, 'one', 'Edit')
  await ada.fill('#input', 'spam')
  await ada.locator('#input').evaluate((input) => {
    if (!(input instanceof HTMLTextAreaElement)) throw new Error('there is no field')
    input.form?.requestSubmit()
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' })) // before the answer
    input.value += ' and a half'
  })
  await ada.locator('.composer__note', { hasText: 'No advertising here.' }).waitFor()
  await holds(ada, 'spam')
  expect(await axe(ada)).toEqual([])
  await ada.press('#input', 'Escape')
  await holds(ada, 'two and a half')
  await ada.press('#input', 'Enter')
  await line(ada, 'two and a half').locator('.message__edited').waitFor()
  await holds(ada, '')
  expect(await ada.locator('.message').count()).toBe(2)
})

test('an edit that comes back takes the place of the same one, asked for again meanwhile and unchanged', async () => {
  const ada = await comesIn(await lobby(noSpam), 'Ada')
  await writes(ada, 'at eight')
  await reads(ada, 'at eight')
  await chooses(ada, 'at eight', 'Edit')
  await ada.fill('#input', 'spam')
  await ada.locator('#input').evaluate((input) => {
    if (!(input instanceof HTMLTextAreaElement)) throw new Error('there is no field')
    input.form?.requestSubmit()
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' })) // before the answer
  })
  await ada.locator('.composer__note', { hasText: 'No advertising here.' }).waitFor()
  await holds(ada, 'spam')
  await ada.press('#input', 'Escape')
  await holds(ada, '')
})

test('an edit that was begun in time and sent too late comes back whole, with the rule, and goes as a new line', async () => {
  const world = await lobby()
  const ada = await comesIn(world, 'Ada')
  await writes(ada, 'at eight')
  await reads(ada, 'at eight')
  await ada.fill('#input', 'half a thought')
  await chooses(ada, 'at eight', 'Edit')
  await ada.fill('#input', 'at nine,\nby the river')
  world.passes(11 * 60_000)
  await ada.press('#input', 'Enter')
  const rule = /edited within 10 minutes of being sent.*send a new one instead/
  await ada.locator('.composer__note', { hasText: rule }).waitFor()
  await holds(ada, 'at nine,\nby the river')
  await strip(ada, 'As a new message').waitFor()
  expect(await axe(ada)).toEqual([])
  await ada.press('#input', 'Enter')
  await reads(ada, 'by the river')
  expect(await line(ada, 'at eight').count()).toBe(1)
  await holds(ada, 'half a thought')
})

test('a very long line is shown in part, and whole for who wants it', async () => {
  const world = await lobby({ people: ['grace'] })
  const long = Array.from({ length: 60 }, (_, n) => `verse ${n}`).join('\n')
  await world.grace.says(long)
  const ada = await comesIn(world, 'Ada')
  const bubble = line(ada, 'verse 59').locator('.bubble')
  const height = async () => (await bubble.boundingBox())?.height ?? 0
  const folded = await height()
  expect(await axe(ada)).toEqual([])

  await ada.getByRole('button', { name: 'Show more' }).click()
  expect(await height()).toBeGreaterThan(folded * 2)
  await world.grace.edits(1, `${long} and an end`)
  await reads(ada, 'and an end')
  expect(await ada.getByRole('button', { name: 'Show more' }).count()).toBe(0)
})

test('the right button of a mouse opens the menu of a message, not that of a link', async () => {
  const world = await lobby({ people: ['grace'] })
  await world.grace.says('see https://example.org/x')
  const ada = await comesIn(world, 'Ada')
  await reads(ada, 'see')
  await ada.locator('.bubble a').click({ button: 'right' })
  expect(await ada.locator('.menu').count()).toBe(0)
  await ada.locator('.bubble').click({ button: 'right', position: { x: 8, y: 8 } })
  await ada.locator('.menu').getByText('Reply', { exact: true }).waitFor()
})
