/** A number from 0 up to 1, like `Math.random`. */
export type Random = () => number

/** A whole number between two, both included. */
export const randomInt = (from: number, to: number, random: Random): number =>
  from + Math.floor(random() * (to - from + 1))
