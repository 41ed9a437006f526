import type { Config } from '../config.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'

/** What a subcommand gets. */
export interface CommandContext {
  config: Config
  /** Language of the console. */
  lang: Lang
  log: Logger
  /** Writes a line for the person at the console. */
  print: (line: string) => void
  /** Whether a QR code is wanted. */
  qr: boolean
  /** Ends the program at once. */
  exit: (code: number) => void
}

/**
 * A subcommand of the program.
 * @returns The exit code, once it is done.
 * @throws {StartError} when it cannot start.
 */
export type Command = (context: CommandContext) => Promise<number>
