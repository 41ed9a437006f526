import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { lobby, type World } from '../helpers/lobby.js'
import {
  atAnotherDevice,
  axe,
  chooses,
  comesIn,
  doesTo,
  goesTo,
  holds,
  inState,
  line,
  reads,
  toast,
  writes,
  type Look,
} from './browser.js'

/** Changes the settings of the room in their dialog. */
async function sets(page: Page, change: () => Promise<unknown>) {
  await chooses(page, '.top__about', 'Room settings')
  await change()
  await page.getByRole('button', { name: 'Save' }).click()
  await toast(page, 'Saved')
}

/** Of the settings; the list of rooms has a sign of the same name. */
const archived = (page: Page) => page.getByRole('checkbox', { name: /^Archived/ })

/** Grace keeps a garden, at a desk; Ada is there with a phone. */
const garden = async (world: World) => {
  const grace = await comesIn(world, 'Grace', { room: 'garden' })
  const ada = await comesIn(world, 'Ada', { size: 'phone', theme: 'dark', room: 'garden' })
  return { grace, ada }
}

test('a room in slow mode counts down, and sends what waits by itself', async () => {
  const { grace, ada } = await garden(await lobby())
  await sets(grace, () => grace.locator('#settings select').selectOption({ label: '10 s' }))
  await ada.locator('.composer__slow', { hasText: 'one message every 10 s' }).waitFor()
  await writes(ada, 'one')
  await ada.locator('.composer__slow', { hasText: 'the next message in' }).waitFor()
  await writes(ada, 'two')
  await inState(ada, 'two', 'waiting').waitFor()
  await ada.locator('.composer__slow', { hasText: 'sent by itself in' }).waitFor()
  expect(await inState(ada, 'two', 'waiting').locator('.message__fault').count()).toBe(0)
  expect(await axe(ada)).toEqual([])
  await reads(grace, 'two')
  await inState(ada, 'two', 'sent').waitFor()
}, 40_000)

test.each<[Look, RegExp, RegExp]>([
  [
    { lang: 'en' },
    /the next message in (9\smin \d+\ss|10\smin)/,
    /the next message in 1\smin \d+\ss/,
  ],
  [
    { lang: 'zh-CN', size: 'phone' },
    /(9\s分钟 \d+\s秒|10\s分钟)后可以发下一条/,
    /1\s分钟 \d+\s秒后可以发下一条/,
  ],
])(
  'a long wait is counted down over reloads and restarts, and in the next browser (%j)',
  async (look, long, short) => {
    const world = await lobby({ people: ['mo'] })
    await world.mo.join('garden')
    await world.mo.request({ type: 'room', room: 'garden', set: { slow_ms: 600_000 } })
    const ada = await comesIn(world, 'Ada', { ...look, room: 'garden' })
    const other = await atAnotherDevice(ada, look)

    await writes(ada, 'one')
    for (const page of [ada, other])
      await page.locator('.composer__slow', { hasText: long }).waitFor()
    world.passes(481_000)
    await goesTo(ada, `${world.url}/r/garden`)
    await ada.locator('.composer__slow', { hasText: short }).waitFor()
    await world.restart()
    await other.locator('.composer__slow', { hasText: short }).waitFor()
    world.passes(120_000)
    await writes(other, 'two')
    await reads(ada, 'two')
  },
)

test('a room gets a name and a topic that all see, is unlisted, and ends in the archive', async () => {
  const world = await lobby()
  const { grace, ada } = await garden(world)
  await sets(grace, async () => {
    await grace.locator('#settings').getByLabel('Room name').fill('玫瑰园')
    await grace.locator('#settings').getByLabel('Topic', { exact: true }).fill('Pruning on Sunday')
    await grace.locator('#settings').getByLabel('Unlisted').check()
  })
  await ada.locator('h1', { hasText: '玫瑰园' }).waitFor()
  await ada.locator('.mark', { hasText: 'This is where 玫瑰园 begins' }).waitFor()
  expect(await grace.getAttribute('#input', 'placeholder')).toBe('Say something in 玫瑰园…')
  expect(await ada.title()).toMatch(/玫瑰园/)
  await ada.locator('.mark', { hasText: 'Pruning on Sunday' }).waitFor()
  const eve = await comesIn(world, 'Eve')
  expect(await eve.locator('.side').innerText()).not.toContain('玫瑰园')

  await writes(grace, 'the last rose')
  await sets(grace, () => archived(grace).check())
  await ada.locator('.composer__closed', { hasText: 'This room is archived' }).waitFor()
  expect(await axe(ada)).toEqual([])
  for (const [page, choices] of [
    [ada, ['Copy text', 'Report']],
    [grace, ['Copy text']],
  ] as const) {
    await line(page, 'the last rose').focus()
    await page.keyboard.press('Enter')
    await page.locator('.menu').waitFor()
    expect(await page.locator('.menu').getByRole('menuitem').allInnerTexts()).toEqual(choices)
  }
})

test('what another moderator sets while the settings are open stays, unless it was changed here, too', async () => {
  const world = await lobby({ people: ['eve'] })
  await world.gives(world.eve, 'host')
  const { grace } = await garden(world)
  await world.eve.join('garden')
  const asks = (set?: object) =>
    world.eve.request({ type: 'room', room: 'garden', ...(set && { set }) })
  await sets(grace, async () => {
    await asks({ title: 'Roses', math: true })
    await grace.locator('h1', { hasText: 'Roses' }).waitFor()
    await grace.locator('#settings').getByLabel('Announcements only').check()
  })
  const settings = { title: 'Roses', math: true, announce: true }
  expect(await asks()).toMatchObject({ settings })
})

test('in a room of announcements who is muted is not told that they can react', async () => {
  const world = await lobby({ people: ['eve'] })
  await world.gives(world.eve, 'host')
  const ada = await comesIn(world, 'Ada')
  const closed = (words: string) => ada.locator('.composer__closed', { hasText: words }).waitFor()
  await world.eve.request({ type: 'room', room: 'lobby', set: { announce: true } })
  await closed('You can react with an emoji')
  const { users = [] } = await world.eve.request({ type: 'members', room: 'lobby' })
  const user = users.find(({ name }) => name === 'Ada')?.id
  await world.eve.request({ type: 'mute', room: 'lobby', user, ms: 600_000 })
  await closed('and you are muted for now')
})

test('the settings say what is wrong with them, and keep what was typed', async () => {
  const { grace } = await garden(await lobby())
  await chooses(grace, '.top__about', 'Room settings')
  await grace.locator('#settings').getByRole('checkbox', { name: 'Passcode' }).check()
  await grace.fill('#settings [type=password]', 'x')
  await grace.getByRole('button', { name: 'Save' }).click()
  await grace.locator('#settings [role=alert]:not(:empty)').waitFor()
  await holds(grace, 'x', '#settings [type=password]')
  expect(await axe(grace)).toEqual([])
})

test('a topic is read whole, with live links, from the head of the room and on a phone from its menu', async () => {
  const { grace, ada } = await garden(await lobby())
  const topic =
    'One chapter a week, every Friday at eight. Read https://example.com/rules first, then come.'
  await sets(grace, () =>
    grace.locator('#settings').getByLabel('Topic', { exact: true }).fill(topic),
  )
  await grace.click('.top__topic')
  const link = grace.locator('#topic a')
  expect(await link.getAttribute('href')).toBe('https://example.com/rules')
  await ada.locator('.mark', { hasText: 'One chapter a week' }).waitFor()
  await chooses(ada, '.top__about', 'Topic')
  await ada.locator('#topic-text', { hasText: topic }).waitFor()
  expect([await axe(grace), await axe(ada)]).toEqual([[], []])
})

test('what is beside a message, under it and on its card does only what a room still allows', async () => {
  const world = await lobby({ plugins: { 'bot:poll': { use: 'poll' } } })
  const grace = await comesIn(world, 'Grace', { room: 'garden' })
  const ada = await comesIn(world, 'Ada', { room: 'garden' })
  await writes(grace, 'the last rose')
  await doesTo(ada, 'the last rose', '🎉')
  await writes(grace, '/poll Where to? | sea | hills')
  await ada.locator('button.choice').first().click()
  const tools = async () => {
    await ada.locator('.message--bot').hover()
    await line(ada, 'the last rose').hover()
    return ada
      .locator('.message__tool:visible')
      .evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel))
  }
  const [react, reply, more] = ['React with an emoji', 'Reply', 'Actions for this message']
  expect(await tools()).toEqual([react, reply, more])
  await sets(grace, () => grace.getByLabel('Announcements only').check())
  await ada.locator('.composer__closed').waitFor()
  expect(await tools()).toEqual([react, more])

  await sets(grace, () => archived(grace).check())
  await ada.locator('.choices__state', { hasText: 'Closed · 1 answered' }).waitFor()
  expect(await tools()).toEqual([more])
  expect(await ada.locator('button.choice, .reaction--add').count()).toBe(0)
  await ada.locator('.reaction').click()
  await ada.locator('.reacted__one', { hasText: 'Ada' }).waitFor()
  expect(await axe(ada)).toEqual([])
  await sets(grace, () => archived(grace).uncheck())
  await ada.locator('button.choice[aria-pressed=true]').waitFor()
})
