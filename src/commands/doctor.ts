import type { Finding } from '../doctor/chart.js'
import { Exit } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import type { Command, CommandContext, CommandForm } from './command.js'

/** Looks whether all is well, and says the way out of what is not. */
export const doctor: Command = async (context) => {
  const { config, lang, log, warnings, given } = context
  const { examineAll } = await import('../doctor/examine.js')
  const { findings } = await examineAll({
    config,
    lang,
    network: given.flags['network'] !== undefined,
    async load() {
      const { describePipeline } = await import('../server.js')
      await describePipeline(config, { log: log.child({}, { level: 'silent' }) })
    },
  })
  const warned = warnings.map((say) => ({ grade: 'warn', what: 'settings', say }) as const)
  return tell([...warned, ...findings], context)
}

/** The settings cannot be read: each of their faults is one of what is looked at, and nothing else can be. */
export const doctorOfFaults = (
  faults: readonly string[],
  context: Pick<CommandContext, 'given' | 'lang' | 'print'>,
): number =>
  tell(
    faults.map((say) => ({ grade: 'fault', what: 'settings', say })),
    context,
  )

export const doctorForm = (lang: Lang): CommandForm => ({
  help: texts[lang].doctor.help,
  usage: '[--network] [--json]',
  flags: { network: 'switch', json: 'switch' },
})

function tell(
  findings: readonly Finding[],
  { given, lang, print }: Pick<CommandContext, 'given' | 'lang' | 'print'>,
): number {
  const { grades, sum } = texts[lang].doctor
  const count = (grade: Finding['grade']) => findings.filter((each) => each.grade === grade).length
  const [faults, warns] = [count('fault'), count('warn')]
  if (given.flags['json']) print(JSON.stringify({ faults, warnings: warns, findings }))
  else {
    for (const { grade, say } of findings) print(`${grades[grade].padEnd(6)} ${say}`)
    print(fill(sum, { faults, warns }))
  }
  return faults > 0 ? Exit.failure : Exit.ok
}
