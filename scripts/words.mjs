import { parseArgs } from 'node:util'

/**
 * The words behind one of this repository's commands. `--help` tells how it is used, and so does a word that it does not
 * know: either ends it here, before anything was begun.
 * @template {import('node:util').ParseArgsConfig} T
 * @param {T & {usage: string}} expected As `parseArgs` wants it.
 * @returns {ReturnType<typeof parseArgs<T>>}
 */
export function wordsBehind({ usage, options, ...rest }) {
  try {
    const help = { type: 'boolean', default: false }
    const found = parseArgs({ ...rest, options: { ...options, help } })
    if (!found.values.help) return found
    process.stdout.write(usage)
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${usage}`)
    process.exit(64)
  }
  process.exit(0)
}
