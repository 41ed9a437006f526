import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StartError, Exit } from '../errors.js'
import { fill, texts } from '../i18n/index.js'
import { copyStore } from '../store/copy.js'
import { noteBackup } from '../store/last-backup.js'
import { storeFile } from '../store/open.js'
import type { ActCommand } from './act.js'
import { contentsOf, said } from './contents.js'
import { strayWords } from './stray-words.js'
import { stamp } from './when.js'

/** Copies everything there is into one file, beside a running server or without one. */
export const backup: ActCommand = {
  form: (lang) => ({
    help: texts[lang].keeping.help.backup,
    usage: `[${texts[lang].keeping.file}]`,
    faults: ({ words }) => strayWords('backup', words.slice(1), lang),
  }),

  async run({ config, given, lang, print }) {
    const { faults, done } = texts[lang].keeping
    const from = storeFile(config.store.url, config.server.data, lang)
    if (!existsSync(from)) throw new StartError([fill(faults.nothing, { file: from })], Exit.config)
    const to = target(given.words[0])
    if (existsSync(to)) throw new StartError([fill(faults.there, { file: to })], Exit.failure)

    const contents = said(() => copyStore(from, to), { file: from, lang, to })
    noteBackup(config.server.data, { at: Date.now(), file: to })
    print(fill(done.backup, { file: to, contents: contentsOf(contents, lang) }))
    print(fill(done.howToRestore, { file: to }))
    return Exit.ok
  },
}

/** A folder gets a file with the moment in its name, and so does who names nothing. */
function target(word = '.'): string {
  const path = resolve(word)
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  return isFolder ? join(path, `chat-room-${stamp(Date.now())}.db`) : path
}
