import { loadConfig, type ConfigSources, type LoadedConfig } from '../config.js'
import { Exit, StartError } from '../errors.js'
import { fill, systemLang, texts, type Lang } from '../i18n/index.js'
import { harmless, harmlessJson } from '../harmless.js'
import { createLog, RecentLines } from '../log.js'
import { version } from '../version.js'
import { actForms, acts } from './acts.js'
import { check } from './check.js'
import type { Command, CommandForm, Given } from './command.js'
import { readCommandLine } from './flags.js'
import { doctor, doctorForm, doctorOfFaults } from './doctor.js'
import { printConfig } from './print-config.js'
import { printPipeline } from './print-pipeline.js'
import { serve } from './serve.js'

/** What the program finds around it. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  /** Whether somebody reads along. */
  terminal: boolean
  /** Writes a line for the person at the console. */
  print: (line: string) => void
  /** The same for what is wrong; an error is ours, and comes with its stack. */
  complain: (line: unknown) => void
  /** Ends the program at once. */
  exit: (code: number) => void
}

const commands: Readonly<Record<string, Command>> = {
  serve,
  check,
  doctor,
  'print-config': printConfig,
  'print-pipeline': printPipeline,
}

/**
 * Reads a command line and does what it asks for.
 * @param args The words behind the program's name.
 * @returns the exit code, once it is done.
 */
export async function runProgram(args: readonly string[], around: Surroundings): Promise<number> {
  const { env, cwd, terminal, print, complain, exit } = around
  const lang = systemLang(env)
  const words = texts[lang].cli
  try {
    const { command, flags, given, output } = await readCommandLine(args, {
      commands: forms(lang),
      lang,
      version,
    })
    if (output) {
      print(output)
      return Exit.ok
    }

    const isDoctor = command === 'doctor'
    const loaded = settingsOrFaults({ flags, env, cwd, lang })
    if (loaded instanceof StartError) {
      if (isDoctor) return doctorOfFaults(loaded.faults, { given, lang, print })
      throw loaded
    }
    const { config, warnings } = loaded
    if (!isDoctor) for (const sentence of warnings) complain(fill(words.warning, { sentence }))
    const qr = flags['qr'] ? flags['qr'].at(-1) === 'true' : terminal
    const recent = new RecentLines()
    const log = createLog('info', recent)
    const context = {
      config,
      cwd,
      lang,
      log,
      recent: recent.of,
      warnings,
      print: ownWords.has(command) ? print : (line: string) => print(forTerminal(line, given)),
      qr,
      terminal,
      exit,
      given,
    }
    const run = commands[command] ?? acts[command]?.run
    return (await run?.(context)) ?? Exit.usage
  } catch (error) {
    // What the host can mend is a sentence.
    const mendable = error instanceof StartError
    for (const fault of mendable ? error.faults : [error]) complain(fault)
    return mendable ? error.exitCode : Exit.software
  }
}

/** Those that show nothing but what the host wrote, or draw a QR code. */
const ownWords: ReadonlySet<string> = new Set(['serve', 'check', 'print-config', 'print-pipeline'])

/** The others show what people wrote, and programs elsewhere: titles, reports, what a bot's service answered. */
const forTerminal = (lines: string, { flags }: Given): string =>
  flags['json'] ? harmlessJson(lines) : lines.split('\n').map(harmless).join('\n')

/** What is wrong with the settings is what the doctor is there to tell. */
function settingsOrFaults(sources: ConfigSources): LoadedConfig | StartError {
  try {
    return loadConfig(sources)
  } catch (error) {
    if (error instanceof StartError) return error
    throw error
  }
}

/** In the order of help. */
function forms(lang: Lang): Record<string, CommandForm> {
  const { serve, check, printConfig, printPipeline } = texts[lang].cli
  return {
    serve: { help: serve },
    check: { help: check },
    doctor: doctorForm(lang),
    'print-config': { help: printConfig },
    'print-pipeline': { help: printPipeline },
    ...actForms(lang),
  }
}
