import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, Script } from 'node:vm'
import { expect, test } from '@jest/globals'
import { parseSync } from '@swc/core'

/** The longest message, in UTF-16 units. */
const LONG = 8_000
/** What a look at such a text may take of the processor, in milliseconds: what is linear takes one. */
const WORK_MS = 100

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every regular expression that stands in the code, by `file /pattern/flags`. */
function regexes(): [string, RegExp][] {
  const files = ['src', 'static/js'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
      .map((name) => join(folder, name)),
  )
  return files.flatMap((file) => {
    const syntax = file.endsWith('.ts') ? 'typescript' : 'ecmascript'
    const found: RegExp[] = []
    collect(parseSync(readFileSync(join(root, file), 'utf8'), { syntax }), found)
    return found.map((regex): [string, RegExp] => [`${file} ${String(regex)}`, regex])
  })
}

function collect(node: unknown, found: RegExp[]): void {
  if (typeof node !== 'object' || node === null) return
  const { type, pattern, flags } = node as { type?: string; pattern?: string; flags?: string }
  if (type === 'RegExpLiteral') found.push(new RegExp(pattern ?? '', flags?.replace(/[gy]/, '')))
  for (const child of Object.values(node)) collect(child, found)
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

const look = new Script('regex.test(text)')
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

test('no regular expression works long on a long text, however it is made', () => {
  const all = regexes().filter(([name]) => !ofTheHost.test(name))
  expect(all.length).toBeGreaterThan(300)
  const slow = all.flatMap(([name, regex]) => {
    const worst = attacks(regex).find((text) => work(regex, text) > WORK_MS)
    return worst === undefined ? [] : [`${name} on ${JSON.stringify(worst.slice(0, 12))}`]
  })
  expect(slow).toEqual([])
}, 120_000)

test('an expression that works long is noticed', () => {
  expect(work(/^(a+)+$/, `${'a'.repeat(40)}!`)).toBe(Infinity)
})
