import { readdir, readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { expect, test } from '@jest/globals'

const chunks = new URL('../dist/chunks/', import.meta.url)

test('the program starts without looking up the files of packages one by one', async () => {
  const names = (await readdir(chunks)).filter((name) => name.endsWith('.js'))
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, chunks), 'utf8')))
  const imports = texts.flatMap((text) => [
    ...text.matchAll(/^(?:import|\}) [^'"\n]*["']([^"'.\n][^"'\n]*)["'];$/gm),
  ])
  const packages = imports.map(([, name = '']) => name)
  expect(packages).toContain('node:http')
  expect(packages.filter((name) => !isBuiltin(name))).toEqual([])
})
