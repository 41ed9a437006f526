/**
 * A message's text without the marks of its formatting, for where it stands in a line or two.
 * @param {string} text As it was written.
 */
export const plainText = (text) =>
  text
    .replace(/^ *(?:```.*|#{1,6} +|> ?)/gm, '')
    .replace(/!?\[([^[\]]*)\]\([^)\s]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`+)(?=\S)(.*?\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]*\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .trim()
