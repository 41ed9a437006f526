/** What of a plugin's words goes into one line of the log, and of all that it adds to them as JSON; in UTF-16 units. */
export const LOG_CHARS = 200
const DETAILS_CHARS = 2_000

/** What a plugin adds to a line of the log: each of its texts is cut, and all of it together. */
export function logDetails(details: object | undefined): { details?: unknown } {
  if (details === undefined) return {}
  const json = written(details)
  return { details: json.length > DETAILS_CHARS ? json.slice(0, DETAILS_CHARS) : JSON.parse(json) }
}

function written(details: object): string {
  const cut = (_: string, value: unknown) =>
    typeof value === 'string' ? value.slice(0, LOG_CHARS) : value
  try {
    return JSON.stringify(details, cut) ?? '{}'
  } catch {
    return '{"details":"cannot be written as JSON"}' // it turns in a circle, or has a BigInt
  }
}
