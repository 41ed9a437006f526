import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { faults } from '../../scripts/faults/list.mjs'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

test('each fault of one node is tried by a test that is there, or by a command', () => {
  const nodes = new Set([6, 7, 9, 10, 11, 12, 13, 14, 15]) // of several nodes
  const own = Array.from({ length: 40 }, (_, n) => n + 1).filter((n) => !nodes.has(n))
  const listed = new Set(faults.map(({ id }) => id))
  expect(own.filter((n) => !listed.has(`F${n}`))).toEqual([])
  for (const { id, tests, runs } of faults)
    expect([id, tests.length + runs.length]).not.toBe([id, 0])
})

test.each(
  faults.flatMap(({ id, tests }) => tests.map(([file, name]) => [id, file, name] as const)),
)('%s: %s has "%s"', (_, file, name) => {
  expect(read(`__tests__/${file}`)).toContain(name)
})

test('the page of what it survives shows each fault, its tests and its commands', () => {
  const page = read('docs/RELIABILITY.md')
  const missing = faults.flatMap(({ id, tests, runs }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${id} `)) ?? ''
    const words = [...tests.map(([file]) => file), ...runs]
    return words.filter((word) => !row.includes(word)).map((word) => `${id}: ${word}`)
  })
  expect(missing).toEqual([])
})
