const COMMAND = /^\/([\p{L}\p{N}_-]{1,32})(?:\s+([^]*))?$/u
/** What the key of `/` types with Chinese input methods: either, as they are set. */
const CHINESE = /^[／、]/u

/** What a line calls that begins with `/name`; the name in whatever width and case it is known by. Undefined: it is no such line. */
export function commandIn(line: string): { name: string; args: string } | undefined {
  const [whole, name = '', args = ''] = COMMAND.exec(line) ?? []
  if (whole === undefined) return undefined
  return { name: name.normalize('NFKC').toLowerCase(), args: args.trim() }
}

/** The same line with the sign that commands begin with. Whether it is one, who knows its name has to say. */
export const slashed = (line: string): string => line.replace(CHINESE, '/')

/**
 * A command that was written with a Chinese sign is said with the other one: who hears commands, here or elsewhere, looks
 * for that. Any other text stays as it was written.
 */
export function saidAsCommand(text: string, isKnown: (name: string) => boolean): string {
  const line = slashed(text)
  if (line === text) return text
  const command = commandIn(line)
  return command && isKnown(command.name) ? line : text
}
