import { z } from 'zod'

/** Words, or nothing: senders leave fields empty, null or of another kind, and none of that is an error. */
export const words = z.string().trim().min(1).optional().catch(undefined)

/** A list of what fits; the rest of it is passed over. At most so many, as the senders' own services take. */
export const listOf = <T extends z.ZodType>(one: T, most: number) =>
  z
    .unknown()
    .transform((all): z.output<T>[] =>
      (Array.isArray(all) ? all : []).slice(0, most).flatMap((item) => {
        const read = one.safeParse(item)
        return read.success ? [read.data] : []
      }),
    )
    .prefault([])

/** Lines that are there, one under the other. */
export const linesOf = (...lines: readonly (string | undefined)[]): string =>
  lines.filter(Boolean).join('\n')

/** Words that lead somewhere, in our Markdown; without an address the words alone. */
export function link(label: string, url: string | undefined): string {
  if (!url || !/^https?:\/\//i.test(url)) return label
  return `[${label.replaceAll(/[[\]\\]/g, String.raw`\$&`)}](<${encodeURI(decode(url))}>)`
}

/** An address that is escaped already is not escaped twice. */
function decode(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}
