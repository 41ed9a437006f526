import { maskedIni } from '../config.js'
import { Exit } from '../errors.js'
import type { Command } from './command.js'

/** Prints the configuration in effect as a config.ini, secrets masked. */
export const printConfig: Command = async ({ config, print }) => {
  print(maskedIni(config))
  return Exit.ok
}
