import { Exit } from '../errors.js'
import type { Command } from './command.js'

/** Prints the steps that a message takes, in their order. */
export const printPipeline: Command = async ({ config, log, print }) => {
  const { describePipeline } = await import('../server.js')
  for (const step of await describePipeline(config, { log })) print(step)
  return Exit.ok
}
