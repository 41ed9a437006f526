import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { BotError } from '../src/errors.js'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** Classes that extend the language's own, from there to their end. */
const CLASS = /\bclass (\w+) extends Error \{[^]*?\}\n/g
const classes = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join(src, file), 'utf8').matchAll(CLASS)])
  .map(([text, name = '']) => ({ name, text }))

test('every error has the name of its class, so that a log and a stack say which it is', () => {
  expect(classes.length).toBeGreaterThan(10)
  for (const { name, text } of classes)
    expect(text).toMatch(new RegExp(`override readonly name(: string)? = '${name}'`))
  expect(`${new BotError('not yours')}`).toBe('BotError: not yours')
})
