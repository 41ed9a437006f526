/** What bots may cost people: the ratio of their p99; memory of the server, swept up, in MiB; what an answer of the bird and its reading may take, in ms. */
export const GOALS = { ratio: 1.2, memory: 20, reply: 20, read: 5 }

/** From so many rounds on the median itself is trusted; of fewer, only an interval that is all above the goal. */
const ENOUGH_ROUNDS = 9

/**
 * What one case of bots broke of the goals, in words; nothing if it kept them.
 * @param {{ratio: number, between: readonly [number, number], resident: number, kept: number, lost: number, takesMemory?: boolean}} figures
 *   `takesMemory`: to take memory is what the case is about.
 * @param {number} rounds
 */
export function broken(
  { ratio, between: [low], resident, kept, lost, takesMemory = false },
  rounds,
) {
  const memory = Math.max(resident, kept)
  const slow = low > GOALS.ratio || (ratio > GOALS.ratio && rounds >= ENOUGH_ROUNDS)
  return [
    ...(lost > 0 ? [`${lost} lines lost`] : []),
    ...(slow ? [`ratio over ${GOALS.ratio}`] : []),
    ...(memory > GOALS.memory && !takesMemory ? [`over ${GOALS.memory} MiB`] : []),
  ]
}
