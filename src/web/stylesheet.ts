import { readFileSync } from 'node:fs'
import path from 'node:path'

/** `@import 'menu.css' layer(components);`, as app.css lists its components: a file beside it, in a layer. */
const imported = /^@import '([\w-]+\.css)' layer\(([\w-]+)\);$/gm

/**
 * Reads a style sheet with the files it imports put in their places: one request in place of twenty.
 * @param file Path of the sheet.
 * @throws {Error} when an imported file is missing.
 */
export const readStylesheet = (file: string): string =>
  readFileSync(file, 'utf8').replace(imported, (_, name: string, layer: string) => {
    const sheet = readFileSync(path.join(path.dirname(file), name), 'utf8')
    return `@layer ${layer} {\n${sheet}}\n`
  })
