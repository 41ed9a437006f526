/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * The narrowest interval between two of the numbers that holds the median with 95 % (order statistics, no
 * assumption about the distribution). Below six numbers there is none: then it is all of them.
 * @param {number[]} numbers
 * @returns {[number, number]}
 */
export function interval(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  let outside = 0
  let left = 0
  for (let k = 0; k < sorted.length / 2; k++) {
    outside += binomial(sorted.length, k) / 2 ** (sorted.length - 1)
    if (outside > 0.05) break
    left = k
  }
  return [sorted[left] ?? Number.NaN, sorted[sorted.length - 1 - left] ?? Number.NaN]
}

/** The pairs' ratios: a and b were measured one after the other, so the machine's mood cancels out. */
export const ratios = (as, bs) => as.map((a, index) => a / bs[index]).filter(Number.isFinite)

/** The same in words: its median, and in brackets its interval. @returns {string} */
export function ratio(as, bs) {
  const all = ratios(as, bs)
  const [low, high] = interval(all)
  return `${median(all).toFixed(2)} [${low.toFixed(2)}–${high.toFixed(2)}]`
}

const binomial = (n, k) => (k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k)
