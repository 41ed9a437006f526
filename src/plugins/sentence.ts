/** What went wrong, in the words of who threw it. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
