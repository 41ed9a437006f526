import { readdir, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { expect, test } from '@jest/globals'

const chunks = new URL('../dist/chunks/', import.meta.url)

const read = async () => {
  const names = (await readdir(chunks)).filter((name) => name.endsWith('.js'))
  return Promise.all(names.map((name) => readFile(new URL(name, chunks), 'utf8')))
}

test('the program starts without looking up the files of packages one by one', async () => {
  const texts = await read()
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|\}) [^'"\n]*["']([^"'.\n][^"'\n]*)["'];$/gm),
  ])
  const packages = imports.map(([, name = '']) => name)
  expect(packages).toContain('node:http')
  expect(packages.filter((name) => !isBuiltin(name))).toEqual([])
})

test('no closure is given its name when it is made: that would be done anew for every connection and line', async () => {
  const asksForNames = (text: string) => /^import \{[^}]*\b__name\b/m.test(text)
  expect((await read()).filter(asksForNames)).toEqual([])
})
