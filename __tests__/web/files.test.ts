import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { assets, filesIn } from '../../src/web/assets.js'
import { serve } from './serve.js'

const sheet = '/static/css/app.css'

describe('a file', () => {
  test('is kept for a year under the hash of its content, else asked for each time', async () => {
    const { browser } = await serve()
    const page = await browser().get('/signin')
    const [versioned = ''] = /\/static\/css\/app\.css\?v=[\w-]{12}/.exec(page.text) ?? []

    const exact = await browser().get(versioned)
    expect(exact.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(exact.headers['content-type']).toContain('text/css')
    expect(exact.headers['x-content-type-options']).toBe('nosniff')
    for (const other of [sheet, `${sheet}?v=000000000000`]) {
      expect((await browser().get(other)).headers['cache-control']).toBe('public, no-cache')
    }
  })

  test('that did not change is not sent again', async () => {
    const { browser } = await serve()
    const first = await browser().get(sheet)
    const again = await browser().get(sheet, { 'if-none-match': String(first.headers.etag) })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  test('is compressed for who can read that', async () => {
    const { port } = await serve()
    const ask = (encoding: string) =>
      fetch(`http://127.0.0.1:${port}/static/js/room.js`, {
        headers: { 'accept-encoding': encoding },
      })
    const [plain, ...packed] = await Promise.all(['identity', 'gzip', 'br'].map(ask))

    expect(plain?.headers.get('content-encoding')).toBeNull()
    expect(packed.map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'br'])
    const text = await plain?.text()
    for (const one of packed) expect(await one.text()).toBe(text)
  })

  test('may be asked for without its content', async () => {
    const { browser } = await serve()
    const head = await browser().ask(sheet, { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await browser().ask(sheet, { method: 'POST' })).status).toBe(404)
  })

  const outside = ['/static/../package.json', '/static/..%2fpackage.json', '/static/%2e%2e/package.json', '/static//etc/passwd', '/static/css', '/static/css/', '/static/', '/static/%00', '/static/css/app.css%00', '/static/js/models/timeline.js', '/static/js/chunks/', '/vendor/alpine.js', '/static/__proto__', '/static/constructor', '/static/images/27.jpg', '/static/images/00.jpg', '/static/images/bot.png'] // prettier-ignore
  test.each(outside)('is not at %s', async (address) => {
    const { browser } = await serve()
    expect((await browser().get(address)).status).toBe(404)
  })
})

test('the style sheet comes as one file, each component in its layer', async () => {
  const { browser } = await serve()
  const { text } = await browser().get(sheet)
  expect(text).not.toContain('@import')
  expect(text).toContain('@layer components{')
})

describe('pictures', () => {
  test('of all faces lie where the tutorial had them, as SVG that runs nothing', async () => {
    const { browser } = await serve()
    for (const id of [...Array(27).keys(), 'bot']) {
      const { status, headers } = await browser().get(`/static/images/${id}.jpg`)
      expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml'])
      expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
    }
  })

  test('include an icon for the tab, and an opaque one for phones and whoever takes no SVG', async () => {
    const { browser, port } = await serve()
    const { text } = await browser().get('/signin')
    expect(text).toMatch(/<link rel="icon" type="image\/svg\+xml" href="\/static\/favicon\.svg\?v=/)
    expect(text).toMatch(/<link rel="apple-touch-icon" href="\/static\/icon\.png\?v=/)

    for (const path of ['/favicon.ico', '/apple-touch-icon.png', '/static/icon.png']) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`)
      const png = new DataView(await answer.arrayBuffer())
      expect(answer.headers.get('content-type')).toBe('image/png')
      expect([png.getUint32(16), png.getUint32(20)]).toEqual([180, 180]) // IHDR: width, height
      expect(png.getUint8(25)).toBe(2) // colour without transparency: iOS would show black through it
    }
  })
})

test('a page asks for its script and what that stands on at once, under names of their content', async () => {
  const { browser } = await serve()
  const ada = browser()
  await ada.signIn('Ada')
  const { text } = await ada.get('/')
  const scripts = text.match(/\/static\/js\/(room\.js\?v=[\w-]{12}|chunks\/[\w-]+\.js)(?=")/g) ?? []
  expect(scripts.length).toBeGreaterThan(1)
  for (const address of scripts) {
    const { headers } = await browser().get(address)
    expect(headers['cache-control']).toContain('immutable')
    expect(headers['content-type']).toContain('javascript')
  }
})

test('what a script imports is found, what it fetches later is not asked for', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'static-'))
  mkdirSync(path.join(folder, 'js/chunks'), { recursive: true })
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
  write(
    'js/room.js',
    'import{a}from"./chunks/a-1.js";import"./chunks/c-1.js";import("./chunks/menu-1.js")',
  )
  write('js/chunks/a-1.js', 'import{b}from"./b-1.js"')
  write('js/chunks/b-1.js', '')

  const files = assets(() => filesIn(folder))
  expect(files.chunksOf('js/room.js')).toEqual([
    'js/chunks/a-1.js',
    'js/chunks/b-1.js',
    'js/chunks/c-1.js',
  ])
})

test('only files that were in the folder at the start are served: no links, no hidden ones', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'static-'))
  writeFileSync(path.join(folder, 'a.css'), 'a{}')
  writeFileSync(path.join(folder, '.env'), 'SECRET=1')
  symlinkSync('/etc/passwd', path.join(folder, 'passwd'))

  expect(Object.keys(filesIn(folder))).toEqual(['a.css'])
  const files = assets(() => filesIn(folder))
  writeFileSync(path.join(folder, 'later.css'), 'b{}')
  expect(files.find('a.css')?.body.toString()).toBe('a{}')
  expect(files.find('later.css')).toBeUndefined()
})
