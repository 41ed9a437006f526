import { describe, expect, test } from '@jest/globals'
import { formulaAt, openFormula } from '../../static/js/models/formulas.js'
import { parse, type Token } from '../../static/js/markdown/parse.js'
import { finish } from '../../static/js/markdown/unfinished.js'

/** What a text is made of; a formula in `⟨ ⟩`, one on a line of its own in `⟪ ⟫`. */
const shape = (text: string) => parse(text, true).map(told).join('')

function told(token: Token): string {
  if (token.type === 'inline') return (token.children ?? []).map(told).join('')
  if (token.type === 'formula')
    return token.info === 'display' ? `⟪${token.content}⟫` : `⟨${token.content}⟩`
  if (token.type.endsWith('break')) return '⏎'
  return token.nesting === 0 ? token.content : ''
}

describe('a formula', () => {
  test.each([
    ['so $a+b$ it is', 'so ⟨a+b⟩ it is'],
    ['所以$a^2$成立', '所以⟨a^2⟩成立'],
    ['$$x$$', '⟪x⟫'],
    ['with $$x$$ inside', 'with ⟪x⟫ inside'],
    ['\\(a\\) and \\[b\\]', '⟨a⟩ and ⟪b⟫'],
    ['$a_1$, $a_2$ and $*b*$', '⟨a_1⟩, ⟨a_2⟩ and ⟨*b*⟩'],
    ['$\\{a\\}$', '⟨\\{a\\}⟩'],
    ['$\\text{5\\$}$', '⟨\\text{5\\$}⟩'],
    ['$$\n- a\n+ b\n$$', '⟪- a\n+ b⟫'],
    ['$$\na\n\n\\\\[2pt] b\n$$ ', '⟪a\n\n\\\\[2pt] b⟫'],
    ['> $$\n> a\n> $$', '⟪a⟫'],
    ['- $x$\n- y', '⟨x⟩y'],
  ])('in %j is %j', (text, made) => {
    expect(shape(text)).toBe(made)
  })

  test.each([
    '$5 and $6',
    '$5和$6',
    'US$5 or US$6',
    'from 5$ to 6$',
    '$20,000 a year',
    '$ 5 $',
    '$x $',
    '$a\nb$',
    '$$',
    '$$ $$',
    '$',
    '\\(never closed',
    '$$ never closed',
  ])('is nothing in %j', (text) => {
    expect(parse(text, true).flatMap(({ children }) => children ?? [])).not.toContainEqual(
      expect.objectContaining({ type: 'formula' }),
    )
  })

  test.each([
    ['\\$a$', '$a$'],
    ['`$a$`', '$a$'],
  ])('is nothing where the sign is written out: %j', (text, made) => {
    expect(shape(text)).toBe(made)
  })

  test('is nothing where a room shows none', () => {
    expect(parse('$a$ \\(b\\)').map(told).join('')).toBe('$a$ (b)')
  })

  test('ends where the text goes on', () => {
    expect(formulaAt('see $a$ there', 4)).toEqual({ source: 'a', display: false, end: 7 })
  })
})

describe('a text that grows', () => {
  test.each([
    ['so $$\\frac{1', 'so '],
    ['so \\[ a', 'so '],
    ['$a$ and \\(b', '$a$ and '],
    ['$a_{1}$ and **b', '$a_{1}$ and **b**'],
    ['it costs $5', 'it costs $5'],
  ])('%j looks like %j', (text, shown) => {
    expect(finish(text, true)).toBe(shown)
  })

  test('has no open formula once all are closed', () => {
    expect(openFormula('$$a$$ \\$ \\(b\\) $5')).toBe(-1)
  })
})
