import { existsSync } from 'node:fs'
import { z } from 'zod'
import { parseDuration } from '../config/duration.js'
import { shown } from '../config/report.js'
import { askServer, type Answered, type Asked } from '../control/ask.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts, type Lang, type Texts } from '../i18n/index.js'
import { storeFile } from '../store/open.js'
import { strayWords } from './stray-words.js'
import type { Command, CommandContext, CommandForm, Given } from './command.js'

type Words = Texts['acts']
type Fault = keyof Words['faults']

/** Reads what stands behind a command's name, and notes what is wrong with it. */
export interface Reader {
  /** The word at a place; `name` is what help calls it. */
  word(at: number, name: keyof Words['words']): string
  /** The number of a thing in a list, at a place. */
  id(at: number, name?: keyof Words['words']): number
  flag(name: string): string | undefined
  isSet(name: string): boolean
  /** A length of time in milliseconds; `0` where it may be none. */
  time(text: string | undefined, options?: { none?: boolean }): number | undefined
  fault(fault: Fault, values?: Record<string, string | number>): void
}

export interface Act<R> {
  /** `user mute`, as the server knows it. */
  name: keyof Words['help']
  /** What it asks the server for, if that goes by another name. */
  asks?: string
  /** It may be the first that is ever done on the data: where there is none, it begins it. */
  begins?: true
  /** What help calls the words behind it. */
  words: readonly (keyof Words['words'])[]
  flags?: NonNullable<CommandForm['flags']>
  /** What the server is asked for. */
  read: (reader: Reader) => object
  /** What the server answers. */
  result: z.ZodType<R>
  /** The lines for the person at the console. */
  tell: (result: R, words: Words, context: CommandContext) => string[]
}

/** A command that something is done by: on the running server, or else on the data itself. */
export interface ActCommand {
  form: (lang: Lang) => CommandForm
  run: Command
}

/** Makes a command of an act. All of them know `--json`. */
export const act = <R>({
  name,
  asks = name,
  begins,
  words,
  flags = {},
  read,
  result,
  tell,
}: Act<R>): ActCommand => ({
  form: (lang) => ({
    help: texts[lang].acts.help[name],
    usage: usageOf(words, flags, lang),
    flags: { ...flags, json: 'switch' },
    faults(given) {
      const faults: string[] = []
      const extra = given.words.slice(words.length)
      read(reader(given, lang, faults))
      return [...faults, ...strayWords(name, extra, lang)]
    },
  }),

  async run(context) {
    const { given, lang, print } = context
    const answered = await perform(context, { name: asks, begins }, read(reader(given, lang, [])))
    if (given.flags['json']) print(JSON.stringify(answered))
    else for (const line of tell(result.parse(answered), texts[lang].acts, context)) print(line)
    return Exit.ok
  },
})

/** @throws {StartError} a sentence for each thing that cannot be done. */
async function perform(
  context: CommandContext,
  { name, begins = false }: { name: string; begins?: boolean | undefined },
  args: object,
): Promise<unknown> {
  const { config, lang } = context
  const asked = { act: name, args, lang }
  const answered =
    (await askServer(config.server.data, asked)) ?? (await alone(context, asked, begins))
  if ('result' in answered) return answered.result
  throw new StartError(answered.faults, Exit.failure)
}

/** On the data itself. A slip in the name of a folder must not begin another chat room there. */
async function alone(
  { config, lang, log }: CommandContext,
  asked: Asked,
  begins: boolean,
): Promise<Answered> {
  const { data } = config.server
  if (!begins && !existsSync(storeFile(config.store.url, data, lang))) {
    throw new StartError([fill(texts[lang].acts.faults.noData, { folder: data })], Exit.config)
  }
  const { withoutServer } = await import('../server.js')
  return withoutServer(config, asked, { log: log.child({}, { level: 'warn' }) })
}

function usageOf(
  words: readonly (keyof Words['words'])[],
  flags: NonNullable<CommandForm['flags']>,
  lang: Lang,
): string {
  const names = texts[lang].acts.words
  const written = Object.entries(flags).map(([flag, kind]) =>
    kind === 'switch' ? `[--${flag}]` : `[--${flag} …]`,
  )
  return [...words.map((word) => names[word]), ...written, '[--json]'].join(' ')
}

function reader({ words, flags }: Given, lang: Lang, faults: string[]): Reader {
  const { acts } = texts[lang]
  const fault: Reader['fault'] = (key, values) => void faults.push(fill(acts.faults[key], values))
  const word: Reader['word'] = (at, name) => {
    if (words[at] === undefined) fault('missing', { word: acts.words[name] })
    return words[at] ?? ''
  }
  return {
    fault,
    word,
    id(at, name = 'id') {
      const text = word(at, name)
      if (text !== '' && !/^\d{1,15}$/.test(text)) fault('badId', { value: shown(text) })
      return Number(text)
    },
    flag: (name) => flags[name],
    isSet: (name) => flags[name] !== undefined,
    time(text, { none = false } = {}) {
      if (text === undefined || text === '') return undefined
      if (none && text === '0') return 0
      const ms = parseDuration(text)
      if (ms === undefined || ms === 0) fault('badTime', { value: shown(text) })
      return ms
    },
  }
}
