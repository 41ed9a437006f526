import { readdir } from 'node:fs/promises'
import { z } from 'zod'
import { askServer } from '../control/ask.js'
import { botNameOf, botsFolder, isBotFile } from '../dropin/bot-file.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts } from '../i18n/index.js'
import type { ActCommand } from './act.js'
import type { CommandContext } from './command.js'

const bot = z.object({
  id: z.number(),
  name: z.string(),
  hear: z.string(),
  commands: z.array(z.string()),
  state: z.enum(['ready', 'busy', 'resting', 'off']),
  answered: z.number().default(0),
  failed: z.number().default(0),
  broken: z.string().optional(),
  last_error: z.object({ kind: z.string(), data: z.string().optional() }).optional(),
})
const answer = z.object({
  bots: z.array(bot),
  missing: z.array(z.object({ name: z.string(), why: z.string() })).default([]),
})
type Listed = z.infer<typeof bot>

/** The bots that are there, or without a server those that will come. */
export const botList: ActCommand = {
  form: (lang) => ({
    help: texts[lang].botTools.help.list,
    usage: '[--json]',
    flags: { json: 'switch' },
  }),

  async run(context) {
    const { config, given, lang, print } = context
    const words = texts[lang].botTools
    const answered = await askServer(config.server.data, { act: 'bot list', args: {}, lang })
    if (answered && 'faults' in answered) throw new StartError(answered.faults, Exit.failure)
    const { bots, missing } = answered
      ? answer.parse(answered.result)
      : { bots: undefined, missing: [] }
    const coming = bots ? [] : await toCome(context)
    if (given.flags['json']) print(JSON.stringify({ bots: bots ?? coming, missing }))
    else if ([...(bots ?? coming), ...missing].length === 0) print(words.noBots)
    else {
      if (!bots) print(words.notRunning)
      for (const one of bots ?? []) print(lineOf(one, context))
      for (const { name, why } of missing)
        print(`  ${fill(words.missing, { name })}\n      ! ${why}`)
      for (const { name, use } of coming) print(`  ${name}  (${use})`)
    }
    return Exit.ok
  },
}

/** Those of the configuration, and those that lie in `bots/`. */
async function toCome({ config }: CommandContext): Promise<{ name: string; use: string }[]> {
  const folder = botsFolder(config.file, config.server.data)
  const files = (await readdir(folder).catch((): string[] => [])).filter(isBotFile).toSorted()
  const configured = config.plugins.filter(({ kind }) => kind === 'bot')
  const lying = files
    .map((file) => ({ name: botNameOf(file), use: `bots/${file}` }))
    .filter(({ name }) => configured.every((section) => section.name !== name))
  return [...configured.map(({ name, use }) => ({ name, use })), ...lying]
}

/** The name stands last: it may be of any width. */
function lineOf(bot: Listed, { lang }: CommandContext): string {
  const { states, counts } = texts[lang].botTools
  const { id, name, state, hear, commands, answered, failed, last_error, broken } = bot
  const can = commands.length === 0 ? '' : ` ${commands.map((each) => `/${each}`).join(' ')}`
  const told = last_error?.kind === 'broken' ? undefined : last_error
  const wrong = told ? ` (${told.data ?? told.kind})` : ''
  const old = broken === undefined ? '' : `\n      ! ${broken}`
  const about = [`#${id}`.padEnd(5), states[state].padEnd(8), hear.padEnd(8)].join(' ')
  return `${about} ${fill(counts, { answered, failed })}${wrong}  ${name}${can}${old}`
}
