/** A number from 0 up to 1, like `Math.random`. */
export type Random = () => number

/**
 * One of the list, each with the same chance.
 * @throws {RangeError} when there is nothing to choose from.
 */
export function pick<T>(list: readonly T[], random: Random): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new RangeError('there is nothing to pick from')
  return one
}
