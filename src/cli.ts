#!/usr/bin/env node
import { check } from './commands/check.js'
import { actForms, acts } from './commands/acts.js'
import type { Command, CommandForm } from './commands/command.js'
import { readCommandLine } from './commands/flags.js'
import { printConfig } from './commands/print-config.js'
import { printPipeline } from './commands/print-pipeline.js'
import { serve } from './commands/serve.js'
import { loadConfig } from './config.js'
import { Exit, StartError } from './errors.js'
import { systemLang, fill, texts } from './i18n/index.js'
import { createLog, RecentLines } from './log.js'
import { version } from './version.js'

const commands: Readonly<Record<string, Command>> = {
  serve,
  check,
  'print-config': printConfig,
  'print-pipeline': printPipeline,
}
const lang = systemLang(process.env)
const words = texts[lang].cli

// A worker or a socket left behind must not keep a program alive that has said what it had to say.
const exit = (code: number): never => process.exit(code)
exit(await run(process.argv.slice(2)))

async function run(args: readonly string[]): Promise<number> {
  try {
    const { command, flags, given, output } = await readCommandLine(args, {
      commands: forms(),
      lang,
      version,
    })
    if (output) return print(output)

    const { config, warnings } = loadConfig({ flags, env: process.env, cwd: process.cwd(), lang })
    for (const sentence of warnings) console.error(fill(words.warning, { sentence }))
    const qr = flags['qr'] ? flags['qr'].at(-1) === 'true' : process.stdout.isTTY
    const terminal = process.stdout.isTTY
    const recent = new RecentLines()
    const log = createLog('info', recent)
    const context = { config, lang, log, recent: recent.of, print, qr, terminal, exit, given }
    const run = commands[command] ?? acts[command]?.run
    return (await run?.(context)) ?? Exit.usage
  } catch (error) {
    return tell(error)
  }
}

/** In the order of help. */
function forms(): Record<string, CommandForm> {
  const { serve, check, printConfig, printPipeline } = words
  return {
    serve: { help: serve },
    check: { help: check },
    'print-config': { help: printConfig },
    'print-pipeline': { help: printPipeline },
    ...actForms(lang),
  }
}

function print(line: string): number {
  console.log(line)
  return Exit.ok
}

/** What the host can mend is a sentence; anything else is ours, and comes with its stack. */
function tell(error: unknown): number {
  if (error instanceof StartError) {
    for (const fault of error.faults) console.error(fault)
    return error.exitCode
  }
  console.error(error)
  return Exit.software
}
