import { confusablesMap } from 'confusables'
import { edition, simplified } from '../simplified.js'

/**
 * What two names have in common when a reader could take one for the other (UTS #39 §4): NFKC, case folded,
 * traditional characters as simplified ones, look-alikes of other alphabets replaced by their Latin letter. Names
 * of one skeleton count as the same.
 * @param name In any form; the empty string has the empty skeleton.
 */
export const skeleton = (name: string): string =>
  simplified(fold(name.normalize('NFKC')))
    .normalize('NFD')
    .replace(/\p{L}/gu, lookAlike)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[i1|]/g, 'l')
    .replace(/0/g, 'o')
    .replace(/rn/g, 'm')

/** Which rule made a skeleton: what is stored under another one is made anew. Its number goes up with each change here. */
export const skeletonRule = `2 ${edition}`

/** A skeleton without spaces and punctuation: `ad-min` and `小小 鸟` pretend to be what they are not. */
export const bareSkeleton = (name: string): string =>
  skeleton(name).replace(/[^\p{L}\p{N}\p{M}\p{S}]/gu, '')

/** Upper before lower folds ß and ſ as well; a final sigma is a sigma. */
const fold = (text: string) => text.toUpperCase().toLowerCase().replace(/ς/g, 'σ')

/**
 * The package's table is asked about alphabets that resemble Latin only. It would also read 七 as T and 山
 * as W, and so make one name of many Chinese ones; and its `remove` drops the vowels of Indic scripts.
 */
const lookAlike = (char: string) =>
  resemblesLatin.test(char) ? (confusablesMap.get(char) ?? char) : char

const resemblesLatin =
  /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Lisu}]/u
