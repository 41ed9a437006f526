import yargs, { type Argv } from 'yargs'
import { nearest } from '../config/nearest.js'
import { shown } from '../config/report.js'
import { formatDuration } from '../config/duration.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { rows, type Option } from '../options.js'

/** What somebody wants of the program. */
export interface CommandLine {
  /** One of the names given to `readCommandLine`. */
  command: string
  /** Flags without their dashes, each with its words in their order. */
  flags: Readonly<Record<string, readonly string[]>>
  /** The text of --help or --version: print it and do nothing else. */
  output?: string
}

export interface CommandNames {
  /** Name → one line of help. The first is the default. */
  commands: Readonly<Record<string, string>>
  lang: Lang
  version: string
}

/**
 * Reads the words behind the program's name.
 * @throws {StartError} with exit code 64 and a sentence for each word that nobody understands.
 */
export async function readCommandLine(
  args: readonly string[],
  { commands, lang, version }: CommandNames,
): Promise<CommandLine> {
  const names = Object.keys(commands)
  const parser = describe(yargs(), { commands, lang, version })
  const told: { output?: string } = {}
  const argv = await parser.parseAsync(plainSwitches(args), {}, (_error, _argv, output) => {
    if (output) told.output = output
  })

  const [command = names[0] ?? '', ...more] = argv._.map(String)
  if (told.output) return { command, flags: {}, output: told.output }

  const faults = [
    ...strayFlags(Object.keys(argv), lang),
    ...missingWords(args, lang),
    ...strayWords(command, more, names, lang),
  ]
  if (faults.length > 0) throw new StartError(faults, Exit.usage)
  return { command, flags: wordsOf(argv) }
}

/** Switches may stand alone; all other flags want a word. */
const switches = rows.filter(({ option }) => option.type === 'bool').map(({ flag }) => flag)
const everyday = ['config', 'set', 'bot-app-id', 'bot-app-key']
const known = [...rows.map(({ flag }) => flag), ...everyday, 'qr', 'help', 'version']

/** `--plain` alone means yes, and must not swallow the command behind it. */
const plainSwitches = (args: readonly string[]): string[] =>
  args.map((arg, at) => {
    const alone = switches.includes(arg.replace(/^--/, '')) && arg.startsWith('--')
    return alone && !/^(?:yes|no|true|false|on|off)$/i.test(args[at + 1] ?? '') ? `${arg}=yes` : arg
  })

function describe(parser: Argv, { commands, lang, version }: CommandNames): Argv {
  const words = texts[lang].cli
  parser
    .scriptName('chat-room')
    .locale(lang === 'en' ? 'en' : 'zh_CN')
    .parserConfiguration({
      'dot-notation': false,
      'camel-case-expansion': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .exitProcess(false)
    .wrap(100)
    .usage(words.usage)
    .epilogue(words.epilogue)
  for (const [name, help] of Object.entries(commands)) parser.command(name, help)

  const general = { type: 'string', group: words.general } as const
  parser
    .option('config', { ...general, describe: words.config })
    .option('set', { ...general, describe: words.set })
    .option('bot-app-id', { ...general, describe: words.botAppId })
    .option('bot-app-key', { ...general, describe: words.botAppKey })
    .option('qr', { ...general, type: 'boolean', describe: words.qr })
    .help('help', words.help)
    .alias('help', 'h')
    .version('version', words.version, version)
    .group(['help', 'version'], words.general)
  for (const { section, flag, option } of rows) {
    parser.option(flag, {
      type: 'string',
      group: fill(words.section, { section }),
      describe: describeOption(option, lang),
      defaultDescription: defaultOf(option) || words.empty,
    })
  }
  return parser
}

const describeOption = (option: Option, lang: Lang): string =>
  option.help[lang] + (option.type === 'enum' ? ` (${option.values.join(', ')})` : '')

/** The default of an option as one would write it. */
export function defaultOf(option: Option): string {
  if (option.type === 'bool') return option.default ? 'yes' : 'no'
  if (option.type === 'duration') return formatDuration(option.default)
  return String(option.default)
}

function strayFlags(given: readonly string[], lang: Lang): string[] {
  const stray = given.filter((flag) => !['_', '$0', 'h', ...known].includes(flag))
  return stray.map((flag) =>
    fill(texts[lang].cli.unknownFlag, {
      flag: (flag.length > 1 ? '--' : '-') + shown(flag),
      nearest: `--${nearest(flag, known)}`,
    }),
  )
}

function missingWords(args: readonly string[], lang: Lang): string[] {
  const bare = args.filter((arg, at) => {
    const wants = arg.startsWith('--') && known.includes(arg.slice(2)) && !isSwitch(arg)
    const next = args[at + 1]
    return wants && (next === undefined || /^--?[a-z]/i.test(next))
  })
  return bare.map((flag) => fill(texts[lang].cli.noFlagValue, { flag }))
}

const isSwitch = (arg: string): boolean =>
  [...switches, 'qr', 'help', 'version'].includes(arg.replace(/^--/, ''))

function strayWords(
  command: string,
  more: readonly string[],
  names: readonly string[],
  lang: Lang,
): string[] {
  const { unknownCommand, tooManyWords } = texts[lang].cli
  const near = nearest(command, names)
  if (!names.includes(command)) {
    return [fill(unknownCommand, { command: shown(command), nearest: near })]
  }
  return more.map((word) => fill(tooManyWords, { command, word: shown(word) }))
}

function wordsOf(argv: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const flags: Record<string, string[]> = Object.create(null)
  for (const flag of known) {
    const value = argv[flag]
    if (value !== undefined) flags[flag] = [value].flat().map(String)
  }
  return flags
}
