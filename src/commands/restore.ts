import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Exit, StartError } from '../errors.js'
import { fill, texts } from '../i18n/index.js'
import { lockData } from '../store/lock.js'
import { storeFile } from '../store/open.js'
import { keptName, restoreStore } from '../store/restore.js'
import type { ActCommand } from './act.js'
import { contentsOf, said } from './contents.js'
import { strayWords } from './stray-words.js'
import { stamp } from './when.js'

/** Puts a backup in the place of what is there, which is kept; while no server runs there. */
export const restore: ActCommand = {
  form: (lang) => ({
    help: texts[lang].keeping.help.restore,
    usage: texts[lang].keeping.file,
    faults: ({ words }) => [
      ...(words.length === 0 ? [texts[lang].keeping.faults.missing] : []),
      ...strayWords('restore', words.slice(1), lang),
    ],
  }),

  async run({ config, given, lang, print }) {
    const { faults, done } = texts[lang].keeping
    const [word = ''] = given.words
    const from = resolve(word)
    if (!existsSync(from)) throw new StartError([fill(faults.noFile, { file: from })], Exit.failure)
    const { data } = config.server
    const file = storeFile(config.store.url, data, lang)

    const lock = await lockData(data, lang)
    try {
      const kept = keptName(dirname(file), stamp(Date.now()))
      const restored = said(() => restoreStore(from, file, kept), { file: from, lang, to: file })
      print(fill(done.restored, { contents: contentsOf(restored, lang) }))
      if (restored.kept) print(fill(done.kept, { file: kept }))
    } finally {
      await lock.release()
    }
    return Exit.ok
  },
}
