/** Why a sum has no result that could be told. */
export type Impossible = 'zero' | 'huge' | 'unreal'

/** A sum: as it was understood, and what it comes to. */
export type Sum =
  | { readonly shown: string; readonly result: number }
  | { readonly shown: string; readonly impossible: Impossible }

/** Beyond this a double no longer holds each whole number. */
const LARGEST = 1e15
const HIGHEST_POWER = 1_000

/**
 * Works out `+ - × ÷ ^ % ( )` with the usual ranks; `100 + 10%` is 110, as on a pocket calculator.
 * @param source In ASCII: digits, a decimal point, `+ - * / ^ % ( )` and spaces.
 * @returns undefined when it is no sum: something else is in it, or there is nothing to work out.
 */
export function workOut(source: string): Sum | undefined {
  const tokens = tokenise(source)
  if (!tokens || tokens.filter((token) => /\d/.test(token)).length < 2) return undefined
  const shown = show(tokens)
  try {
    const parser = new Parser(tokens)
    const result = parser.sum()
    return parser.ended ? { shown, result } : undefined
  } catch (error) {
    if (error instanceof NoSum) return undefined
    if (error instanceof NoResult) return { shown, impossible: error.why }
    throw error
  }
}

/** A number for people: twelve digits are enough to hide how a computer keeps fractions. */
export const tell = (result: number): string => {
  const rounded = Number(result.toPrecision(12))
  return String(rounded === 0 ? 0 : rounded)
    .replace('e+', ' × 10^')
    .replace('e-', ' × 10^-')
}

class NoSum extends Error {
  override readonly name = 'NoSum'
}

class NoResult extends Error {
  override readonly name = 'NoResult'
  readonly why: Impossible
  constructor(why: Impossible) {
    super(why)
    this.why = why
  }
}

function tokenise(source: string): string[] | undefined {
  const tokens: string[] = []
  let rest = source.replaceAll('**', '^').trimStart()
  while (rest !== '') {
    const token = /^(?:\d+(?:\.\d+)?|\.\d+|[-+*/^%()])/.exec(rest)?.[0]
    if (token === undefined) return undefined
    tokens.push(token)
    rest = rest.slice(token.length).trimStart()
  }
  return tokens
}

const show = (tokens: readonly string[]): string =>
  tokens
    .map((token, index) => {
      const sign = token === '*' ? '×' : token === '/' ? '÷' : token === '-' ? '−' : token
      const before = tokens[index - 1]
      const unary = before === undefined || /^[-+*/^(]$/.test(before)
      return /^[-+*/]$/.test(token) && !unary ? ` ${sign} ` : sign
    })
    .join('')

interface Value {
  readonly number: number
  /** Written with a percent sign: beside + and − it is a part of what stands before it. */
  readonly percent: boolean
}

/** Goes down one rank per method; each leaves the next token to its caller. */
class Parser {
  readonly #tokens: readonly string[]
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  get ended(): boolean {
    return this.#at === this.#tokens.length
  }

  sum(): number {
    const first = this.#product()
    let total = first.number
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-')) {
      const { number, percent } = this.#product()
      const part = percent && !first.percent ? total * number : number
      total = within(sign === '+' ? total + part : total - part)
    }
    return total
  }

  #product(): Value {
    let value = this.#signed()
    for (let sign = this.#take('*', '/'); sign; sign = this.#take('*', '/')) {
      const { number } = this.#signed()
      if (sign === '/' && number === 0) throw new NoResult('zero')
      const result = sign === '*' ? value.number * number : value.number / number
      value = { number: within(result), percent: false }
    }
    return value
  }

  #signed(): Value {
    const sign = this.#take('+', '-')
    if (!sign) return this.#power()
    const { number, percent } = this.#signed()
    return { number: sign === '-' ? -number : number, percent }
  }

  #power(): Value {
    const base = this.#percent()
    if (!this.#take('^')) return base
    const { number: exponent } = this.#signed()
    if (Math.abs(exponent) > HIGHEST_POWER) throw new NoResult('huge')
    if (base.number === 0 && exponent < 0) throw new NoResult('zero')
    return { number: within(base.number ** exponent), percent: false }
  }

  #percent(): Value {
    let value: Value = { number: this.#single(), percent: false }
    while (this.#take('%')) value = { number: value.number / 100, percent: true }
    return value
  }

  #single(): number {
    if (this.#take('(')) {
      const inside = this.sum()
      if (!this.#take(')')) throw new NoSum()
      return inside
    }
    const token = this.#tokens[this.#at] ?? ''
    if (!/^[\d.]/.test(token)) throw new NoSum()
    this.#at += 1
    return within(Number(token))
  }

  #take(...signs: string[]): string | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined || !signs.includes(token)) return undefined
    this.#at += 1
    return token
  }
}

function within(number: number): number {
  if (Number.isNaN(number)) throw new NoResult('unreal')
  if (Math.abs(number) > LARGEST) throw new NoResult('huge')
  return number
}
