/** A name as the model sees it: on one line, and without the brackets that stand around names. */
export const spoken = (name: string): string =>
  name
    .replace(/[[\]［］【】]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
