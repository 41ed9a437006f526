import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string): string => readFileSync(root + file, 'utf8')

/** Each item of docs/ATTACKS.md, with the tests that it names. */
const items = [...read('docs/ATTACKS.md').matchAll(/^(\d+)\. (.*)$/gm)].map(
  ([, number, text = '']) => ({
    number: Number(number),
    tests: [...text.matchAll(/`([\w/.-]+\.test\.ts)` “([^”]+)”/g)].map(([, file, name]) => ({
      file: `__tests__/${file}`,
      name,
    })),
  }),
)

test('each of the fifty items of the checklist names tests, and they are there', () => {
  expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
  expect(items.filter(({ tests }) => tests.length === 0)).toEqual([])
  const named = items.flatMap(({ tests }) => tests)
  const texts = new Map(named.map(({ file }) => [file, read(file)]))
  const gone = named.filter(({ file, name }) => !texts.get(file)?.includes(`'${name}'`))
  expect(gone).toEqual([])
})
