import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { bundled, isAllowed } from '../scripts/licences.mjs'

const root = new URL('..', import.meta.url)
const manifest = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
})
const read = (path: string) => manifest.parse(JSON.parse(readFileSync(new URL(path, root), 'utf8')))

/** Older ones have published holes, or lack what we rely on. An advisory feed may be missing where this runs. */
const atLeast = {
  ws: '8.21.0',
  koa: '3.1.2',
  'koa-websocket': '7.0.0',
  'koa-session': '7.0.2',
  nunjucks: '3.2.4',
  ini: '1.3.6',
  keygrip: '1.1.0',
  kysely: '0.28.0',
  helmet: '8.0.0',
  '@koa/bodyparser': '6.0.0',
  '@koa/router': '14.0.0',
  yargs: '17.0.0',
  zod: '4.0.0',
  '@modelcontextprotocol/sdk': '1.26.0',
  'markdown-it': '14.1.1',
  katex: '0.16.21',
  'highlight.js': '10.4.1',
} as const

test.each(Object.entries(atLeast))('%s is at least %s', (name, least) => {
  const { version } = read(`node_modules/${name}/package.json`)
  expect(compare(version, least)).toBeGreaterThanOrEqual(0)
})

test('every runtime dependency is pinned to the version that was tested', () => {
  const { dependencies } = read('package.json')
  for (const [name, version] of Object.entries(dependencies))
    expect({ name, version }).toEqual({ name, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) })
})

test('koa-websocket uses our ws, not an older one of its own', () => {
  expect(() => read('node_modules/koa-websocket/node_modules/ws/package.json')).toThrow('ENOENT')
})

test('no package may run a script when it is installed, and no licence is one that binds a host', async () => {
  const lock = z.object({
    packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
  })
  const text = (path: string) => readFileSync(new URL(path, root), 'utf8')
  const { packages } = lock.parse(JSON.parse(text('package-lock.json')))
  const scripted = Object.keys(packages).filter((at) => packages[at]?.hasInstallScript)
  const names = scripted.map((at) => at.split('node_modules/').at(-1))
  const { allowScripts } = JSON.parse(text('package.json'))
  expect(allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])))

  const licences = [
    ...text('docs/LICENSES.md').matchAll(/^\| (?!package|---)\S+ \| \S+ \| (.+?) \|$/gm),
  ]
  expect(licences.length).toBeGreaterThan(100)
  const said = licences.map(([, licence = '']) => licence)
  expect(said.filter((licence) => !isAllowed(licence))).toEqual([])
  expect(['GPL-3.0-only', 'MIT AND LGPL-3.0-or-later', 'none'].filter(isAllowed)).toEqual([])
  expect(['MIT', '(MIT OR GPL-2.0)', 'MIT AND Apache-2.0'].every(isAllowed)).toBe(true)
})

test('what the build puts into the pages is under such licences too, and is all that it puts there', () => {
  const pages = bundled()
  expect(pages.filter(({ licence }) => !isAllowed(licence))).toEqual([])
  const names = new Set(pages.map(({ name }) => name))
  const maps = readdirSync(new URL('dist/static/js/', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js.map'))
    .map((file) => readFileSync(new URL(`dist/static/js/${file}`, root), 'utf8'))
  const built = maps.flatMap((map) => [
    ...map.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g),
  ])
  const inside = new Set(built.map(([, name = '']) => name))
  expect(inside.size).toBeGreaterThan(5)
  expect([...inside].filter((name) => !names.has(name))).toEqual([])
  const told = readFileSync(new URL('docs/LICENSES.md', root), 'utf8').split('## In the pages')[1]
  for (const { name, version, licence } of pages)
    expect(told).toContain(`| ${name} | ${version} | ${licence} |`)
})

/** Negative, zero or positive, by major, minor and patch. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/, 3).map(Number))
  const differs = left?.findIndex((part, index) => part !== right?.[index]) ?? -1
  return differs === -1 ? 0 : (left?.[differs] ?? 0) - (right?.[differs] ?? 0)
}

test('versions are compared as numbers', () => {
  expect(compare('8.9.0', '8.21.0')).toBeLessThan(0)
  expect(compare('10.0.0', '9.9.9')).toBeGreaterThan(0)
  expect(compare('1.2.3', '1.2.3')).toBe(0)
})
