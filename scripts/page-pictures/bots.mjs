import { spawnSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { inDocs } from './readme.mjs'

/** A file that is saved is a bot within so many milliseconds. */
const SEEN_MS = 1000

/** A bot that asks: a question, one that is over soon, one that the first answer closes, a short form. */
const ASKER = `export const triggers = { command: ['ask', 'soon', 'first', 'form'], answer: true }
const choices = [
  { id: 'sea', label: '海边 / the sea' },
  { id: 'hills', label: '山里，带上帐篷，住一晚 / the hills, with a tent, for a night' },
  { id: 'home', label: '在家 / home' },
]
const fields = [
  { id: 'who', label: '谁带 / Who brings it', type: 'text', max: 20 },
  { id: 'n', label: '几份 / How many', type: 'number', min: 1, max: 9, whole: true },
]
export default async (ctx) => {
  const { kind, command } = ctx.trigger
  if (kind !== 'command') return
  const until = Date.now() + (command === 'soon' ? 1500 : 3_600_000)
  const card = {
    ask: { choices, until, many: true },
    soon: { choices, until },
    first: { choices, until, once: 'first' },
    form: { fields, submit: '我来带 / I bring it' },
  }[command]
  await ctx.reply('周末去哪儿？ / Where to on Saturday?', { card })
}
`
const CHATTY = `export const triggers = { keyword: 'tea' }
export default async (ctx) => { await ctx.reply('茶好了 🍵 ' + ctx.message.id); ctx.log.info('poured') }
`
const BROKEN = 'export default (ctx => {\n'

/**
 * Bots that a host saves in a folder: their cards in every state, how much somebody wants to see of them, and the room
 * where they are tried.
 * @param {{data: string} & Record<string, any>} studio `data`: the server's folder.
 */
export function dropped({ looks, data, enter, picture, send }) {
  const folder = join(data, 'bots')
  const shown = [looks[0], looks[1], looks[4], looks[5]]
  return { cards, volumes, broken, sandbox }

  async function cards() {
    await saved('asker.js', ASKER)
    for (const [index, look] of shown.entries()) {
      const page = await enter(
        look,
        ['小雨点', 'Edith', '阿禾', 'Frank'][index],
        `/r/trip-${index}`,
      )
      await asks(page, '/soon', 1)
      await asks(page, '/first', 2)
      await page.locator('.choices').nth(1).locator('[data-choice]').first().click()
      await asks(page, '/ask', 3)
      await page.locator('.choices').nth(2).locator('.choice').nth(1).click()
      await asks(page, '/form', 4)
      await page.locator('.choices__state', { hasText: /Time is over|时间已到/ }).waitFor()
      await picture(page, look, 'cards')
      await page.locator('.message--bot').first().scrollIntoViewIfNeeded()
      await picture(page, look, 'cards-over')
      await page.context().close()
    }
  }

  async function volumes() {
    await saved('tea.js', CHATTY)
    for (const [index, look] of shown.entries()) {
      const page = await enter(look, ['大暑', 'Gwen', '立冬', 'Hugo'][index], `/r/tea-${index}`)
      for (let cup = 1; cup <= 3; cup += 1) {
        await send(page, `tea ${cup}`)
        await page
          .locator('.message--bot')
          .nth(cup - 1)
          .waitFor()
      }
      for (const level of ['folded', 'muted']) {
        await page.click('#listening')
        await page
          .locator('.bot', { hasText: 'tea' })
          .locator('.bot__volume select')
          .selectOption(level)
        await picture(page, look, `bots-${level}`)
        await page.keyboard.press('Escape')
        await picture(page, look, `volume-${level}`)
      }
      await page.context().close()
    }
  }

  /** What a moderator reads of a bot whose last save cannot be used. @param forDocs Whether the docs get its card anew. */
  async function broken(forDocs = false) {
    for (const [index, look] of shown.entries()) {
      const name = ['秋分', 'Lena', '寒露', 'Milo'][index]
      const page = await enter(look, name, `/r/kettle-${index}`)
      const args = ['dist/cli.js', 'user', 'role', name, 'mod', '--data', data]
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
      await saved('tea.js', CHATTY)
      await saved('tea.js', BROKEN)
      await page.click('#listening')
      const card = page.locator('.bot', { hasText: 'tea' })
      await card.locator('.bot__broken').waitFor()
      await picture(page, look, 'bots-broken')
      if (forDocs && index < 2) await card.screenshot({ path: inDocs('broken-bot', look.lang) })
      await page.context().close()
    }
    await rm(join(folder, 'tea.js'))
  }

  async function sandbox() {
    await saved('tea.js', CHATTY)
    for (const [index, look] of shown.entries()) {
      const page = await enter(look, ['小寒', 'Joan', '谷雨', 'Karl'][index], '/r/sandbox')
      await send(page, `tea, please ${index}`)
      await page.locator('.message--bot').last().waitFor()
      await saved('tea.js', BROKEN)
      await page.locator('text=/SyntaxError/').last().waitFor()
      await picture(page, look, 'sandbox')
      await saved('tea.js', CHATTY)
      await page.context().close()
    }
    await rm(folder, { recursive: true })
  }

  async function asks(page, command, count) {
    await page.fill('#input', command)
    await page.press('#input', 'Enter')
    await page.keyboard.press('Escape')
    await page
      .locator('.message--bot')
      .nth(count - 1)
      .waitFor()
  }

  async function saved(name, code) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, name), code)
    await wait(SEEN_MS)
  }
}
