import path from 'node:path'
import { Exit, StartError } from '../errors.js'
import { fill, systemLang, texts, type Lang, type Texts } from '../i18n/index.js'
import { makeFile, makeFolder } from './folder.js'
import { NewerSchemaError } from './migrations/run.js'
import { reasonOf } from './reason.js'
import { Code, SqliteError } from './sqlite/faults.js'
import { openSqlite, UnsafeDiskError } from './sqlite/store.js'
import type { Threads } from './sqlite/thread.js'
import type { Store, StoreError } from './store.js'

export interface OpenOptions {
  /** `[store] url`: empty, or `sqlite:` and a path. */
  url: string
  /** The data folder, absolute. */
  data: string
  /** Language of the sentence if it fails. @default the environment's */
  lang?: Lang
  /** The clock, in ms since 1970 UTC. @default Date.now */
  now?: () => number
  /** Called once if the store can no longer be trusted: time to drain and to exit. */
  broken?: (reason: StoreError) => void
  /** The file may have this many pages of 4 KiB; absent: as many as the disk holds. */
  maxPages?: number
  /** Where its threads come from. @default threads that begin and end with the store */
  threads?: Threads
  /** How long what was recalled may still lie beside the file, in ms. @default 10 s */
  eraseAfter?: number
}

/**
 * Opens the store that the configuration names; makes the data folder (0700) and the file (0600).
 * @throws {StartError} with one sentence, exit code 78.
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  const { url, data, lang = systemLang(), now = Date.now, ...rest } = options
  const words = texts[lang].store
  const file = storeFile(url, data, lang)
  try {
    makeFolder(path.dirname(file))
    makeFile(file)
    return await openSqlite({ file, now, ...rest })
  } catch (error) {
    throw new StartError([sentence(error, file, words)], Exit.config, error)
  }
}

/**
 * The file that a configuration names.
 * @param url `[store] url`. @param data The data folder, absolute.
 * @throws {StartError} with one sentence, exit code 78.
 */
export function storeFile(url: string, data: string, lang: Lang): string {
  if (url === '') return path.resolve(data, 'chat-room.db')
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length) {
    return path.resolve(url.slice('sqlite:'.length))
  }
  // Only the scheme is shown: the rest may hold a password.
  const seen = url.split(':')[0] ?? ''
  throw new StartError([fill(texts[lang].store.url, { seen: `${seen}:` })], Exit.config)
}

function sentence(error: unknown, file: string, words: Texts['store']): string {
  if (error instanceof NewerSchemaError) {
    return fill(words.newer, { file, migration: error.migration })
  }
  const reason = reasonOf(error)
  if (error instanceof UnsafeDiskError) return fill(words.unsafe, { file, reason })
  const { primary } = sqliteCause(error) ?? { primary: 0 }
  if (primary === Code.notADatabase || primary === Code.corrupt) {
    return fill(words.damaged, { file })
  }
  if (primary === Code.full) return fill(words.full, { file })
  return fill(words.unopened, { file, reason })
}

const sqliteCause = (error: unknown): SqliteError | undefined =>
  error instanceof Error && error.cause instanceof SqliteError ? error.cause : undefined
