import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { readStylesheet } from './stylesheet.js'

export interface Asset {
  body: Buffer
  /** Names the content: changes when the file does. */
  hash: string
  /** File name extension with its dot. */
  extension: string
}

export interface Assets {
  /** The file under this path, or undefined: only files that were there at the start are served. */
  find(path: string): Asset | undefined
  /** The path with the hash of its content, so that browsers may keep it for a year. */
  versioned(path: string): string
}

/** Modules of packages that pages load, by the name under /vendor/. */
export const vendorFiles: Record<string, string> = {
  'alpine.js': createRequire(import.meta.url).resolve('@alpinejs/csp/dist/module.esm.min.js'),
}

/** All files of a folder, by their path in it with slashes. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
  return Object.fromEntries(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name)
      return [path.relative(folder, file).split(path.sep).join('/'), file]
    }),
  )
}

/**
 * Files that are served, looked up by name: no path of a request ever reaches the disk.
 * @param files Path under which it is served → file.
 * @param options.fresh Reads files anew each time, for who edits them.
 */
export function assets(files: Record<string, string>, { fresh = false } = {}): Assets {
  const known = new Map(Object.entries(files))
  const read = new Map<string, Asset>()

  const find = (name: string) => {
    const file = known.get(name)
    const asset = (fresh ? undefined : read.get(name)) ?? (file && load(file))
    if (asset) read.set(name, asset)
    return asset || undefined
  }
  const versioned = (name: string) => {
    const asset = find(name)
    return asset ? `${name}?v=${asset.hash}` : name
  }
  return { find, versioned }
}

function load(file: string): Asset {
  const extension = path.extname(file)
  const body = extension === '.css' ? Buffer.from(readStylesheet(file)) : readFileSync(file)
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  return { body, hash, extension }
}
