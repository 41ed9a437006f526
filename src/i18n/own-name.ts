import { basename, relative } from 'node:path'

/**
 * How whoever has this program calls it: by its name where that is installed, else by its file.
 * @param script What Node was told to run.
 */
export const ownName = (script = process.argv[1] ?? '', cwd = process.cwd()): string =>
  basename(script) === 'cli.js' ? `node ${relative(cwd, script)}` : 'chat-room'
