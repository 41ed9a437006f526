import yargs, { type Argv } from 'yargs'
import { nearest } from '../config/nearest.js'
import { shown } from '../config/report.js'
import { formatDuration } from '../config/duration.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { rows, type Option } from '../options.js'
import type { CommandForm, Given } from './command.js'
import { strayWords } from './stray-words.js'

/** What somebody wants of the program. */
export interface CommandLine {
  /** One of the names given to `readCommandLine`. */
  command: string
  given: Given
  /** Flags of the configuration without their dashes, each with its words in their order. */
  flags: Readonly<Record<string, readonly string[]>>
  /** The text of --help or --version: print it and do nothing else. */
  output?: string
}

export interface CommandNames {
  /** By name, which may be of two words. The first is the default. */
  commands: Readonly<Record<string, CommandForm>>
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
  const parser = describe(yargs(), { commands, lang, version })
  const told: { output?: string } = {}
  const argv = await parser.parseAsync(plainSwitches(args), {}, (_error, _argv, output) => {
    if (output) told.output = output
  })

  const said = argv._.map(String)
  const { command, words } = commandOf(said, Object.keys(commands))
  const nothing = { command, flags: {}, given: { words: [], flags: {} } }
  const group = groupOf(said[0] ?? '', commands)
  if (told.output) return { ...nothing, output: group.length > 0 ? usage(group) : told.output }

  const form = commands[command]
  const own = Object.keys(form?.flags ?? {})
  const given = { words, flags: ownFlags(argv, own) }
  const faults = [
    ...strayFlags(Object.keys(argv), own, lang),
    ...missingWords(args, form?.flags ?? {}, lang),
    ...(form
      ? (form.faults?.(given) ?? strayWords(command, words, lang))
      : unknownCommand(said, commands, lang)),
  ]
  if (faults.length > 0) throw new StartError(faults, Exit.usage)
  return { command, given, flags: wordsOf(argv, own) }
}

/** The longest name that the words begin with; without any word, the first command. */
function commandOf(said: readonly string[], names: readonly string[]) {
  if (said.length === 0) return { command: names[0] ?? '', words: [] }
  const long = said.slice(0, 2).join(' ')
  if (names.includes(long)) return { command: long, words: said.slice(2) }
  return { command: said[0] ?? '', words: said.slice(1) }
}

/** The commands of two words that begin with this one, a line each: how it is written, and its help. */
function groupOf(word: string, commands: CommandNames['commands']): [string, string][] {
  const forms = Object.entries(commands).filter(([name]) => name.startsWith(`${word} `))
  return forms.map(([name, { usage = '', help }]) => [`chat-room ${name} ${usage}`.trim(), help])
}

function usage(lines: readonly [string, string][]): string {
  return lines.map(([written, help]) => `${written}\n    ${help}`).join('\n')
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
  for (const [name, help] of helpLines(commands)) parser.command(name, help)
  for (const { flags = {} } of Object.values(commands)) {
    for (const [flag, kind] of Object.entries(flags)) {
      if (!known.includes(flag)) {
        parser.option(flag, { type: kind === 'switch' ? 'boolean' : 'string', hidden: true })
      }
    }
  }

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

/** Commands of two words share a line: `user   list, role, mute, kick`. */
function helpLines(commands: CommandNames['commands']): Map<string, string> {
  const lines = new Map<string, string>()
  for (const [name, { help }] of Object.entries(commands)) {
    const [word = '', second] = name.split(' ')
    const before = lines.get(word)
    lines.set(word, second === undefined ? help : before ? `${before}, ${second}` : second)
  }
  return lines
}

const describeOption = (option: Option, lang: Lang): string =>
  option.help[lang] + (option.type === 'enum' ? ` (${option.values.join(', ')})` : '')

/** The default of an option as one would write it. */
export function defaultOf(option: Option): string {
  if (option.type === 'bool') return option.default ? 'yes' : 'no'
  if (option.type === 'duration') return formatDuration(option.default)
  return String(option.default)
}

function strayFlags(given: readonly string[], own: readonly string[], lang: Lang): string[] {
  const allowed = [...own, ...known]
  const stray = given.filter((flag) => !['_', '$0', 'h', ...allowed].includes(flag))
  return stray.map((flag) =>
    fill(texts[lang].cli.unknownFlag, {
      flag: (flag.length > 1 ? '--' : '-') + shown(flag),
      nearest: `--${nearest(flag, allowed)}`,
    }),
  )
}

function missingWords(
  args: readonly string[],
  own: NonNullable<CommandForm['flags']>,
  lang: Lang,
): string[] {
  const bare = args.filter((arg, at) => {
    const flag = arg.slice(2)
    const wants =
      arg.startsWith('--') &&
      (own[flag] ? own[flag] === 'text' : known.includes(flag) && !isSwitch(arg))
    const next = args[at + 1]
    return wants && (next === undefined || /^--?[a-z]/i.test(next))
  })
  return bare.map((flag) => fill(texts[lang].cli.noFlagValue, { flag }))
}

const isSwitch = (arg: string): boolean =>
  [...switches, 'qr', 'help', 'version'].includes(arg.replace(/^--/, ''))

function unknownCommand(
  [word = '', second]: readonly string[],
  commands: CommandNames['commands'],
  lang: Lang,
): string[] {
  const { unknownCommand, groupWants } = texts[lang].cli
  const names = Object.keys(commands)
  const seconds = names.flatMap((name) => {
    const [first, second] = name.split(' ')
    return first === word && second !== undefined ? [second] : []
  })
  if (seconds.length > 0 && second === undefined) {
    return [fill(groupWants, { command: word, seconds: seconds.join(', ') })]
  }
  const command = seconds.length > 0 ? `${word} ${second ?? ''}` : word
  return [fill(unknownCommand, { command: shown(command), nearest: nearest(command, names) })]
}

/** Of several, the last counts. */
function ownFlags(
  argv: Readonly<Record<string, unknown>>,
  own: readonly string[],
): Record<string, string> {
  const flags: Record<string, string> = Object.create(null)
  for (const flag of own) {
    const value = [argv[flag]].flat().at(-1)
    if (typeof value === 'string') flags[flag] = value
    else if (value === true) flags[flag] = 'yes'
  }
  return flags
}

/** Without those that this command took for itself. */
function wordsOf(
  argv: Readonly<Record<string, unknown>>,
  own: readonly string[],
): Record<string, string[]> {
  const flags: Record<string, string[]> = Object.create(null)
  for (const flag of known.filter((flag) => !own.includes(flag))) {
    const value = argv[flag]
    if (value !== undefined) flags[flag] = [value].flat().map(String)
  }
  return flags
}
