/**
 * A text as the search compares it: compatible forms are one (NFKC: full-width Ａ is A, ㈱ is (株)), so are
 * upper and lower case, and Latin, Greek, Cyrillic, Arabic and Hebrew letters go without their marks (é is e,
 * ё is е). Marks of other scripts stay, there they are letters of their own (が is not か); Traditional and
 * Simplified stay apart. What cannot be seen is left out, and so is the colour of a skin.
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .replace(MARKED, '$1')
    .replace(WHOLE, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKC')
}

// oxlint-disable-next-line no-control-regex -- all of ASCII
const PLAIN = /^[\x00-\x7f]*$/
/** A letter and its marks, of scripts whose marks are left away in a hurry. */
const MARKED =
  /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}])[\p{Mn}\p{Me}]+/gu
/** Joiners, soft hyphens, variation selectors, skin tones, the boxes around key caps. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}\u20e3]/gu

/** Letters that have no mark to take away, and what is typed for them; a sigma is a sigma. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
}
const WHOLE = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu')
