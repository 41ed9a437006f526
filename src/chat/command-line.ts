/** Chinese input methods type it where others have `/`. */
const WIDE = '／'
const COMMAND = /^[/／]([\p{L}\p{N}_-]{1,32})(?:\s+([^]*))?$/u

/** A line that begins with `/name`; undefined: it is no such line. What nobody knows by this name is a text all the same. */
export function commandLine(line: string): { name: string; args: string } | undefined {
  const [whole, name = '', args = ''] = COMMAND.exec(line) ?? []
  if (whole === undefined) return undefined
  return { name: name.normalize('NFKC').toLowerCase(), args: args.trim() }
}

/**
 * A command that was written with the wide sign is said with the other one: who hears commands, here or elsewhere, looks
 * for that. Any other text stays as it was written.
 */
export function saidAsCommand(text: string, isKnown: (name: string) => boolean): string {
  if (!text.startsWith(WIDE)) return text
  const line = commandLine(text)
  return line && isKnown(line.name) ? `/${text.slice(WIDE.length)}` : text
}
