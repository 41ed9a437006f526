import { confusablesMap } from 'confusables'

/**
 * Finds words however they are written: in any case and width, with accents, with look-alikes of other
 * alphabets, with digits for letters, with signs in between.
 * @returns whether a text has one of them. Chinese words are found anywhere, others as whole words.
 */
export function wordFinder(words: readonly string[]): (text: string) => boolean {
  const plain = words.map(plainly).filter((word) => word !== '')
  const whole = new Set(plain.filter((word) => !CJK.test(word)).map(letters))
  const parts = plain.filter((word) => CJK.test(word)).map(dense)
  return (text) => {
    const said = plainly(text)
    const run = dense(said)
    if (parts.some((part) => run.includes(part))) return true
    return whole.size > 0 && tokens(said).some((token) => whole.has(letters(token)))
  }
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Without width, case, accents, what cannot be seen, and look-alikes of Latin letters. */
const plainly = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .replace(LIKE_LATIN, (char) => confusablesMap.get(char) ?? char)
    .toLowerCase()

const LIKE_LATIN = /[\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}]/gu

/** Letters and digits alone: 敏·感 词 is 敏感词. */
const dense = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** The words of a text; letters that stand alone, `s p a m` and `s.p.a.m`, are one word as well. */
function tokens(text: string): string[] {
  const split = text.split(/[^\p{L}\p{N}@$!|]+/u).filter((token) => token !== '')
  const runs = split.map((token) => (/^.[!|]*$/u.test(token) ? token.charAt(0) : ' ')).join('')
  return [...split, ...runs.split(' ').filter((run) => run.length > 2)]
}

/** Digits and signs that stand for letters. */
const letters = (token: string): string =>
  token.replace(/[013457@$!|]/g, (sign) => SIGNS[sign] ?? sign).replace(/[^\p{L}\p{N}]/gu, '')

const SIGNS: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
}
