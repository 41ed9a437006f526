import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'
import { comesIn, line } from './browser.js'
import { hostile } from './hostile-text.js'

/** Everything that a message may be made of, with the attributes that it may have. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  p: ['class'],
  strong: [],
  em: [],
  s: [],
  code: [],
  pre: ['class', 'tabindex', 'role', 'aria-label', 'dir'],
  a: ['href', 'target', 'rel', 'title'],
  span: ['class'],
  ul: [],
  ol: ['start'],
  li: [],
  blockquote: [],
  hr: [],
  div: ['class', 'tabindex', 'role', 'aria-label'],
  table: [],
  thead: [],
  tbody: [],
  tr: [],
  th: ['class'],
  td: ['class'],
  button: ['type', 'class', 'data-act', 'data-user', 'aria-haspopup'],
  svg: ['class', 'aria-hidden'],
  use: ['href'],
}

/** So many stand on the page together. */
const BATCH = 20

interface Made {
  tag: string
  attributes: string[][]
}

test('whatever a text holds, it runs nothing, loads nothing and makes nothing of its own', async () => {
  const world = await lobby({ people: ['grace'] })
  const ada = await comesIn(world, 'Ada')
  const loaded: string[] = []
  ada.on('request', (request) => loaded.push(request.url()))
  const made: Made[] = []
  for (let first = 0; first < hostile.length; first += BATCH) {
    for (const text of hostile.slice(first, first + BATCH)) await world.grace.says(text)
    await world.grace.says(`that was ${first}\n\`\`\`js\nconst a = 1\n\`\`\``)
    await line(ada, `that was ${first}`).locator('.code-word').waitFor()
    made.push(...(await ada.locator('.bubble').evaluateAll(elementsOf)))
  }

  expect(made.length).toBeGreaterThan(100) // else nothing was marked, and this test means nothing
  const strange = made.filter(
    ({ tag, attributes }) =>
      !allowed[tag] || attributes.some(([name = '', value = '']) => !isAllowed(tag, name, value)),
  )
  expect(strange).toEqual([])
  expect(await ada.evaluate(() => '__xss' in window)).toBe(false)
  expect(loaded.filter((url) => !url.startsWith(world.url))).toEqual([])
}, 60_000)

const elementsOf = (bubbles: Element[]): Made[] =>
  bubbles.flatMap((bubble) =>
    [...bubble.querySelectorAll('*')].map((node) => ({
      tag: node.tagName.toLowerCase(),
      attributes: node.getAttributeNames().map((name) => [name, node.getAttribute(name) ?? '']),
    })),
  )

function isAllowed(tag: string, name: string, value: string): boolean {
  if (name === 'class') return /^[a-z_ -]+$/.test(value)
  if (tag === 'a' && name === 'href') return /^(?:https?:\/\/[^@]+|mailto:.+)$/.test(value)
  if (tag === 'ol' && name === 'data-digits') return /^\d{1,2}$/.test(value)
  if (tag === 'use') return /^#i-[a-z]+$/.test(value)
  return allowed[tag]?.includes(name) ?? false
}
