import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { httpServer } from '../../src/listen.js'

/** What may not stand in the code, because it could make markup or scripts of what people write. */

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (folder: string, ending: RegExp): [name: string, text: string][] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => [join(folder, name), readFileSync(join(root, folder, name), 'utf8')])

const templates = read('templates', /\.njk$/)
const lines = (files: readonly [string, string][], pattern: RegExp): string[] =>
  files.flatMap(([name, text]) =>
    text.split('\n').flatMap((line) => (pattern.test(line) ? [`${name}: ${line.trim()}`] : [])),
  )

test('no template lets anything through as it is, or puts it where a script would read it', () => {
  expect(templates.length).toBeGreaterThan(20)
  expect(lines(templates, /\|\s*safe\b|autoescape\s+false|\{%-?\s*raw/)).toEqual([])
  expect(lines(templates, /\s(?:x-[\w:.-]+|@[\w:.-]+|:[\w-]+)="[^"]*\{\{/)).toEqual([])
  expect(lines(templates, /\son\w+=|\sstyle=|javascript:/)).toEqual([])
  const inScripts = templates.flatMap(([name, text]) =>
    [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].flatMap(([, inside = '']) =>
      /^(?:\s*|\{\{ inlined\('js\/early\.js'\) \}\}|\{\{ boot \| island \}\})$/.test(inside)
        ? []
        : [`${name}: ${inside}`],
    ),
  )
  expect(inScripts).toEqual([])
})

test('no script of a page makes markup of a text, or code of it', () => {
  const scripts = read('static/js', /\.js$/).map(([name, text]): [string, string] => [
    name,
    text.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, ''),
  ])
  expect(scripts.length).toBeGreaterThan(80)
  const ways = /innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|srcdoc|setHTML|\beval\(|new Function|setAttribute\(['"]on/ // prettier-ignore
  expect(lines(scripts, ways)).toEqual([])
  // The sheet of faces, which is ours.
  expect(lines(scripts, /DOMParser/)).toEqual([expect.stringContaining('room/faces.js')])
  expect(lines(read('src', /\.ts$/), /renderString|autoescape: false/)).toEqual([])
})

test('a slow HTTP client has ten seconds for its head and thirty for all, and a hundred headers', () => {
  const server = httpServer(
    Object.assign(Object.create(null), { tls_cert: '', tls_key: '' }),
    () => {},
  )
  const { headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount, timeout } = server
  expect([headersTimeout, requestTimeout, keepAliveTimeout, maxHeadersCount]).toEqual([
    10_000, 30_000, 5_000, 100,
  ])
  expect(timeout).toBe(60_000) // of an answer that nobody reads
  // How often it is looked for who takes longer: half a minute more, if it is left to Node.
  expect(Reflect.get(server, 'connectionsCheckingInterval')).toBe(1_000)
})
