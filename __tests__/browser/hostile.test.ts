import { expect, test } from '@jest/globals'
import type { Locator } from 'playwright-core'
import { HOOK } from '../helpers/doors.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { Program } from '../helpers/program.js'
import { chooses, comesIn, goesTo, line, visit, visitorAt, writes } from './browser.js'
import { corpus, packed } from './hostile-grammar.js'
import { hostile } from './hostile-text.js'
import { strangeIn, strangeInSent } from './strange.js'

/** Everything that a message may be made of, with the attributes that it may have. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  p: ['class'],
  strong: [],
  em: [],
  s: [],
  code: [],
  pre: ['class', 'tabindex', 'role', 'aria-label', 'dir'],
  a: ['href', 'target', 'rel', 'title'],
  span: ['class'],
  ul: [],
  ol: ['start'],
  li: [],
  blockquote: [],
  hr: [],
  div: ['class', 'tabindex', 'role', 'aria-label'],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['class'],
  td: ['class'],
  button: ['type', 'class', 'data-act', 'data-user', 'aria-haspopup'],
  svg: ['class', 'aria-hidden'],
  use: ['href'],
}

/** So many stand on the page together. */
const BATCH = 20

interface Made {
  tag: string
  attributes: string[][]
}

test('whatever a text holds, it runs nothing, loads nothing and makes nothing of its own', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  const loaded: string[] = []
  ada.on('request', (request) => loaded.push(request.url()))
  const made: Made[] = []
  for (let first = 0; first < hostile.length; first += BATCH) {
    for (const text of hostile.slice(first, first + BATCH)) await world.grace.says(text)
    await world.grace.says(`that was ${first}\n\`\`\`js\nconst a = 1\n\`\`\``)
    await line(ada, `that was ${first}`).locator('.code-word').waitFor()
    made.push(...(await ada.locator('.bubble').evaluateAll(elementsOf)))
  }

  expect(made.length).toBeGreaterThan(100) // else nothing was marked, and this test means nothing
  const strange = made.filter(
    ({ tag, attributes }) =>
      !allowed[tag] || attributes.some(([name = '', value = '']) => !isAllowed(tag, name, value)),
  )
  expect(strange).toEqual([])
  expect(await strangeIn(ada)).toEqual([])
  expect(loaded.filter((url) => !url.startsWith(world.url))).toEqual([])
}, 60_000)

const elementsOf = (bubbles: Element[]): Made[] =>
  bubbles.flatMap((bubble) =>
    [...bubble.querySelectorAll('*')].map((node) => ({
      tag: node.tagName.toLowerCase(),
      attributes: node.getAttributeNames().map((name) => [name, node.getAttribute(name) ?? '']),
    })),
  )

function isAllowed(tag: string, name: string, value: string): boolean {
  if (name === 'class') return /^[a-z_ -]+$/.test(value)
  if (tag === 'a' && name === 'href') return /^(?:https?:\/\/[^@]+|mailto:.+)$/.test(value)
  if (tag === 'ol' && name === 'data-digits') return /^\d{1,2}$/.test(value)
  if (tag === 'use') return /^#i-[a-z]+$/.test(value)
  return allowed[tag]?.includes(name) ?? false
}

/** Short ones, for what has little room. */
const short = corpus.filter((text) => Array.from(text).length <= 60 && /^[^\p{C}]+$/u.test(text))

test('nor does it as a name, a title, a topic, an edit, a quote, a notice or a hit', async () => {
  const world = await lobby({ people: ['grace'] })
  const { grace } = world
  const ada = await comesIn(world, 'Ada')
  for (const somebody of [await visitorAt(ada), grace]) await world.gives(somebody, 'host')
  const dialogs: string[] = []
  ada.on('dialog', (dialog) => dialogs.push(dialog.message()))

  const named: string[] = []
  for (const name of short.map((text) => Array.from(text).slice(0, 20).join('')).slice(0, 400)) {
    const eve = await world.enters(name).catch(() => undefined) // most are no names
    if (!eve) continue
    named.push(name)
    const { seq } = await eve.says(`hello, xss of ${name}`)
    await eve.request({ type: 'react', room: 'lobby', message: seq, data: '👍', on: true })
    await grace.request({ type: 'mute', room: 'lobby', user: eve.user.id, ms: 60_000 })
    if (named.length === 12) break
  }
  expect(named.length).toBeGreaterThan(5)

  const { seq: edited = 1 } = await grace.says('to be edited')
  for (const data of packed(corpus, 3_900).slice(0, 8))
    await grace.request({ type: 'edit', room: 'lobby', message: edited, data: `xss ${data}` })
  for (const text of hostile.filter((text) => text.length < 200).slice(0, 30)) {
    const { seq: message = 1 } = await grace.says(`xss ${text}`)
    await grace.says('that is what you say', { reply_to: message })
    await grace.request({ type: 'pin', room: 'lobby', message, on: true })
    const data = text.replace(/[\s\p{C}]+/gu, ' ').slice(0, 180)
    await grace.request({ type: 'topic', room: 'lobby', data })
    await grace.request({ type: 'room', room: 'lobby', set: { title: data.slice(0, 60) } })
  }
  for (const [index, text] of short.slice(50, 60).entries()) {
    await grace.request({ type: 'make', title: text, topic: text })
    await grace.request({ type: 'report', room: 'lobby', message: edited - index, data: text }).catch(() => {}) // prettier-ignore
  }
  await grace.says('that was all')
  await line(ada, 'that was all').waitFor()
  expect(await strangeIn(ada)).toEqual([])

  await ada.getByRole('button', { name: 'Search' }).first().click()
  await ada.fill('#search-field', 'xss')
  await ada.locator('.hit').first().waitFor()
  expect(await strangeIn(ada)).toEqual([])
  expect(dialogs).toEqual([])
}, 60_000)

/** One text for what has room for one alone. */
const EVIL = `"><img src=x onerror=__xss=1><b x-init="__xss=1">[x](javascript:__xss=1)`
const labels = packed(
  short.filter((text) => !/[\p{Zl}\p{Zp}]/u.test(text)),
  80,
  ' ',
).slice(0, 60)

const evilBot = `
  const evil = ${JSON.stringify(EVIL)}
  const labels = ${JSON.stringify(labels)}
  const some = (count, prefix) => labels.splice(0, count).map((label, n) => ({ id: prefix + n, label }))
  export const triggers = { command: { name: 'evil', aliases: ['bad'], help: evil }, keyword: ['show me'], answer: true }
  export const aliases = [evil, labels[0]]
  export const leaves = ['https://x.example/' + evil]
  export const tools = [{ name: evil }, { name: labels[1], url: 'https://x.example/' + evil }]
  export default async (ctx) => {
    const { kind, form } = ctx.trigger
    if (kind === 'answer') return ctx.reply('got ' + (form ? Object.values(form).join(' ') : evil))
    await ctx.tools('used', labels.slice(0, 8).map((label) => label.slice(0, 64)))
    await ctx.reply(evil, { card: { choices: some(10, 'c'), many: true } })
    const [text, number, choice] = some(3, 'f')
    const fields = [
      { ...text, type: 'text' },
      { ...number, type: 'number' },
      { ...choice, type: 'choice', options: some(10, 'o') },
    ]
    await ctx.reply(evil, { card: { fields, submit: evil } })
    await ctx.reply('aside ' + evil, { whisper: true })
  }`

/** Names that may be had, and would rather be something else. */
async function badlyNamed(world: World): Promise<Person[]> {
  const people: Person[] = []
  for (const name of short.map((text) => Array.from(text).slice(0, 20).join(''))) {
    if (people.length === 3) break
    if (!/[<"'(]/.test(name)) continue
    const one = await world.enters(name).catch(() => undefined) // most are no names
    if (one) people.push(one)
  }
  return people
}

test('nor in a card, a tool, a menu, a panel, a hook’s line, a deed, a room of two or what calls from elsewhere', async () => {
  const plugins = { [`bot:${EVIL.replaceAll(']', ')')}`]: { use: 'webhook-in', token: HOOK } }
  const world = await lobby({ people: ['grace'], files: { 'bots/evil.js': evilBot }, plugins })
  const { grace } = world
  const ada = await comesIn(world, 'Ada', { role: 'host' })
  await world.gives(grace, 'host')
  const [eve, mallory, trudy] = await badlyNamed(world)
  if (!eve || !mallory || !trudy) throw new Error('there are no such names any more')
  const found: [where: string, what: string][] = []
  const looks = async (where: string, what: Locator, text = 'xss') => {
    await what.first().waitFor()
    expect([where, await what.first().textContent()]).toEqual([where, expect.stringContaining(text)]) // prettier-ignore
    found.push(...(await strangeIn(ada)).map((what): [string, string] => [where, what]))
  }
  const posts = (path: string, body: object) =>
    world.get(`/hooks/${HOOK}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) // prettier-ignore
  const part = { title: EVIL, title_link: 'javascript:__xss=1', text: EVIL, footer: EVIL, url: 'javascript:__xss=1' } // prettier-ignore

  await writes(ada, 'show me')
  await looks('a tool', ada.locator('.mark', { hasText: 'xss' }))
  await looks('choices', ada.locator('.choice'))
  await looks('a form', ada.locator('.choices .field__label'))
  await looks('a whisper', ada.locator('.message--whisper'))
  const form = ada.locator('form.choices')
  for (const field of await form.locator('input').all()) await field.fill(EVIL)
  await form.locator('button').click()
  await looks('what is wrong with a form', form.locator('.field__label'))
  await form.locator('input').nth(1).fill('1')
  await form.locator('select').selectOption({ index: 1 })
  await form.locator('button').click()
  await looks('an answer', line(ada, 'got'))

  const answers = [await posts('', { username: EVIL, text: `hooked ${EVIL}`, attachments: [part] }), await posts('/discord', { username: EVIL.slice(0, 80), content: EVIL, embeds: [{ ...part, fields: [{ name: EVIL, value: EVIL }] }] })] // prettier-ignore
  expect(answers.map(({ status }) => status)).toEqual([200, 204])
  await looks('a hook’s line', line(ada, 'hooked'))

  await ada.fill('#input', '/')
  await looks('the menu of commands', ada.locator('#suggest .suggest__about', { hasText: 'xss' }))
  await ada.fill('#input', '@')
  await looks('the menu of names', ada.locator('#suggest [role=option]', { hasText: 'xss' }))
  await ada.fill('#input', '')
  await ada.click('#listening')
  await looks('the panel of bots', ada.locator('#bots .bot', { hasText: 'evil' }))
  await ada.keyboard.press('Escape')

  const { seq: message = 1 } = await mallory.says(EVIL)
  await trudy.request({ type: 'report', room: 'lobby', message, data: EVIL })
  await grace.request({ type: 'policy', room: 'lobby', bot: 0, mode: 'called' })
  await grace.request({ type: 'ban', user: mallory.user.id, by: ['name'], ms: 600_000 })
  const { room = '' } = await grace.request({ type: 'make', title: EVIL, topic: EVIL })
  await grace.request({ type: 'room', room, set: { approval: true } })
  await grace.request({ type: 'invite', room })
  await chooses(ada, '.top__about', 'Reports, bans and log (1)')
  await looks('reports', ada.locator('.deeds__one', { hasText: 'xss' }))
  await ada.getByRole('button', { name: 'Bans' }).click()
  await looks('bans', ada.locator('.deeds__one'), mallory.user.name)
  await ada.getByRole('button', { name: 'Log' }).click()
  await looks('the log', ada.locator('.deeds__one', { hasText: 'xss' }))
  await ada.keyboard.press('Escape')

  const { id } = await visitorAt(ada).then(({ user }) => user)
  const { room: two = '' } = await eve.request({ type: 'direct', user: id })
  await eve.join(two)
  await eve.says(`between us ${EVIL}`, { room: two })
  await looks('what calls from elsewhere', ada.locator('.arrival__text', { hasText: 'between us' }))
  await looks('the list of rooms', ada.locator('.rooms__link', { hasText: 'xss' }))
  await eve.join(room).catch(() => {}) // it asks to come in
  await looks('who knocks', ada.locator('.arrival__heading', { hasText: EVIL }))
  await ada.keyboard.press('Control+k')
  await looks('the switcher', ada.locator('#switcher-list [role=option]', { hasText: 'xss' }))
  await ada.keyboard.press('Escape')
  await goesTo(ada, `${world.url}/r/${two}`)
  await looks('a room of two', ada.locator('.top__title'), eve.user.name)
  await goesTo(ada, `${world.url}/r/${room}`)
  await looks('a topic', ada.locator('.top__topic'))
  await looks('who asks to come in', ada.locator('.knocks__one'), eve.user.name)
  await ada.click('.top__invite')
  await looks('the invites', ada.locator('.invites__list li'), '')

  expect(found).toEqual([])
  const { cookie } = grace
  await Program.named(world, short.find((text) => Array.from(text).length <= 20) ?? '').catch(() => {}) // prettier-ignore
  const pages = await Promise.all(['/bots', '/', `/r/${room}`, `/i/${room}`].map((path) => world.get(path, { headers: { cookie } }).then((page) => page.text()))) // prettier-ignore
  expect(await strangeInSent(ada, pages)).toEqual([])
}, 60_000)

/** As many as a card and a form have room for, in a few of them, and a text that grows and holds still. */
const crowdedBot = (labels: readonly string[], text: string) => `
  const labels = ${JSON.stringify(labels)}
  const some = (count, prefix) => labels.splice(0, count).map((label, n) => ({ id: prefix + n, label }))
  export const triggers = { keyword: ['show me'] }
  export const streams = true
  export default async (ctx) => {
    for (let n = 0; n < 2; n++) await ctx.reply(labels.shift(), { card: { choices: some(10, 'c') } })
    const fields = () => some(6, 'f').map((field) => ({ ...field, type: 'choice', options: some(10, 'o') }))
    await ctx.reply(labels.shift(), { card: { fields: fields(), submit: labels.shift() } })
    const draft = ctx.stream()
    draft.write(${JSON.stringify(text)})
    await new Promise((resolve) => draft.signal.addEventListener('abort', resolve))
  }`

test('nor do hundreds at once in cards, a form, menus, the bots, the pins, and a text that grows', async () => {
  const all = packed(
    corpus.map((text) => text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()).filter(Boolean),
    80,
    ' ',
  ).filter((label) => label.length <= 80)
  const helps = all.splice(0, 12)
  const files = Object.fromEntries(
    helps.map((help, n) => [
      `bots/evil${n}.js`,
      `export const triggers = { command: { name: 'evil${n}', help: ${JSON.stringify(help)} } }
       export const aliases = ${JSON.stringify([Array.from(help).slice(0, 20).join('')])}
       export default () => {}`,
    ]),
  )
  const labels = all.splice(0, 95)
  const growing = packed(corpus.slice(500), 3_800)[0] ?? ''
  const world = await lobby({
    people: ['grace'],
    files: { ...files, 'bots/crowded.js': crowdedBot(labels, growing) },
  })
  const { grace } = world
  await world.gives(grace, 'host')
  const ada = await comesIn(world, 'Ada')

  await writes(ada, 'show me')
  await ada.locator('.choice').nth(19).waitFor()
  await ada.locator('form.choices option').nth(59).waitFor({ state: 'attached' })
  await ada
    .locator('.message', { hasText: growing.slice(0, 12).trim() })
    .last()
    .waitFor()
  expect(await strangeIn(ada)).toEqual([])

  for (const [n, text] of all.slice(0, 40).entries()) {
    const { seq: message = 1 } = await grace.says(`${n} ${text}`)
    await grace.request({ type: 'pin', room: 'lobby', message, on: true })
  }
  await ada.click('.top__pins')
  await ada.locator('#pins .hit').nth(39).waitFor()
  expect(await strangeIn(ada)).toEqual([])
  await ada.keyboard.press('Escape')
  await ada.fill('#input', '/')
  await ada.locator('#suggest .suggest__about').nth(12).waitFor()
  await ada.fill('#input', '')
  await ada.click('#listening')
  await ada.locator('#bots .bot').nth(12).waitFor()
  expect(await strangeIn(ada)).toEqual([])
}, 60_000)

test('nor on any page before the room, whatever an address or a form holds', async () => {
  const world = await lobby()
  const ada = await world.signIn('ada')
  await world.gives(ada, 'host')
  const headers = { cookie: ada.cookie, accept: 'text/html', 'content-type': 'application/json' }
  const one = encodeURIComponent
  const few = [...hostile.slice(0, 20), ...short.slice(0, 20)].map((text) => text.toWellFormed())
  const asked: [path: string, body?: object][] = [
    ...few.flatMap((text): [string, object?][] => [
      [`/signin?change=1&next=${one(text)}`],
      [`/signin?change=1&next=/${one(text)}`],
      [`/r/${one(text)}`],
      [`/i/${one(text)}`],
      [`/${one(text)}`],
      ['/bots', { name: text, scopes: 'read', rooms: text, days: text }],
    ]),
    // More wrong passcodes than ten are another page.
    ...few.slice(0, 9).map((passcode): [string, object] => ['/r/vault', { passcode }]),
    ...packed(corpus, 4_000, ' ').map((name): [string, object] => ['/signin', { name }]),
  ]
  const answers: Response[] = []
  for (let first = 0; first < asked.length; first += 40)
    answers.push(
      ...(await Promise.all(
        asked.slice(first, first + 40).map(([path, body]) =>
          world.get(path, {
            headers,
            ...(body && { method: 'POST', body: JSON.stringify(body) }),
          }),
        ),
      )),
    )
  const sent = await Promise.all(answers.map((answer) => answer.text()))
  const page = await visit('about:blank')
  expect(await strangeInSent(page, sent)).toEqual([])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 404, 422]))
  expect(sent.filter((text) => text.includes('&lt;')).length).toBeGreaterThan(50)
}, 60_000)

test('nor a title, a topic or a name in any page that the server makes', async () => {
  const world = await lobby()
  const one = (room: string) => encodeURIComponent(room)
  const line = short.map((text) => text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' '))
  const titles = packed(line.filter((text) => /<[a-z]+[\s/][^<]*=[^<]*>/i.test(text)), 80, ' ').slice(0, 50) // prettier-ignore
  const rooms: string[] = []
  const asked: [path: string, who?: Person][] = []
  const eve = await world.enters('eve')
  let maker = eve
  for (const [n, title] of titles.entries()) {
    if (n % 10 === 0) maker = await world.enters(`maker ${n}`) // so many rooms a person makes within an hour
    const { room = '' } = await maker.request({ type: 'make', title, topic: title })
    rooms.push(room)
    if (n % 5 > 0) continue
    await maker.request({ type: 'room', room, set: { approval: true } })
    const { invite } = await maker.request({ type: 'invite', room })
    const path = new URL(String(Object(invite).url)).pathname
    asked.push([`/signin?next=${one(path)}`], [`/r/${one(room)}`, eve], [`/r/${one(room)}`, maker])
  }
  const [mallory] = await badlyNamed(world)
  if (!mallory) throw new Error('there are no such names any more')
  await world.gives(maker, 'host')
  for (const room of rooms.slice(0, 20)) asked.push([`/r/${one(room)}`, maker])
  asked.push(['/', maker], ['/', mallory], ['/signin'], ['/signin?change=1', mallory], ['/signout', mallory], ['/bots', maker]) // prettier-ignore
  await maker.request({ type: 'ban', room: 'lobby', user: mallory.user.id, by: ['name'] })
  asked.push(['/', mallory]) // with the rooms that she may go to

  const answers = await Promise.all(
    asked.map(([path, who]) => world.get(path, { headers: { cookie: who?.cookie ?? '' } })),
  )
  const sent = await Promise.all(answers.map((answer) => answer.text()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]))
  const page = await visit('about:blank')
  expect(await strangeInSent(page, sent)).toEqual([])
  const texts = await page.evaluate<string[]>(
    `(${JSON.stringify(sent)}).map((text) => new DOMParser().parseFromString(text, 'text/html').body.textContent)`,
  )
  const shown = titles.filter((title) => texts.some((text) => text.includes(title.trim())))
  expect(shown.length).toBeGreaterThan(40) // else they did not come there as text
}, 60_000)

test('nor thousands of lines on the page without names', async () => {
  const world = await lobby({ people: ['grace'], config: { 'server.plain': true } })
  const page = await visit(`${world.url}/plain`)
  const lines = page.locator('[role=log] p')
  await lines.first().waitFor()
  const all = packed(corpus, 3_900, ' ')
  for (const text of all) await world.grace.says(text)
  await world.grace.says('that was all')
  await page.locator('p', { hasText: 'that was all' }).waitFor()
  expect(await lines.count()).toBeGreaterThan(all.length)
  expect(await lines.locator('*').count()).toBe(0)
  expect(await strangeIn(page)).toEqual([])
}, 60_000)

test('what stands in a page by no doing of ours is noticed', async () => {
  const page = await visit('about:blank')
  for (const text of [
    '<img src=x onerror=1>',
    '<a href="java\nscript:1">x</a>',
    '<iframe></iframe>',
    '<p x-init="__xss=1">',
    '<script>1</script>',
    '<svg><animate></svg>',
    '<form action="data:x">',
    '<p style="background:url(x)">',
  ]) {
    // prettier-ignore
    await page.evaluate((text) => {
      document.body.innerHTML = text
    }, text)
    expect([text, await strangeIn(page)]).not.toEqual([text, []])
  }
})
