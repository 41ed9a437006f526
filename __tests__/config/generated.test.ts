import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { pino } from 'pino'
import { rows, type Row } from '../../src/options.js'
import { startServer } from '../../src/server.js'
import { openStore } from '../../src/store/open.js'
import { inConsole } from '../cli/console.js'
import { run } from '../cli/program.js'
import { threads } from '../helpers/threads.js'
import { desk } from './desk.js'

/** Two hundred configurations, grown from the table of options: each fault in them is known, and all are to be told. */

const SEED = 40
const secret = 'k'.repeat(40)

/** What rows with a rule of their own take, and what not. */
const samples: Readonly<Record<string, { good: string[]; bad: string[] }>> = {
  'server.host': { good: ['127.0.0.1', '::1', 'localhost'], bad: ['http://x', 'a b', ''] },
  'server.origins': { good: ['https://a.example', '*', 'http://b.example:81'], bad: ['a.example', 'https://a.example/x', 'javascript:1'] }, // prettier-ignore
  'server.trust_proxy': { good: ['10.0.0.0/8', '::1'], bad: ['10.0.0.0/99', 'proxy'] },
  'server.base_path': { good: ['/chat', '/a/b.c', ''], bad: ['chat', '/chat/', '/a b'] },
  'session.secret': { good: [secret], bad: ['kkkk'] },
  'store.url': { good: ['sqlite:other.db', ''], bad: ['mysql:chat', 'postgres://me:kkkk@db/x', 'sqlite:'] }, // prettier-ignore
  'bus.url': { good: [''], bad: ['redis://me:kkkk@x', 'x'] },
  'rooms.names': { good: ['dev', '闲聊'], bad: ['a b', '../x', '<b>'] },
}

interface Line {
  text: string
  isBad: boolean
}
const good = (text: string): Line => ({ text, isBad: false })
const bad = (text: string): Line => ({ text, isBad: true })

function goodOf({ section, key, option }: Row): fc.Arbitrary<string> {
  switch (option.type) {
    case 'int':
      return fc.integer({ min: option.min, max: Math.min(option.max, 50_000) }).map(String)
    case 'bool':
      return fc.constantFrom('yes', 'no', 'true', 'off', '1', '0', 'ON')
    case 'enum':
      return fc.constantFrom(...option.values)
    case 'duration':
      return fc.integer({ min: option.min, max: option.max ?? 1e9 }).map((ms) => `${ms}ms`)
    default:
      if (!option.check) return fc.constantFrom('data', '"C# club"', 'abc')
      return fc.constantFrom(...(samples[`${section}.${key}`]?.good ?? []))
  }
}

/** Undefined: whatever it says is right. */
function badOf({ section, key, option }: Row): fc.Arbitrary<string> | undefined {
  switch (option.type) {
    case 'int':
      return fc.constantFrom('abc', '-1', '1.5', '', '0x10', '８０', String(option.max + 1))
    case 'bool':
      return fc.constantFrom('perhaps', '2', '')
    case 'enum':
      return fc.constantFrom('nonsense', '', '__proto__')
    case 'duration':
      return fc.constantFrom('10', 'abc', '-1s', '', ...(option.max ? ['999d'] : []))
    default:
      return option.check && fc.constantFrom(...(samples[`${section}.${key}`]?.bad ?? []))
  }
}

/** A certificate would have to be there. */
const plain = rows.filter(({ key }) => !key.startsWith('tls_'))

const lineOf = (row: Row, wrong: boolean): fc.Arbitrary<Line> => {
  const value = wrong ? badOf(row) : undefined
  if (value) return value.map((text) => bad(`${row.key} = ${text}`))
  return goodOf(row).map((text) => good(`${row.key} = ${text}`))
}

/** Some of the table's rows, in their sections. */
const known = (wrong: fc.Arbitrary<boolean>): fc.Arbitrary<Line[]> =>
  fc
    .subarray(plain, { minLength: 3, maxLength: 12 })
    .chain(
      (some) =>
      fc.tuple(...some.map((row) => wrong.chain((wrong) => fc.tuple(fc.constant(row.section), lineOf(row, wrong))))), // prettier-ignore
    )
    .map((all) =>
      [...new Set(all.map(([section]) => section))].flatMap((section) => [
        good(`[${section}]`),
        ...all.filter(([other]) => other === section).map(([, line]) => line),
      ]),
    )

/** Sections that stand at the end, right and wrong. */
const rightEnds = [
  [good('[plugin:random-name]'), good('use = random-name')],
  [good('[bot:bird] ; ours'), good('use = offline'), good('alias = 小鸟, bird')],
  [good('; a comment'), good('# another one'), good('')],
]
const wrongEnds = [
  [bad('[sever]'), good('port = abc')],
  [bad('[bot.bird]')],
  [bad('[bot:]'), good('use = offline')],
  [bad('[bot:nothing]'), good('hear = all')],
  [good('[bot:cut]'), good('use = openai'), bad('api_key = kkkk#kkkk')],
  [good('[bot:open]'), good('use = openai'), bad('api_key = "kkkk')],
  [good('[bot:twice]'), good('use = offline'), good('hear = all'), bad('hear = mention')],
  [good('[bot:lost]'), good('use = offline'), bad('alias = ${NOBODY_SET_THIS}')],
  [good('[bot:roomy]'), good('use = offline'), good('rooms[] = dev'), bad('rooms[] = a b')],
  [good('[bot:proto]'), good('use = offline'), bad('__proto__ = kkkk')],
  [good('[bot:same]'), good('use = offline'), bad('[bot:same]'), good('use = offline')],
  [bad('[mcp:tools]')],
  [good('[mcp:keys]'), good('command = x'), good('tools[] = *'), bad('env[] = kkkk')],
  [bad('[mcp:both]'), good('command = x'), good('url = http://x/'), good('tools[] = *')],
  [good('[mcp:web]'), bad('url = http://me:kkkk@x/'), good('tools[] = *'), bad('nonsense = kkkk')],
]
const wrongStarts = [[bad('port = 1')], [bad('just words')], [bad('[unclosed')], [bad('= 1')]]

const some = (ends: Line[][], least: number, most: number) =>
  fc.subarray(ends, { minLength: least, maxLength: most }).map((chosen) => chosen.flat())

const fine = fc.tuple(known(fc.constant(false)), some(rightEnds, 0, 3)).map((parts) => parts.flat())
const broken = fc
  .tuple(some(wrongStarts, 0, 1), known(fc.boolean()), some(rightEnds, 0, 1), some(wrongEnds, 1, 4))
  .map((parts) => parts.flat())

const textOf = (lines: readonly Line[]) => lines.map(({ text }) => text).join('\n')
const grown = (kind: fc.Arbitrary<Line[]>, numRuns: number) => fc.sample(kind, { numRuns, seed: SEED }) // prettier-ignore
const placeOf = (sentence: string) => Number(/^config\.ini:(\d+): /.exec(sentence)?.[1])

test('every row of the table that has a rule is grown, right and wrong', () => {
  const ruled = plain.filter(({ option }) => option.check).map(({ section, key }) => `${section}.${key}`) // prettier-ignore
  expect(ruled.toSorted()).toEqual(Object.keys(samples).toSorted())
})

test('of 140 broken configurations all faults are told at once, each with its line and no value of a secret', async () => {
  const all = grown(broken, 140)
  expect(new Set(all.map(textOf)).size).toBeGreaterThan(130)
  for (const [index, lines] of all.entries()) {
    const text = textOf(lines)
    const host = desk(text)
    const faults = host.refusal()
    const wrong = lines.flatMap(({ isBad }, index) => (isBad ? [index + 1] : []))
    expect([text, [...new Set(faults.map(placeOf))]]).toEqual([text, wrong])
    expect(faults.join('\n')).not.toMatch(/kkkk|\n\s+at |undefined|\[object/)

    if (index % 7 > 0) continue // the program does no more than tell them
    const ended = await inConsole(['--config', 'config.ini'], { cwd: host.folder })
    expect(ended).toEqual({
      code: 78,
      stdout: '',
      stderr: faults.map((one) => `${one}\n`).join(''),
    })
    expect(existsSync(join(host.folder, 'data'))).toBe(false)
  }
})

test('of 60 good configurations none is refused, and the first ones start', async () => {
  for (const [index, lines] of grown(fine, 60).entries()) {
    const host = desk(textOf(lines))
    const { config } = host.load({ flags: { config: ['config.ini'], host: ['127.0.0.1'], port: ['0'] } }) // prettier-ignore
    for (const { section, key, option } of plain) {
      const written = lines.find(({ text }) => text.startsWith(`${key} = `))
      if (option.type !== 'int' || !written || section !== 'limits') continue
      expect(Object.entries(config.limits)).toContainEqual([key, Number(written.text.split(' = ')[1])]) // prettier-ignore
    }
    if (index >= 3) continue
    const log = pino({ level: 'silent' })
    const server = await startServer(config, { log, store: (options) => openStore({ ...options, threads }) }) // prettier-ignore
    expect(server.port).toBeGreaterThan(0)
    await server.close()
  }
})

test('the program itself ends with 78, a line for each fault, and nothing begun', async () => {
  const [lines = []] = grown(broken, 140).toSorted((a, b) => b.length - a.length)
  const host = desk(textOf(lines))
  const { code, stdout, stderr } = await run(['--config', 'config.ini'], { cwd: host.folder })
  expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
  expect(stderr.trim().split('\n')).toEqual(host.refusal())
  expect(existsSync(join(host.folder, 'data'))).toBe(false)
})
