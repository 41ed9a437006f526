/**
 * What markdown-it imports and we do not use: entities, its own addresses and their encoding. scripts/bundle.mjs puts this
 * in their place, which leaves 17 of 42 kB.
 */
const same = (/** @type {string} */ text) => text

export const decodeHTMLStrict = same
export const parse = () => ({})
export const format = () => ''
export const encode = same
export const decode = same
export function LinkifyIt() {}
export default { toASCII: same, toUnicode: same }
