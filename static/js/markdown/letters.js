/**
 * Letters in the styles of mathematics. Browsers know no `mathvariant` any more but `normal`: what is double-struck or
 * in script is another letter, from U+1D400 on.
 */

/** Where the capital A, the small a, and the digit 0 of a style stand. @type {Record<string, [number, number, number?]>} */
const STYLES = {
  bold: [0x1d400, 0x1d41a, 0x1d7ce],
  italic: [0x1d434, 0x1d44e],
  'bold-italic': [0x1d468, 0x1d482],
  script: [0x1d49c, 0x1d4b6],
  'bold-script': [0x1d4d0, 0x1d4ea],
  fraktur: [0x1d504, 0x1d51e],
  'double-struck': [0x1d538, 0x1d552, 0x1d7d8],
  'bold-fraktur': [0x1d56c, 0x1d586],
  'sans-serif': [0x1d5a0, 0x1d5ba, 0x1d7e2],
  'bold-sans-serif': [0x1d5d4, 0x1d5ee, 0x1d7ec],
  'sans-serif-italic': [0x1d608, 0x1d622],
  'sans-serif-bold-italic': [0x1d63c, 0x1d656],
  monospace: [0x1d670, 0x1d68a, 0x1d7f6],
}

/** Letters that were there before the others, in their old places. @type {Record<string, string>} */
const OLDER = {
  italic: 'hℎ',
  script: 'BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ',
  fraktur: 'CℭHℌIℑRℜZℨ',
  'double-struck': 'CℂHℍNℕPℙQℚRℝZℤ',
}

/** @param {string} text @param {string} style As `mathvariant` names it; of an unknown one nothing changes. */
export function inStyle(text, style) {
  const starts = Object.hasOwn(STYLES, style) ? STYLES[style] : undefined
  if (!starts) return text
  const older = (Object.hasOwn(OLDER, style) && OLDER[style]) || ''
  return Array.from(text, (letter) => letterOf(letter, starts, older)).join('')
}

/** @param {string} letter @param {[number, number, number?]} starts @param {string} older */
function letterOf(letter, [capital, small, digit], older) {
  const place = older.indexOf(letter)
  if (place >= 0 && place % 2 === 0) return older[place + 1] ?? letter
  const code = letter.codePointAt(0) ?? 0
  if (/^[A-Z]$/u.test(letter)) return String.fromCodePoint(capital + code - 65)
  if (/^[a-z]$/u.test(letter)) return String.fromCodePoint(small + code - 97)
  if (/^\d$/u.test(letter) && digit) return String.fromCodePoint(digit + code - 48)
  return letter
}
