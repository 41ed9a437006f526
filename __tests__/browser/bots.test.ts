import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { axe, comesIn, holds, visit, writes, type Look } from './browser.js'

const model = { use: 'openai', base_url: 'https://api.example.com/v1', model: 'any' }

test.each<[string, Look, RegExp, string]>([
  ['a desktop', { lang: 'en' }, /hears everything.*Bots work offline/, 'Who is listening'],
  ['a dark phone', { size: 'phone', lang: 'zh-CN', theme: 'dark' }, /机器人不联网/, '谁在听'],
])('on %s a line under the title says who listens, and leads to the panel', async (...walk) => {
  const [, look, line, heading] = walk
  const page = await comesIn(
    await lobby({ plugins: { 'bot:bird': { use: 'offline' } } }),
    'Ada',
    look,
  )
  const strip = page.locator('#listening')
  await strip.waitFor()
  expect(await strip.textContent()).toMatch(line)
  expect((await strip.boundingBox())?.height).toBeGreaterThanOrEqual(40)
  await strip.click()
  await page.locator('#bots .bot').waitFor()

  expect(await page.locator('#bots h2').textContent()).toBe(heading)
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.locator('#listening:focus').waitFor()
})

test('what the server says of the sandbox is said in the language of the page', async () => {
  const world = await lobby({ config: { 'rooms.sandbox': 'yes' } }) // a server that speaks Chinese
  const page = await comesIn(world, 'Ada', { room: 'sandbox' })
  await page.locator('.top__topic', { hasText: 'Try bots here' }).waitFor()
  await page.locator('.rooms__link[title^="Try bots here"]').waitFor()
})

test('the line changes when somebody else comes in, and warns of what leaves', async () => {
  const world = await lobby({ plugins: { 'bot:helper': { ...model, hear: 'all' } } })
  const ada = await comesIn(world, 'Ada')
  const loud = ada.locator('.listening--loud')
  await ada.locator('#listening', { hasText: 'Messages go to api.example.com' }).waitFor()
  expect(await loud.count()).toBe(0)

  await comesIn(world, 'Bob')
  await loud.waitFor()
  expect(await axe(ada)).toEqual([])
})

test('among the members it says when it answers, which is another thing among several', async () => {
  const world = await lobby({ plugins: { 'bot:bird': { use: 'offline' } } })
  const ada = await comesIn(world, 'Ada')
  const note = ada.locator('.person--bot .person__note')
  await note.filter({ hasText: 'I hear every message' }).waitFor()

  const bob = await comesIn(world, 'Bob', { size: 'phone', lang: 'zh-CN' })
  await note.filter({ hasText: '@ me and I answer' }).waitFor()
  await bob.click('.top__people')
  await bob.locator('.person__note', { hasText: '@ 我就会回答' }).waitFor()
})

test('after a restart it says that it wants to be called as long as others are waited for', async () => {
  const plugins = { 'bot:bird': { use: 'offline' } }
  const world = await lobby({ people: ['ada', 'grace'], plugins })
  await world.restart()
  const page = await visit(world.url, {}, world.ada.cookie)
  const note = page.locator('.person--bot .person__note')
  await note.filter({ hasText: '@ me and I answer' }).waitFor()
  expect(await page.locator('.top__status').textContent()).toBe('1 online')
})

test('and that it hears every line once their time is over, though nobody came or went', async () => {
  const plugins = { 'bot:bird': { use: 'offline' } }
  const world = await lobby({ people: ['ada', 'grace'], plugins })
  await world.restart()
  world.passes(115_000)
  const page = await visit(world.url, {}, world.ada.cookie)
  await page.locator('.person__note', { hasText: 'I hear every message' }).waitFor()
})

test('bots that come in are counted as members, not as people', async () => {
  const world = await lobby({ people: ['ada', 'bob'] })
  const page = await comesIn(world, '小红', { lang: 'zh-CN' })
  await writes(page, '有谁在？')
  for (const name of ['coin', 'dice', 'echo'])
    await world.saves(`bots/${name}.js`, 'export default async () => {}')
  await page.locator('.mark', { hasText: '等 3 位成员进来了' }).waitFor()
})

test('bots are told apart by their feathers, wherever they stand', async () => {
  const world = await lobby({
    plugins: {
      'bot:bird': { use: 'offline' },
      'bot:echo': { use: 'echo' },
      'bot:dice': { use: 'dice' },
    },
  })
  const page = await comesIn(world, 'Ada')
  // Until its colours have come, a bot has a blank face.
  await page.waitForFunction(threeBirds, { where: '.person--bot' })
  await writes(page, '/roll 2d6')
  await page.locator('.message--bot .avatar').waitFor()
  await page.waitForFunction(asAmongMembers, '.message--bot')

  await page.locator('#input').fill('@')
  await page.locator('#suggest [role=option]').nth(2).waitFor()
  await page.waitForFunction(threeBirds, { where: '#suggest', like: '.person--bot' })
  await page.keyboard.press('Escape')
  await page.click('#listening')
  await page.locator('.bot').nth(2).waitFor()
  await page.waitForFunction(threeBirds, { where: '.bot', like: '.person--bot' })
})

/** Three faces, one of them the bird's own; the same as in another place. */
function threeBirds({ where, like = where }: { where: string; like?: string }): boolean {
  const [faces, others] = [where, like].map((place) =>
    [...document.querySelectorAll<HTMLImageElement>(`${place} .avatar`)].map(({ src }) => src),
  )
  const own = faces?.filter((src) => src.endsWith('/bot.jpg')) ?? []
  const same = String(faces?.toSorted()) === String(others?.toSorted())
  return own.length === 1 && new Set(faces).size === 3 && faces?.length === 3 && same
}

function asAmongMembers(where: string): boolean {
  const [members, faces] = ['.person--bot', where].map((place) =>
    [...document.querySelectorAll<HTMLImageElement>(`${place} .avatar`)].map(({ src }) => src),
  )
  return (faces ?? []).every((src) => members?.includes(src))
}

test('a bot’s card ends in one line, and its fields are in the letters of the page', async () => {
  const page = await comesIn(await lobby(), 'Ada')
  await page.click('#listening')
  await page.locator('.bot__volume select').waitFor()
  const apart = await page.locator('.bot').evaluate((card) => {
    const [button, field] = ['.bot__head button', '.bot__volume .field__box'].map((part) =>
      card.querySelector(part)?.getBoundingClientRect(),
    )
    return button && field && Math.abs(button.right - field.right)
  })
  expect(apart).toBeLessThan(1)
  expect(await page.locator('.bot__volume select').evaluate(letters)).toBe(
    await page.locator('body').evaluate(letters),
  )
})

function letters(element: Element): string {
  const { fontFamily, color } = getComputedStyle(element)
  return `${fontFamily} ${color}`
}

test('a bot is called from its card', async () => {
  const page = await comesIn(await lobby(), 'Ada')
  await page.click('#listening')
  await page.locator('.bot').getByRole('button').click()

  await holds(page, '@机器人小小鸟 ')
  await page.locator('#bots').waitFor({ state: 'hidden' })
})

test('how a bot fares is for the host to see', async () => {
  const world = await lobby({
    plugins: { 'bot:sick': { use: './sick.mjs', hear: 'all' } },
    files: { 'sick.mjs': 'export default () => { throw new Error("broken") }' },
  })
  const page = await comesIn(world, 'Ada')
  const fares = page.locator('.bot__facts dd', { hasText: 'failed since the start' })
  await page.click('#listening')
  await page.locator('.bot').waitFor()
  expect(await fares.count()).toBe(0)

  const user = await page.evaluate(
    () => JSON.parse(document.getElementById('boot')?.textContent ?? '').user,
  )
  await world.gives({ user, cookie: '' }, 'host')
  await page.keyboard.press('Escape')
  await page.click('#listening')
  await fares.waitFor()
  expect(await axe(page)).toEqual([])
})

test('a room without bots says nothing of them', async () => {
  const world = await lobby({ plugins: { 'bot:bird': { use: 'offline', rooms: ['den'] } } })
  const page = await comesIn(world, 'Ada')
  await page.locator('.person').waitFor()
  expect(await page.locator('#listening').isVisible()).toBe(false)
})

test('what is left of a bot for me stands on its card', async () => {
  const world = await lobby({ plugins: { 'bot:helper': { ...model, rate_person: '3/min' } } })
  const page = await comesIn(world, 'Ada', { size: 'phone', lang: 'zh-CN' })
  await page.click('#listening')
  await page.locator('.bot dd', { hasText: '你这一分钟还能回答 3 次（共 3 次）' }).waitFor()
  expect(await axe(page)).toEqual([])
})
