import { z } from 'zod'
import { askServer } from '../control/ask.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts } from '../i18n/index.js'
import type { ActCommand } from './act.js'
import { strayWords } from './stray-words.js'

const answer = z.object({ lines: z.array(z.string()) })
const entry = z.object({
  time: z.string().default(''),
  level: z.number().default(30),
  msg: z.string().default(''),
  kind: z.string().optional(),
  why: z.string().optional(),
  details: z.unknown().optional(),
  err: z.object({ message: z.string(), stack: z.string().optional() }).optional(),
})

/** What the log of the running server says of a bot. */
export const botLogs: ActCommand = {
  form: (lang) => ({
    help: texts[lang].botTools.help.logs,
    usage: `${texts[lang].botTools.words.name} [--json]`,
    flags: { json: 'switch' },
    faults({ words }) {
      const { faults, words: names } = texts[lang].botTools
      const missing = words.length === 0 ? [fill(faults.missing, { word: names.name })] : []
      return [...missing, ...strayWords('bot logs', words.slice(1), lang)]
    },
  }),

  async run({ config, given, lang, print }) {
    const { faults, noLogs } = texts[lang].botTools
    const [name = ''] = given.words
    const answered = await askServer(config.server.data, { act: 'bot logs', args: { name }, lang })
    if (!answered) throw new StartError([faults.noServer], Exit.unavailable)
    if ('faults' in answered) throw new StartError(answered.faults, Exit.failure)
    const { lines } = answer.parse(answered.result)
    if (given.flags['json']) print(JSON.stringify({ lines: lines.map((line) => JSON.parse(line)) }))
    else if (lines.length === 0) print(fill(noLogs, { name }))
    else for (const line of lines) print(told(line))
    return Exit.ok
  },
}

const LEVELS: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
}

/** A line of the log, for the eye. */
function told(line: string): string {
  const { time, level, msg, kind, details, err, why } = entry.parse(JSON.parse(line))
  const about = [
    ...(kind === undefined ? [] : [`(${kind})`]),
    ...(why === undefined ? [] : [`\n    ${why}`]),
    ...(details === undefined ? [] : [JSON.stringify(details)]),
    ...(err ? [`\n    ${(err.stack ?? err.message).replaceAll('\n', '\n    ')}`] : []),
  ]
  return [time, (LEVELS[level] ?? '').padEnd(5), msg, ...about].join(' ')
}
