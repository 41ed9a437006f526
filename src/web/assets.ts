import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

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
  /** The chunks that a script cannot begin without, for a page to ask for together with it. */
  chunksOf(script: string): string[]
}

/**
 * What pages load: static/ as it lies there, except for its scripts and style sheets, which come bundled.
 * @throws {Error} when the bundle was not built.
 */
export function pageFiles(folders: { static: string; bundle: string }): Record<string, string> {
  const files = Object.entries(filesIn(folders.static))
  const plain = files.filter(([name]) => !/^(?:js|css)\//.test(name))
  return { ...Object.fromEntries(plain), ...filesIn(folders.bundle) }
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
 * @param list Path under which each is served → file.
 * @param options.fresh Lists and reads files anew each time, for who edits them.
 */
export function assets(list: () => Record<string, string>, { fresh = false } = {}): Assets {
  let known = new Map(Object.entries(list()))
  const read = new Map<string, Asset>()

  const find = (name: string) => {
    if (fresh) known = new Map(Object.entries(list()))
    const file = known.get(name)
    const asset = (fresh ? undefined : read.get(name)) ?? (file && load(file))
    if (asset) read.set(name, asset)
    return asset || undefined
  }
  const versioned = (name: string) => {
    const asset = find(name)
    return asset ? `${name}?v=${asset.hash}` : name
  }
  const chunksOf = (script: string): string[] => {
    const text = find(script)?.body.toString() ?? ''
    const names = [...text.matchAll(statically)].map(([, name = '']) => chunkFolder + name)
    return [...new Set(names.flatMap((name) => [name].concat(chunksOf(name))))]
  }
  return { find, versioned, chunksOf }
}

/** Where scripts/bundle.mjs puts what several scripts share, and what is fetched later: named after the content. */
export const chunkFolder = 'js/chunks/'

/** `from"./chunks/dom-ABC.js"` in a script, `import"./dom-ABC.js"` in a chunk; not `import("./chunks/menu-ABC.js")`. */
const statically = /(?:from|import)"\.\/(?:chunks\/)?([\w-]+\.js)"/g

function load(file: string): Asset {
  const extension = path.extname(file)
  const body = readFileSync(file)
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  return { body, hash, extension }
}
