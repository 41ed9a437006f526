import { expect, test } from '@jest/globals'
import type { Locator, Page, WebSocketRoute } from 'playwright-core'
import { lobby } from '../helpers/lobby.js'
import { signIn } from '../helpers/visitor.js'
import { goesTo, visit } from './browser.js'
import { corpus } from './hostile-grammar.js'
import { strangeIn } from './strange.js'

/**
 * Seven thousand hostile texts in each place of the page, whatever the server would let through: between it and the page
 * stands somebody who puts them into all that is a text, and makes long lists of short ones.
 */

/** So many stand in one text: else the lists would take minutes to be drawn. */
const TOGETHER = 60
const groups = Array.from({ length: Math.ceil(corpus.length / TOGETHER) }, (_, at) =>
  corpus.slice(at * TOGETHER, (at + 1) * TOGETHER),
)
/** As one line, and as paragraphs. */
const texts = groups.map((some) => some.join(' ').replace(/\s+/g, ' '))
const paragraphs = groups.map((some) => some.join('\n\n'))

/** Lists, by what tells their entries apart. */
const lists: Readonly<Record<string, string>> = { users: 'id', rooms: 'name', reports: 'id', entries: 'id', bans: 'id', invites: 'id', bots: 'id', commands: 'name', knocks: 'id' } // prettier-ignore
const words = new Set(['name', 'title', 'topic', 'data', 'help', 'bot', 'host', 'broken', 'action', 'label']) // prettier-ignore
const wordLists = new Set(['aliases', 'commands', 'hosts', 'initials'])

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Bends what the server says. */
class Liar {
  /** Texts that went into each place so far. */
  readonly told = new Map<string, number>()
  /** Whether lists of events are made longer: what is found and what is pinned, but not the talk. */
  #asked = new Map<string, string>()

  /** Between a page and the server. */
  readonly route = (page: WebSocketRoute): void => {
    const server = page.connectToServer()
    page.onMessage((text) => {
      const { cid, type } = JSON.parse(String(text))
      if (type === 'search' || type === 'pins') this.#asked.set(cid, type)
      server.send(text)
    })
    server.onMessage((text) => {
      const frame = JSON.parse(String(text))
      const where = `${frame.type}${this.#asked.get(frame.cid) ?? ''}`
      page.send(JSON.stringify(this.#bent(frame, where, '')))
    })
  }

  #bent(value: Json, where: string, key: string): Json {
    if (typeof value === 'string') return words.has(key) ? this.#next(where) : value
    if (Array.isArray(value)) return this.#longer(value, where, key)
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, this.#bent(one, `${where}.${key}`, key)]),
    )
  }

  #longer(list: Json[], where: string, key: string): Json[] {
    if (wordLists.has(key) && typeof list[0] === 'string')
      return [this.#next(where), ...list.slice(1)] // all of them would be megabytes
    const by = key === 'events' && /search|pins/.test(where) ? 'seq' : lists[key]
    const model = list.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0]
    const own = key === 'rooms' ? list : list.map((one) => this.#bent(one, where, key))
    if (by === undefined || model === undefined || !isObject(model)) return own
    const more = texts.map((text, at) => {
      const one = this.#bent(model, where, key)
      return isObject(one) ? { ...one, [by]: by === 'name' ? text : 100_000 + at } : one
    })
    return [...own, ...more]
  }

  #next(where: string): string {
    const count = this.told.get(where) ?? 0
    this.told.set(where, count + 1)
    const all = /^(?:chat|edit)\.data$/.test(where) ? paragraphs : texts
    return all[count % all.length] ?? ''
  }
}

/** A world where something stands in each list, and a page that is lied to. */
async function liedTo() {
  const world = await lobby({ people: ['grace'] })
  const { grace } = world
  const { cookie, user } = await signIn(world.url, 'Ada', { lang: 'en' })
  for (const one of [{ cookie, user }, grace]) await world.gives(one, 'host')
  const eve = await world.enters('eve')
  const { seq: message = 1 } = await eve.says('to be found')
  await grace.request({ type: 'pin', room: 'lobby', message, on: true })
  await grace.request({ type: 'report', room: 'lobby', message, data: 'look at this' })
  await grace.request({ type: 'ban', user: eve.user.id, by: ['name'], ms: 600_000 })
  await grace.request({ type: 'invite', room: 'lobby' })
  await grace.request({ type: 'room', room: 'lobby', set: { approval: true } })
  const mallory = await world.signIn('mallory')
  await mallory.connect()
  await mallory.join().catch(() => {}) // she waits to be let in

  const liar = new Liar()
  const page = await visit('about:blank')
  page.setDefaultTimeout(60_000) // so much at once takes a busy machine long
  await page.context().addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/)
      return { name, value, url: world.url }
    }),
  )
  await page.routeWebSocket(/\/chat$/, liar.route)
  await goesTo(page, world.url)
  return { grace, page, liar }
}

const closes = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLDialogElement>('dialog[open]')?.close())

test('seven thousand at once do nothing in any list, dialog or line, whatever the server lets through', async () => {
  expect(corpus.length).toBeGreaterThanOrEqual(7_000)
  const { grace, page, liar } = await liedTo()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => dialogs.push(dialog.message()))
  const found: string[] = []
  const looks = async (what: Locator, part = ':root', least = texts.length) => {
    await what.nth(least - 1).waitFor({ state: 'attached' })
    found.push(...(await strangeIn(page, part)))
  }

  await looks(page.locator('.rooms__link'))
  await looks(page.locator('.person'), '#people')
  await looks(page.locator('.knocks__one'), '#people')
  const goals = page.locator('#switcher-list [role=option]')
  await page.keyboard.press('Control+k')
  for (const text of texts) {
    await page.fill('#switcher-field', text)
    await looks(goals, '#switcher', 3) // the room, a new one, and the search
  }
  await closes(page)
  await page.click('.top__invite')
  await looks(page.locator('.invites__list li'), '#share')
  await closes(page)
  await page.click('.top__about')
  await page.locator('.menu').getByText('Reports, bans and log').click()
  await looks(page.locator('.deeds__quote', { hasText: '<' }), '#order')
  await page.locator('#order .tabs button').nth(1).click()
  await looks(page.locator('.deeds__one'), '#order')
  await page.locator('#order .tabs button').nth(2).click()
  await looks(page.locator('.deeds__one'), '#order')
  await closes(page)
  await page.click('.top__pins')
  await looks(page.locator('#pins .hit'), '#pins')
  await closes(page)
  await page.getByRole('button', { name: 'Search' }).first().click()
  await page.fill('#search-field', 'found')
  await looks(page.locator('#search .hit'), '#search')
  await closes(page)
  await page.click('#listening')
  await looks(page.locator('#bots .bot'), '#bots')
  await closes(page)
  await page.fill('#input', '/')
  await looks(page.locator('#suggest [role=option]'), '#suggest', 5)
  await page.fill('#input', '@')
  await looks(page.locator('#suggest [role=option]'), '#suggest', 5)
  await page.fill('#input', '')
  // The page shows some thirty rows of the talk at a time.
  for (const [n, text] of texts.entries()) {
    const { seq: message = 1 } = await grace.says(`line ${n}`, { reply_to: 1 })
    await grace.request({ type: 'react', room: 'lobby', message, data: '👍', on: true })
    await grace.request({ type: 'topic', room: 'lobby', data: `topic ${n}` })
    if (n % 10 < 9 && n < texts.length - 1) continue
    await looks(page.locator('.top__topic', { hasText: text.slice(0, 40) }), 'main', 1)
  }
  await looks(page.locator('.message'), ':root', 5)
  expect(found).toEqual([])
  expect(dialogs).toEqual([])
  const whole = [...liar.told].flatMap(([where, count]) => (count < texts.length ? [] : [where]))
  expect(whole).toEqual(expect.arrayContaining(['ack.reports.data', 'ack.entries.target.name', 'ack.entries.by.name', 'ack.bans.user.name', 'hello.rooms.title', 'joined.users.name', 'joined.knocks.name', 'chat.data', 'chat.reply.data', 'react.data', 'topic.data', 'ackpins.events.data', 'acksearch.events.data', 'ack.bots.name', 'ack.commands.help'])) // prettier-ignore
}, 240_000)
