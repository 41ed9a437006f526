import type { Config } from '../config.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'

/** What a subcommand gets. */
export interface CommandContext {
  config: Config
  /** The working folder: paths that were typed begin there. */
  cwd: string
  /** Language of the console. */
  lang: Lang
  log: Logger
  /** The last lines of the log that are about a bot. */
  recent: (bot: string) => readonly string[]
  /** What the host should know of the settings. */
  warnings: readonly string[]
  /** Writes a line for the person at the console. */
  print: (line: string) => void
  /** Whether a QR code is wanted. */
  qr: boolean
  /** Somebody reads along: what is for their eyes alone may be shown. */
  terminal: boolean
  /** Ends the program at once. */
  exit: (code: number) => void
  /** The words behind the command's name, and the flags that are its own. */
  given: Given
}

/** A switch that is set is `yes`. */
export interface Given {
  words: readonly string[]
  flags: Readonly<Record<string, string>>
}

/**
 * A subcommand of the program.
 * @returns The exit code, once it is done.
 * @throws {StartError} when it cannot start.
 */
export type Command = (context: CommandContext) => Promise<number>

/** How a command is written, for the reader of the command line and for help. */
export interface CommandForm {
  /** One line for --help. */
  help: string
  /** The words behind its name, as help calls them: `WHO TIME`. */
  usage?: string
  /** Flags of its own. `text` wants a word. */
  flags?: Readonly<Record<string, 'text' | 'switch'>>
  /** A sentence for each thing that is wrong with what stands behind its name. Absent: nothing may stand there. */
  faults?: (given: Given) => string[]
}
