/** A name as the model sees it: on one line, and without the signs that stand around names and titles. */
export const spoken = (name: string): string =>
  name
    .replace(/[[\]［］【】「」"]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
