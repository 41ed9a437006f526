/** The signs that a number in Chinese characters is written with. */
export const CHINESE_NUMERAL = '[零〇一二两三四五六七八九十百千万亿]+'

/**
 * Reads a number in Chinese characters: 二十 is 20, 一百零五 is 105, 两万三千 is 23000.
 * @param text Of the signs of `CHINESE_NUMERAL` only.
 */
export function chineseNumber(text: string): number {
  let total = 0
  let section = 0
  let digit = 0
  for (const sign of text.split('')) {
    const unit = units[sign]
    const large = groups[sign]
    if (unit !== undefined) {
      section += (digit || 1) * unit
      digit = 0
    } else if (large !== undefined) {
      total = (total + section + digit) * large
      section = 0
      digit = 0
    } else {
      digit = digits.indexOf(sign === '〇' ? '零' : sign === '两' ? '二' : sign)
    }
  }
  return total + section + digit
}

const digits = '零一二三四五六七八九'
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 }
const groups: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 }
