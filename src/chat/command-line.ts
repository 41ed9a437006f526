const COMMAND = /^\/([\p{L}\p{N}_-]{1,32})(?:\s+([^]*))?$/u

/** A line that begins with `/name`; undefined: it is no such line. */
export function commandLine(line: string): { name: string; args: string } | undefined {
  const [whole, name = '', args = ''] = COMMAND.exec(line) ?? []
  if (whole === undefined) return undefined
  return { name: name.normalize('NFKC').toLowerCase(), args: args.trim() }
}
