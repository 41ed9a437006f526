import { Exit } from '../errors.js'
import { texts } from '../i18n/index.js'
import type { Command } from './command.js'

/** Says that the configuration is fine, plugins and bots included; every fault was told otherwise. */
export const check: Command = async ({ config, lang, log, print }) => {
  const { describePipeline } = await import('../server.js')
  await describePipeline(config, { log }) // loads each section, so its faults come out here
  print(config.file === undefined ? texts[lang].cli.okDefaults : texts[lang].cli.ok)
  return Exit.ok
}
