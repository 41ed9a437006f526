/** The middle one; NaN for none. */
export function median(numbers: readonly number[]): number
/** The narrowest interval between two of the numbers that holds the median with 95 %; below six: all of them. */
export function interval(numbers: readonly number[]): [number, number]
/** What each of `as` is to its fellow in `bs`; a pair without one is left out. */
export function ratios(as: readonly number[], bs: readonly number[]): number[]
/** The same in words: its median, and in brackets its interval. */
export function ratio(as: readonly number[], bs: readonly number[]): string
