import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
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
      fetch(`http://127.0.0.1:${port}/vendor/alpine.js`, {
        headers: { 'accept-encoding': encoding },
      })
    const [plain, packed] = await Promise.all([ask('identity'), ask('gzip')])

    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(await packed.text()).toBe(await plain.text())
  })

  test('may be asked for without its content', async () => {
    const { browser } = await serve()
    const head = await browser().ask(sheet, { method: 'HEAD' })
    expect([head.status, head.text]).toEqual([200, ''])
    expect((await browser().ask(sheet, { method: 'POST' })).status).toBe(404)
  })

  const outside = ['/static/../package.json', '/static/..%2fpackage.json', '/static/%2e%2e/package.json', '/static//etc/passwd', '/static/css', '/static/css/', '/static/', '/static/%00', '/static/css/app.css%00', '/vendor/../package.json', '/vendor/koa.js', '/static/__proto__', '/static/constructor', '/static/images/27.jpg', '/static/images/00.jpg', '/static/images/bot.png'] // prettier-ignore
  test.each(outside)('is not at %s', async (address) => {
    const { browser } = await serve()
    expect((await browser().get(address)).status).toBe(404)
  })
})

test('the style sheet comes as one file, each component in its layer', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'static-'))
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
  write('app.css', "@layer base, components;\n@import 'menu.css' layer(components);\n")
  write('menu.css', '.menu { color: red }\n')
  const sheet = () => assets(filesIn(folder)).find('app.css')
  const before = sheet()
  write('menu.css', '.menu { color: blue }\n')

  expect(before?.body.toString()).toBe(
    '@layer base, components;\n@layer components {\n.menu { color: red }\n}\n\n',
  )
  expect(sheet()?.hash).not.toBe(before?.hash)
  const { browser } = await serve()
  expect((await browser().get('/static/css/app.css')).text).not.toContain('@import')
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

  test('include an icon for the tab', async () => {
    const { browser } = await serve()
    expect((await browser().get('/favicon.ico')).headers['content-type']).toBe('image/svg+xml')
  })
})

test('Alpine comes from here, under the hash of its content', async () => {
  const { browser } = await serve()
  const ada = browser()
  await ada.signIn('Ada')
  const [address = ''] = /\/vendor\/alpine\.js\?v=[\w-]{12}/.exec((await ada.get('/')).text) ?? []
  const { headers } = await browser().get(address)
  expect(headers['cache-control']).toContain('immutable')
  expect(headers['content-type']).toContain('javascript')
})

test('only files that were in the folder at the start are served: no links, no hidden ones', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'static-'))
  writeFileSync(path.join(folder, 'a.css'), 'a{}')
  writeFileSync(path.join(folder, '.env'), 'SECRET=1')
  symlinkSync('/etc/passwd', path.join(folder, 'passwd'))

  const listed = filesIn(folder)
  expect(Object.keys(listed)).toEqual(['a.css'])
  writeFileSync(path.join(folder, 'later.css'), 'b{}')
  const files = assets(listed)
  expect(files.find('a.css')?.body.toString()).toBe('a{}')
  expect(files.find('later.css')).toBeUndefined()
})
