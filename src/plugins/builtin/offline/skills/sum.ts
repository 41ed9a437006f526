import type { Answers, Tongue, Turn } from '../turn.js'
import { tell, workOut, type Impossible } from './arithmetic.js'
import { CHINESE_NUMERAL, chineseNumber } from './chinese-number.js'

/**
 * Works out a sum if the message is one: `（3＋4）×5`, `what is 20% of 50?`, `三加五等于几`.
 * Dates, phone numbers and the like are no sums, though they look like some.
 */
export function sum({ text, tongue, cut }: Turn): Answers {
  if (cut) return undefined
  const { body, asked } = unwrap(text.toLowerCase().trim())
  const source = signs(body)
  if (!/^[\d.\s+\-*/^%()]+$/.test(source)) return undefined

  const shape = shapeOf(source, asked)
  if (shape) return words[tongue][shape]
  const sum = workOut(source)
  if (!sum) return undefined
  if ('impossible' in sum) return words[tongue][sum.impossible]
  return words[tongue].result(sum.shown, tell(sum.result))
}

/** Takes off what is said around a sum; `asked`: it was a question, not just some digits. */
function unwrap(text: string): { body: string; asked: boolean } {
  const body = text
    .replace(before, '')
    .replace(behind, '')
    .replace(/^[\s,:]+|(?<![\s,.!?。])[\s,.!?。]+$/g, '')
  return { body, asked: body !== text.replace(/(?<![\s,.!?。])[\s,.!?。]+$/, '') }
}

const before =
  /^(?:(?:请问|帮我|帮忙|麻烦|算一下|算算|算出|算|计算一下|计算|那么|那|你知道|告诉我|问一下|\/?calc|\/sum|\/算|hey|so|please|can you|could you|tell me|calculate|compute|work out|solve|what's|whats|what is|how much is|how much)[\s,:]*){1,5}/
const behind =
  /(?:[\s,?]{0,8}(?:等于多少|等于几|等于啥|等于什么|等于|是多少|得多少|得几|多少|是几|几|呢|啊|呀|吗|=|equals what|equals|equal|please)[\s?？=。.!]{0,8}){1,4}$/

/** Words and signs of every kind as the signs of a sum. */
const signs = (text: string): string =>
  text
    .replace(new RegExp(`${CHINESE_NUMERAL}(?:点${CHINESE_NUMERAL})?`, 'g'), (numeral) => {
      const [whole = '', fraction] = numeral.split('点')
      const places = fraction?.split('').map((sign) => chineseNumber(sign))
      return `${chineseNumber(whole)}${places ? `.${places.join('')}` : ''}`
    })
    .replace(/加上|加|\bplus\b/g, '+')
    .replace(/减去|减|\bminus\b|[−–—]/g, '-')
    .replace(/乘以|乘上|乘|\btimes\b|\bmultiplied by\b|[×✕✖·⋅]|(?<=[\d)])\s*x\s*(?=[\d(])/g, '*')
    .replace(/除以|\bdivided by\b|[÷∕]/g, '/')
    .replace(/\bto the power of\b|的(?=\d+次方)/g, '^')
    .replace(/(?<=\d)次方/g, '')
    .replace(/的?平方|(?<!\s)\s*\bsquared\b/g, '^2')
    .replace(/的?立方|(?<!\s)\s*\bcubed\b/g, '^3')
    .replace(/(?<!\s)\s*\b(?:percent|per cent)\b/g, '%')
    .replace(/%\s*(?:of|的)\s*/g, '%*')
    .replace(/(?<=\d)\s*的\s*(?=\d+(?:\.\d+)?%)/g, '*')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')

type Shape = 'date' | 'phone'

function shapeOf(source: string, asked: boolean): Shape | undefined {
  const text = source.trim()
  if (/^\d{4}([-/.])\d{1,2}\1\d{1,2}$/.test(text)) return 'date'
  if (/^\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})$/.test(text)) return 'date'
  if (phone.test(text) && text.replace(/\D/g, '').length >= 7) {
    const difference = asked && /^\d+-\d+$/.test(text)
    return difference ? undefined : 'phone'
  }
  return !asked && isDay(text) ? 'date' : undefined
}

/** Groups of digits with a hyphen or a space between them, or a country's code before them. */
const phone = /^(?:\+\d+$|[+(\d][\d()]*(?:[- ][\d()]+)+$)/

/** `12/25` and `03-08` are days; `10/2` and `5-3` rather sums. */
function isDay(text: string): boolean {
  const [, first = '', sign, second = ''] = /^(\d{1,2})([-/])(\d{1,2})$/.exec(text) ?? []
  const [a, b] = [Number(first), Number(second)]
  if (Math.min(a, b) < 1 || Math.min(a, b) > 12 || Math.max(a, b) > 31) return false
  if (first.startsWith('0') || second.startsWith('0')) return true
  return sign === '/' ? a % b !== 0 : b > a
}

interface Words extends Record<Shape | Impossible, readonly string[]> {
  result: (shown: string, result: string) => readonly string[]
}

const words: Record<Tongue, Words> = {
  zh: {
    result: (shown, result) => [
      `${shown} = ${result}`,
      `掰着羽毛数了数：${shown} = ${result}`,
      `${shown} = ${result}，算好啦。`,
    ],
    zero: ['不能除以 0，连小鸟都知道这条规矩。', '除以 0 是没有答案的，换个除数试试？'],
    huge: [
      '这个数太大了，我的小脑袋只装得下一千万亿以内的数。',
      '太大啦！超过一千万亿，我就算不准了，不想骗你。',
    ],
    unreal: ['这个没有实数答案，我就不瞎编了。', '这道题没有实数解，我老老实实说不会。'],
    date: [
      '这看起来像日期，我就不拿它做算术了。真要计算的话，在符号两边各空一格。',
      '像是个日期呢。要是想让我计算，请在符号两边各空一格再发一次。',
    ],
    phone: [
      '这看起来像电话号码，我不会去计算它。在聊天室里贴号码要小心哦。',
      '像是个电话号码。我不算它，也不会记住它。',
    ],
  },
  en: {
    result: (shown, result) => [
      `${shown} = ${result}`,
      `Counted on my feathers: ${shown} = ${result}`,
      `${shown} = ${result}. Easy as worms!`,
    ],
    zero: [
      'Nothing can be divided by 0. Even birds know that one.',
      'Dividing by 0 has no answer. Try another divisor?',
    ],
    huge: [
      'That is too big: my little head holds numbers up to a million billion.',
      'Beyond a million billion I would no longer be exact, and I do not want to fool you.',
    ],
    unreal: [
      'That has no real answer, so I will not make one up.',
      'No real number fits there. I would rather say so than guess.',
    ],
    date: [
      'That looks like a date, so I leave it alone. If it is a sum, put spaces around the signs.',
      'A date, I suppose. If you want a sum, send it again with spaces around the signs.',
    ],
    phone: [
      'That looks like a phone number, so I will not do sums with it. Careful where you share it!',
      'A phone number, it seems. I neither add it up nor remember it.',
    ],
  },
}
