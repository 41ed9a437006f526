import { dirname, join } from 'node:path'

/**
 * Whether a file in `bots/` is a bot, by its name: JavaScript or TypeScript, and not one of those that editors
 * and tests leave beside it. What starts with `_` or `.` is there for the others to import.
 */
export const isBotFile = (name: string): boolean =>
  /^[^._~#].*\.[cm]?[jt]s$/.test(name) && !/\.(?:d|test|spec)\.[cm]?[jt]s$/.test(name)

/** What a bot is called: its file, without the ending. */
export const botNameOf = (file: string): string =>
  file.replace(/\.[cm]?[jt]s$/, '').normalize('NFC')

/** `bots/`: beside the configuration file, or else in the data folder; never in a mere working folder. */
export const botsFolder = (configFile: string | undefined, data: string): string =>
  join(configFile === undefined ? data : dirname(configFile), 'bots')
