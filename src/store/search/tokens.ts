import { fold } from './fold.js'

/**
 * What can be found of a text, in its order: words, and single characters of the scripts that put no space
 * between words (Chinese, Japanese, Korean, Thai …), so that every part of such a text is a row of tokens;
 * emoji too. THE one place: index and query, whatever database, see a text through this function.
 *
 * The index of a message is taken back by asking for its tokens again. So whoever changes the rule adds a
 * migration that empties the index and puts every message into `search_todo`.
 */
export const tokens = (text: string): string[] => fold(text).match(TOKEN) ?? []

/**
 * Every two tokens that stand side by side and are no words: 你好吗 has 你好 and 好吗. Single characters are so
 * common that looking for two of them in a row is to look at half of what was ever said; a pair is rare.
 * @returns a list for each row of such tokens, so that a row of pairs is a row of tokens.
 */
export function pairs(all: readonly string[]): string[][] {
  const rows: string[][] = [[]]
  for (let i = 1; i < all.length; i++) {
    const [left = '', right = ''] = [all[i - 1], all[i]]
    if (isWord(left) || isWord(right)) rows.push([])
    else rows.at(-1)?.push(left + right)
  }
  return rows.filter((row) => row.length > 0)
}

/** Is this token a word, of which the beginning may be enough to find it? */
export const isWord = (token: string): boolean => WORD.test(token)

/** Scripts without spaces. By extensions where signs are shared, like the ー of both kana. */
const SPACELESS = ['scx=Han', 'scx=Hira', 'scx=Kana', 'scx=Bopo', 'sc=Hang']
  .concat('sc=Thai', 'sc=Laoo', 'sc=Khmr', 'sc=Mymr', 'sc=Tibt')
  .map((script) => `\\p{${script}}`)
  .join('')

const character = `(?=[\\p{L}\\p{N}])[${SPACELESS}]\\p{M}*`
const word = `(?:(?![${SPACELESS}])[\\p{L}\\p{N}\\p{M}])+`
const emoji = '\\p{Extended_Pictographic}|\\p{Regional_Indicator}'

const TOKEN = new RegExp(`${character}|${word}|${emoji}`, 'gu')
const WORD = new RegExp(`^${word}$`, 'u')
