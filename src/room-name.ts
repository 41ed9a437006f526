const NAME_GRAPHEMES = 40
/** Of a title, so many make the name: there is room for a number behind. */
const NAMED_GRAPHEMES = 36
const OF_TWO = /^d-[a-z2-7]{26}$/
const NAME = /^[\p{L}\p{N}_-][\p{L}\p{M}\p{N}_-]*$/u

const graphemes = new Intl.Segmenter()

/**
 * A room's name as it is kept: NFKC, lower case, 1–40 graphemes of letters, digits, `-` and `_`.
 * @returns undefined when no room can have this name.
 */
export function roomName(raw: string): string | undefined {
  const name = raw.normalize('NFKC').toLowerCase()
  if (!NAME.test(name)) return undefined
  return [...graphemes.segment(name)].length <= NAME_GRAPHEMES ? name : undefined
}

/** A name for a room of this title: what cannot stand in a name is a hyphen there. */
export function nameFor(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []
  const name = [...graphemes.segment(words.join('-'))].slice(0, NAMED_GRAPHEMES)
  return roomName(name.map(({ segment }) => segment).join('')) ?? 'room'
}

/** Is it the name of a room of two? Nobody makes a room that looks like one. */
export const isOfTwo = (name: string): boolean => OF_TWO.test(name)
