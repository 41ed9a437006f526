/** A browser's timer waits no longer, in milliseconds: what is meant to take longer would be over at once. */
export const LONGEST_MS = 2 ** 31 - 1
