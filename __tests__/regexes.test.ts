import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, Script } from 'node:vm'
import { expect, jest, test } from '@jest/globals'
import { parseSync } from '@swc/core'
import * as chrono from 'chrono-node'
import { checkName } from '../src/people/name-rule.js'
import { addressed } from '../src/plugins/builtin/offline/address.js'
import { sum } from '../src/plugins/builtin/offline/skills/sum.js'
import { questionsFor } from '../src/plugins/builtin/tencent-textchat/question.js'
import { excerpt } from '../static/js/models/excerpt.js'

/** The longest message, in UTF-16 units. */
const LONG = 8_000
/** What a look at such a text may take of the processor, in milliseconds: what is linear takes one. */
const WORK_MS = 100

const root = fileURLToPath(new URL('..', import.meta.url))

/** What of a file makes regular expressions: those that stand there, and how many calls make one of a text. */
interface Found {
  file: string
  literals: RegExp[]
  calls: number
}

function sources(): Found[] {
  const files = ['src', 'static/js', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.d)\.m?[jt]s$/.test(name))
      .map((name) => join(folder, name)),
  )
  return files.map((file) => {
    const syntax = file.endsWith('.ts') ? 'typescript' : 'ecmascript'
    const found: Found = { file, literals: [], calls: 0 }
    collect(parseSync(readFileSync(join(root, file), 'utf8'), { syntax }), found)
    return found
  })
}

interface Node {
  type?: string
  pattern?: string
  flags?: string
  callee?: { type?: string; value?: string }
}

function collect(node: unknown, found: Found): void {
  if (typeof node !== 'object' || node === null) return
  const { type, pattern = '', flags = '', callee } = node as Node
  if (type === 'RegExpLiteral') found.literals.push(from(pattern, flags))
  const isCall = type === 'NewExpression' || type === 'CallExpression'
  if (isCall && callee?.type === 'Identifier' && callee.value === 'RegExp') found.calls += 1
  for (const child of Object.values(node)) collect(child, found)
}

/** Looked for everywhere, however it is meant. */
const from = (pattern: string, flags: string) => new RegExp(pattern, flags.replace('y', ''))

/** Calls the functions that make one of a text. What a module makes when it is loaded is seen by that. */
const calls: Readonly<Record<string, () => unknown>> = {
  'src/people/name-rule.ts': () => checkName('阿明Tom'),
  'src/plugins/builtin/offline/address.ts': () => addressed(['小小鸟', 'a+b', 'bird']),
  'src/plugins/builtin/offline/skills/sum.ts': () =>
    sum(Object.assign(Object.create(null), { text: '三点五加二', tongue: 'zh' })),
  'src/plugins/builtin/tencent-textchat/question.ts': () => questionsFor(['小小鸟', 'a+b', 'bird']),
  'static/js/models/excerpt.js': () => excerpt('some words', 'some a+b "words"'),
}

/** Who wrote these is the host, or the author of a bot: nobody else's text makes one there. */
const ofAuthors =
  /^src\/(?:testing\/talk|plugins\/load\/in-process|plugins\/worker\/inside\/worker|commands\/bot-new)\.ts$/

/** Those that are made of texts while this runs, by file. */
async function madeOfTexts(found: readonly Found[]): Promise<[string, RegExp][]> {
  const made = new Map<string, Map<string, RegExp>>()
  const { RegExp: real } = globalThis
  const note = (regex: RegExp) => {
    const [, file] = /\/((?:src|static\/js|packages)\/[^:)]+)/.exec(new Error().stack ?? '') ?? []
    const known = made.get(file ?? '') ?? new Map<string, RegExp>()
    made.set(file ?? '', known.set(String(regex), regex))
    return regex
  }
  globalThis.RegExp = new Proxy(real, {
    construct: (_, [pattern, flags]) => note(new real(pattern, flags)),
    apply: (_, __, [pattern, flags]) => note(new real(pattern, flags)),
  })
  try {
    for (const { file } of found) {
      await import(join(root, file))
      calls[file]?.()
    }
  } finally {
    globalThis.RegExp = real
  }
  const unseen = found.filter((one) => (made.get(one.file)?.size ?? 0) < one.calls)
  expect(unseen.map(({ file }) => `${file} makes one of a text that was not seen`)).toEqual([])
  return found.flatMap(({ file }) =>
    [...(made.get(file)?.values() ?? [])].map(({ source, flags }): [string, RegExp] => [
      file,
      from(source, flags),
    ]),
  )
}

const common = ['a', '1', ' ', '-', '.', '@', ':', '*', '[', '(', '\n', '鸟', '1.', 'a.', ' a']

/** Texts that let an expression try long: what it looks for again and again, and then what it does not. */
function attacks({ source }: RegExp): string[] {
  const own = source.replace(/\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\.|[()[\]{}|?*+^$]/gu, ' ').split(/\s+/)
  const pumps = [...new Set([...common, ...own])].filter((piece) => piece !== '').slice(0, 30)
  return pumps.map((piece) => `${own[0] ?? ''}${piece.repeat(LONG / piece.length)}\n\u0000`)
}

/** What the host wrote and nobody else can send. */
const ofTheHost = /^src\/config\//

const look = new Script('regex.global ? text.replace(regex, "") : regex.test(text)')
const context = createContext({})

/** Of the processor, so that a machine that is busy with other things changes nothing. */
function work(regex: RegExp, text: string): number {
  const first = workOnce(regex, text)
  return first > WORK_MS ? Math.min(first, workOnce(regex, text)) : first // it may have been compiled
}

function workOnce(regex: RegExp, text: string): number {
  const before = process.cpuUsage().user
  try {
    look.runInContext(Object.assign(context, { regex, text }), { timeout: 1_000 })
  } catch {
    return Infinity
  }
  return (process.cpuUsage().user - before) / 1_000
}

/** Those that work long, and on what. */
const slowOf = (all: readonly [file: string, regex: RegExp][]): string[] =>
  all.flatMap(([file, regex]) => {
    const worst = attacks(regex).find((text) => work(regex, text) > WORK_MS)
    return worst === undefined ? [] : [`${file} ${String(regex)} on ${JSON.stringify(worst.slice(0, 12))}`] // prettier-ignore
  })

test('no regular expression works long on a long text, however it is made', () => {
  const all = sources()
    .filter(({ file }) => !ofTheHost.test(file))
    .flatMap(({ file, literals }) => literals.map((regex): [string, RegExp] => [file, regex]))
  expect(all.length).toBeGreaterThan(300)
  expect(slowOf(all)).toEqual([])
}, 120_000)

test('nor does one that is made of texts while the server or a page runs', async () => {
  const found = sources().filter(({ file, calls }) => calls > 0 && !ofAuthors.test(file))
  const all = await madeOfTexts(found)
  expect(all.length).toBeGreaterThan(10)
  expect(slowOf(all)).toEqual([])
}, 60_000)

test('a library that looks for times is given no more than it reads at once', async () => {
  const { timeIn } = await import('../src/plugins/builtin/reminder/time-in.js')
  const spies = [chrono.en.casual, chrono.zh.hans.casual].map((each) => jest.spyOn(each, 'parse'))
  for (const piece of ['1 day ', '零'])
    timeIn(piece.repeat(LONG / piece.length), { now: 0, zone: 'UTC' })
  const given = spies.flatMap(({ mock }) => mock.calls.map(([text]) => text.length))
  jest.restoreAllMocks()
  expect(given).toEqual([500, 500, 500])
})

test('an expression that works long is noticed', () => {
  expect(work(/^(a+)+$/, `${'a'.repeat(40)}!`)).toBe(Infinity)
})
