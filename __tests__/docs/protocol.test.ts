import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { frames } from '../../src/frames.js'
import { texts } from '../../src/i18n/index.js'
import { Close } from '../../src/protocol.js'

const contract = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8')

/** What is not named there: alone between backticks, or before the fields of its frame. */
const untold = (names: string[]) =>
  names.filter((name) => !new RegExp(`\`${name}(\`| \\{)`).test(contract))

test('the contract names every frame that a client may send, and every refusal', () => {
  expect(untold(Object.keys(frames))).toEqual([])
  expect(untold(Object.keys(texts.en.nack))).toEqual([])
})

test('the contract names every close code', () => {
  const [, chapter = ''] = contract.split('\n## Close codes')
  const told = new Set(chapter.match(/\d{4}/g)?.map(Number))
  expect(Object.values(Close).filter((code) => !told.has(code))).toEqual([])
})

/** As GitHub makes it of a heading. */
const anchorOf = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d\- ]/gu, '')
    .replaceAll(' ', '-')

test('the contract leads to the chapters that it has', () => {
  const anchors = new Set(
    [...contract.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => anchorOf(title)),
  )
  const links = [...contract.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([])
  expect(links.length).toBeGreaterThan(10)
})
