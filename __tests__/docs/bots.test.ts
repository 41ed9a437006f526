import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from '@jest/globals'
import { fakeOpenAI, type FakeOpenAI } from '../../scripts/fake-openai/server.mjs'
import { startFakeTextchat, type FakeTextchat } from '../../scripts/textchat/fake.mjs'
import { scanIni } from '../../src/config/scan.js'
import { lobby } from '../helpers/lobby.js'
import { Program as Token } from '../helpers/program.js'
import { chaptersOf, filesOf, scenesOf, type Chapter, type Said } from './handbook.js'

/** docs/BOTS.md, the pages of docs/gateways/ and their Chinese sisters: what stands there is done here, word by word. */

/** Stands for every `${NAME}` of a configuration. */
const KEY = 'a-key-of-the-docs'

const books = ['docs/BOTS.md', 'docs/BOTS.zh-CN.md']

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const fake of open.splice(0)) await fake.close()
})

const gateways = ['API', 'HUBOT', 'ONEBOT11', 'PLAIN', 'SATORI', 'WEBHOOKS'].map(
  (page) => `gateways/${page}`,
)
const pages = ['BOTS', ...gateways].map(
  (page) => [`docs/${page}.md`, `docs/${page}.zh-CN.md`] as const,
)

describe.each(pages.flatMap(([en, zh]) => [[en, 'en'] as const, [zh, 'zh-CN'] as const]))(
  '%s',
  (path, lang) => {
    const chapters = chaptersOf(path)
    const scenes = chapters.flatMap((chapter) =>
      scenesOf(chapter).map((scene, index) => ({
        chapter,
        ...scene,
        title: `${chapter.title} ${index + 1}`,
      })),
    )

    const titled = scenes.map((scene) => [scene.title, scene] as const)
    if (titled.length > 0)
      test.each(titled)('%s', async (_, scene) => {
        const { ini, talk, chapter } = scene
        const plugins = await sections(ini, chapter)
        const files = { ...filesOf(chapter), ...withPackages(chapter, 'sums.mjs') }
        const world = await lobby({ people: ['ada'], lang, plugins, files })
        const { ada } = world
        for (const { path: hook, body } of hooksOf(chapter))
          await fetch(world.url + hook, { method: 'POST', body })
        for (const { name, text } of talk) {
          const [, choice] = /^\[(.+)\]$/.exec(String(text)) ?? []
          const card = ada.heard().findLast(({ card }) => card)?.seq ?? 0
          if (choice !== undefined) await ada.answers(card, choice)
          else if (name === 'ada') await ada.says(String(text))
          else
            await ada.next(
              (frame) =>
                (frame.type === 'chat' || frame.type === 'notice') &&
                frame.user.name === name &&
                fits(text, frame.data),
            )
        }
        const heard = (await ada.hears()).map((line) => line.slice(0, line.indexOf(': ')))
        expect(heard).toEqual(talk.map(({ name }) => name)) // nobody said more than is told
      })
  },
)

describe.each(books)('%s', (path) => {
  const chapters = chaptersOf(path)

  test.each(['reminder', 'picnic'])('its test of %s passes', async (bot) => {
    const chapter = chapters.find((chapter) => filesOf(chapter)[`${bot}.test.mjs`])
    const folder = await mkdtemp(join(process.cwd(), 'dist', '.try-'))
    for (const [name, text] of Object.entries(chapter ? filesOf(chapter) : {})) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    const run = promisify(execFile)(process.execPath, ['--test', folder], { env: {} })
    const { stdout } = await run
    await rm(folder, { recursive: true })
    expect(stdout).toMatch(/^# pass 1$/m)
  })

  test('its talk is one that the bot above it can hold', async () => {
    const files = Object.assign({}, ...chapters.map(filesOf))
    const [, file = ''] = /`chat-room bot test (bots\/\S+)`/.exec(readFileSync(path, 'utf8')) ?? []
    const folder = await mkdtemp(join(tmpdir(), 'chat-room-docs-'))
    await mkdir(join(folder, 'bots'))
    for (const name of [file, 'talk.txt']) await writeFile(join(folder, name), files[name])
    const cli = join(process.cwd(), 'dist/cli.js')
    const rehearsal = promisify(execFile)(
      process.execPath,
      [cli, 'bot', 'test', file, 'talk.txt'],
      { cwd: folder, env: { LANG: 'C' } },
    )
    const { stdout } = await rehearsal
    await rm(folder, { recursive: true })
    expect(stdout).toContain('Nothing went wrong')
  })

  test('its program talks to a bot', async () => {
    const { url } = await lobby()
    const folder = await mkdtemp(join(process.cwd(), 'node_modules', '.try-'))
    const file = join(folder, 'try-bot.mjs')
    const code = chapters.map((chapter) => filesOf(chapter)['try-bot.mjs']).find(Boolean) ?? ''
    await writeFile(file, code)
    const { stdout } = await promisify(execFile)(process.execPath, [file, url, '小小鸟，你好'])
    await rm(folder, { recursive: true })

    expect(stdout).toMatch(/^机器人小小鸟: \S/)
  })
})

test.each([
  ['API', 'ping.mjs'],
  ['PLAIN', 'pong.mjs'],
])('the bot of docs/gateways/%s.md answers, and in Chinese it is the same', async (page, name) => {
  const codeOf = (path: string) =>
    chaptersOf(path)
      .flatMap(({ blocks }) => blocks)
      .find(({ file }) => file === name)?.text
  const code = codeOf(`docs/gateways/${page}.md`) ?? ''
  expect(codeOf(`docs/gateways/${page}.zh-CN.md`)).toBe(code)
  const world = await lobby({ people: ['ada'], config: { 'server.plain': true } })
  const { token } = await Token.named(world, 'ci')
  const folder = await mkdtemp(join(process.cwd(), 'node_modules', '.try-'))
  await writeFile(join(folder, name), code.replace('127.0.0.1:8088', new URL(world.url).host))
  const env = { ...process.env, URL: world.url, TOKEN: token }
  const program = spawn(process.execPath, [join(folder, name)], { env })
  open.push({
    close() {
      program.kill()
      return rm(folder, { recursive: true })
    },
  })
  await once(program.stdout, 'data') // it has come in
  await world.ada.says('ping')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'pong')
})

test.each(pages)('%s and %s have the same chapters', (en, zh) => {
  const [english = [], chinese = []] = [en, zh].map((path) =>
    chaptersOf(path).map(({ blocks }) =>
      blocks.map(({ lang, file }) => `${lang} ${(file ?? '').replace(/^bots\/.*\./, 'bots/….')}`),
    ),
  )
  expect(english.length).toBeGreaterThan(0)
  expect(chinese).toEqual(english)
})

const fits = (told: Said['text'], data: string): boolean =>
  typeof told === 'string' ? data === told : told.test(data)

/** The sections of a configuration; services on ports of a reader's machine are played here. */
async function sections(
  ini: string,
  chapter: Chapter,
): Promise<Record<string, Record<string, string | string[]>>> {
  const { sections: found, slips } = scanIni(ini)
  expect(slips).toEqual([])
  const plugins: Record<string, Record<string, string | string[]>> = {}
  for (const { name, entries } of found) {
    const keys: Record<string, string | string[]> = {}
    for (const { key, value, list } of entries) {
      const before = keys[key]
      const given = (await served(key, String(value), chapter)).replace(/\$\{\w+\}/, KEY)
      keys[key] = list ? [...(Array.isArray(before) ? before : []), given] : given
    }
    plugins[name] = keys
  }
  return plugins
}

/** What a chapter has curl send to hooks. */
function hooksOf({ blocks }: Chapter): { path: string; body: string }[] {
  const shells = blocks.filter(({ lang }) => lang === 'sh').map(({ text }) => text)
  const lines = /^curl -d '(.*)' http:\/\/127\.0\.0\.1:8088(\/hooks\/)\$HOOK_TOKEN$/gm
  return [...shells.join('').matchAll(lines)].map(([, body = '', path = '']) => ({
    path: path + KEY,
    body,
  }))
}

async function served(key: string, value: string, chapter: Chapter): Promise<string> {
  if (key === 'url') return answering(filesOf(chapter)['answer.mjs'] ?? '')
  const scenario = filesOf(chapter)['sums.mjs'] === undefined ? 'ok' : 'as-told'
  if (key === 'base_url') return (await playing(fakeOpenAI({ scenario }))).url
  if (key !== 'endpoint') return value
  const fake = startFakeTextchat({ appId: 1_000_001, appKey: 'only-a-fake', port: 0 })
  return (await playing(fake)).endpoint
}

/** A program that runs in a folder where nothing is installed: its packages are this repository's. */
function withPackages(chapter: Chapter, name: string): Record<string, string> {
  const { [name]: code } = filesOf(chapter)
  const { resolve } = createRequire(import.meta.url)
  const here = (_whole: string, specifier: string) =>
    `from '${pathToFileURL(resolve(specifier)).href}'`
  return code === undefined ? {} : { [name]: code.replace(/from '([^']+)'/g, here) }
}

/** Runs a chapter's program that answers, on a port that is free. */
async function answering(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chat-room-docs-'))
  await writeFile(join(folder, 'answer.mjs'), code)
  const program = spawn(process.execPath, [join(folder, 'answer.mjs')], { env: { PORT: '0' } })
  open.push({
    close() {
      program.kill()
      return rm(folder, { recursive: true })
    },
  })
  const [port] = await once(program.stdout, 'data')
  return `http://127.0.0.1:${Number(port)}/`
}

async function playing<F extends FakeOpenAI | FakeTextchat>(fake: Promise<F>): Promise<F> {
  open.push(await fake)
  return fake
}
